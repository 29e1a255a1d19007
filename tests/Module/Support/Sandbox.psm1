# Starts the sandbox as a process of its own, and speaks to its control address. Used by the tests, the demo and the benchmarks.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Start-Sandbox {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)]
        [string] $Path,

        [int] $Entries = 0,

        [int] $Rules = 0,

        # More of the sandbox's own arguments.
        [string[]] $ArgumentList = @()
    )

    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $arguments = @($Path, '--urls', 'http://127.0.0.1:0', '--entries', $Entries, '--rules', $Rules, '--parent-pid', $PID) + $ArgumentList
    # As one text, quoted, for Windows PowerShell too, which has no argument list here.
    $start.Arguments = ($arguments | ForEach-Object { '"' + $_ + '"' }) -join ' '
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if (-not $line -or -not $line.StartsWith('AclAdmin.Sandbox ready ')) {
        throw "The sandbox did not start: $line"
    }
    $sandbox = $line.Substring('AclAdmin.Sandbox ready '.Length) | ConvertFrom-Json
    $sandbox | Add-Member -NotePropertyName Process -NotePropertyValue $process -PassThru
}

function Stop-Sandbox {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox
    )

    if (-not $Sandbox.Process.HasExited) {
        try { $null = Invoke-SandboxControl $Sandbox stop -Method Post } catch { Write-Verbose "The sandbox did not answer: $_" }
        if (-not $Sandbox.Process.WaitForExit(5000)) {
            $Sandbox.Process.Kill()
        }
    }
}

function Invoke-SandboxControl {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)]
        [pscustomobject] $Sandbox,

        [Parameter(Mandatory, Position = 1)]
        [string] $Path,

        [string] $Method = 'Get',

        [object] $Body
    )

    $request = @{ Uri = "$($Sandbox.control)/$Path"; Method = $Method; UseBasicParsing = $true }
    if ($PSBoundParameters.ContainsKey('Body')) {
        $request.Body = ConvertTo-Json -InputObject $Body -Depth 8 -Compress
        $request.ContentType = 'application/json'
    }
    Invoke-RestMethod @request
}

# Puts everything back: what is stored, the faults, the log, the limit.
function Reset-Sandbox {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox
    )

    $null = Invoke-SandboxControl $Sandbox reset -Method Post
}

# The requests since the last reset, in order.
function Get-SandboxRequest {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox,

        # Only those that change something.
        [switch] $Write,

        [string] $Method
    )

    $query = if ($Write) { '?writes=true' } elseif ($Method) { "?method=$Method" } else { '' }
    # Enumerated, so that no request is nothing and not one empty array.
    Invoke-SandboxControl $Sandbox "requests$query" | ForEach-Object { $_ }
}

# What is stored now, as the service writes it.
function Get-SandboxState {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox,

        [Parameter(Mandatory)]
        [ValidateSet('entries', 'rules', 'owners')]
        [string] $Name
    )

    Invoke-SandboxControl $Sandbox "state/$Name" | ForEach-Object { $_ }
}

function Add-SandboxFault {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox,

        [Parameter(Mandatory)]
        [hashtable[]] $Fault
    )

    $null = Invoke-SandboxControl $Sandbox faults -Method Post -Body $Fault
}

function Set-SandboxSetting {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox,

        [Parameter(Mandatory)]
        [hashtable] $Setting
    )

    $null = Invoke-SandboxControl $Sandbox settings -Method Put -Body $Setting
}

# The sandbox's own credentials, which open nothing else.
function Connect-Sandbox {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)]
        [pscustomobject] $Sandbox,

        [hashtable] $Option = @{}
    )

    $cloudflare = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
    Connect-CloudflareAccount -AccountId $Sandbox.account_id -ApiToken $cloudflare -BaseUri $Sandbox.cloudflare @Option
    $carrierX = [Net.NetworkCredential]::new('', '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13').SecurePassword
    Connect-CarrierXAccount -AccessToken $carrierX -BaseUri $Sandbox.carrierx @Option
}

Export-ModuleMember -Function Start-Sandbox, Stop-Sandbox, Invoke-SandboxControl, Reset-Sandbox, Get-SandboxRequest, Get-SandboxState, Add-SandboxFault, Set-SandboxSetting, Connect-Sandbox
