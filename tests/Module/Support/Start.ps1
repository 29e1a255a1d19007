# Dot-sourced in each Pester file's BeforeAll: the module as it ships, and a sandbox of the file's own.

$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$built = if ($env:ACLADMIN_TEST_CONFIGURATION) { $env:ACLADMIN_TEST_CONFIGURATION } else { 'Debug' }
$modulePath = Join-Path $root "tests/Module/bin/$built/net10.0/module/AclAdmin.psd1"
$sandboxModulePath = Join-Path $PSScriptRoot 'Sandbox.psm1'
Import-Module $modulePath -ErrorAction Stop
Import-Module $sandboxModulePath -ErrorAction Stop
Import-Module (Join-Path $root 'tests/Engine/Engine.psm1') -ErrorAction Stop

# A file that needs more than this many items sets $sandboxEntries and $sandboxRules before.
$sizes = @{
    Entries = if (Test-Path -LiteralPath variable:sandboxEntries) { $sandboxEntries } else { 100 }
    Rules = if (Test-Path -LiteralPath variable:sandboxRules) { $sandboxRules } else { 50 }
}

# The announced quota is out of reach too, so that no test waits for a window to end.
$sandbox = Start-Sandbox -Path (Join-Path $root "tests/AclAdmin.Sandbox/bin/$built/net10.0/AclAdmin.Sandbox.dll") @sizes `
    -ArgumentList '--quota', '1000000'

# What is stored before anything is changed. Every 50th entry is directory-synced, every 40th rule is read-only.
$entries = Get-SandboxState $sandbox entries
$rules = Get-SandboxState $sandbox rules
$registryPath = "/client/v4/accounts/$($sandbox.account_id)/email-security/settings/impersonation_registry"
$rulesPath = '/core/v2/accesscontrol/rules'

# Everything as at the start, and connections that have met nothing yet.
function Reset-Test {
    Reset-Sandbox $sandbox
    Set-SandboxSetting $sandbox @{ latency_ms = 0; limit = $true; quota = 1000000; window_seconds = 300 }
    Get-AclConnection | Disconnect-AclConnection
    Connect-Sandbox $sandbox
}

# The bodies of the writes since the last reset, exactly as they were sent.
function Get-SentBody {
    Get-SandboxRequest $sandbox -Write | ForEach-Object body
}

# The module's own error id, without the name of the cmdlet behind it.
function Get-ErrorId {
    param([Parameter(ValueFromPipeline)] $ErrorRecord)
    process { ($ErrorRecord.FullyQualifiedErrorId -split ',')[0] }
}

# Runs a script block and sorts what it writes by stream.
function Invoke-Recorded {
    param([Parameter(Mandatory)] [scriptblock] $Script)

    $ErrorActionPreference = 'Continue'
    $streams = [pscustomobject]@{
        Output = [Collections.Generic.List[object]]::new()
        Errors = [Collections.Generic.List[object]]::new()
        Warnings = [Collections.Generic.List[string]]::new()
        Verbose = [Collections.Generic.List[string]]::new()
        Debug = [Collections.Generic.List[string]]::new()
        Information = [Collections.Generic.List[string]]::new()
        Terminating = $null
    }
    try {
        & $Script *>&1 | ForEach-Object {
            switch ($_) {
                { $_ -is [Management.Automation.ErrorRecord] } { $streams.Errors.Add($_); break }
                { $_ -is [Management.Automation.WarningRecord] } { $streams.Warnings.Add($_.Message); break }
                { $_ -is [Management.Automation.VerboseRecord] } { $streams.Verbose.Add($_.Message); break }
                { $_ -is [Management.Automation.DebugRecord] } { $streams.Debug.Add($_.Message); break }
                { $_ -is [Management.Automation.InformationRecord] } { $streams.Information.Add("$($_.MessageData)"); break }
                default { $streams.Output.Add($_) }
            }
        }
    }
    catch {
        $streams.Terminating = $_
    }
    $streams
}

# A second engine in this process, with the module and without a host. It shares the process's connections.
function New-Session {
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($modulePath)
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $session = [powershell]::Create()
    $session.Runspace = $runspace
    $session
}

# Starts a script in an engine of its own, with the module, the sandbox's helpers and $sandbox at hand. What it prints is kept to be read.
function Start-ChildPowerShell {
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{},
        [switch] $Connected
    )

    $file = Join-Path $TestDrive "child-$([guid]::NewGuid().ToString('N')).ps1"
    $connection = ConvertTo-Json -Compress -InputObject ($sandbox | Select-Object cloudflare, carrierx, control, account_id)
    @(
        '$ErrorActionPreference = ''Continue'''
        "Import-Module '$modulePath', '$sandboxModulePath'"
        "`$sandbox = '$connection' | ConvertFrom-Json"
        if ($Connected) { 'Connect-Sandbox $sandbox' }
        $Script
    ) | Set-Content -LiteralPath $file

    $start = New-EngineStartInfo -ArgumentList '-NoProfile', '-NonInteractive', '-File', $file
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.RedirectStandardInput = $true
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

# The same, run to its end. Gives all that it printed.
function Invoke-ChildPowerShell {
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{},
        [switch] $Connected
    )

    $process = Start-ChildPowerShell @PSBoundParameters
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $output + $errors.Result
}
