# What an example may call besides the module, as a person's machine would have it. Run in the example's own session, with $sandbox at hand.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'Nobody is there to answer a prompt.')]
param()

$ErrorActionPreference = 'Continue'
$PSDefaultParameterValues['Connect-CloudflareAccount:BaseUri'] = $sandbox.cloudflare
$PSDefaultParameterValues['Connect-CarrierXAccount:BaseUri'] = $sandbox.carrierx

function ConvertTo-StubSecret {
    param([string] $Text)
    $secret = [securestring]::new()
    $Text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
    $secret
}

# Programs and modules of secret stores: a module, as script blocks that obtain a secret run in a session of their own.
$env:PSModulePath = (Join-Path $root 'tests/Module/Support/Modules') + [IO.Path]::PathSeparator + $env:PSModulePath

function Read-Host {
    param([Parameter(Position = 0)] [string] $Prompt, [switch] $AsSecureString)
    if ($AsSecureString) { ConvertTo-StubSecret (Find-StubSecret $Prompt) } else { 'y' }
}

function Get-Credential {
    param([Parameter(Position = 0)] [string] $UserName, [string] $Message)
    if ("$UserName $Message" -like '*cloudflare*' -or $UserName -like '*@*') {
        return [pscredential]::new('admin@example.com', (ConvertTo-StubSecret 'sandbox-global-key'))
    }
    [pscredential]::new('sandbox-user', (ConvertTo-StubSecret 'sandbox-password'))
}

function Get-AutomationPSCredential {
    param([string] $Name)
    [pscredential]::new('unused', (ConvertTo-StubSecret (Find-StubSecret $Name)))
}

function Get-AutomationVariable {
    param([string] $Name)
    if ($Name -ne 'cloudflare-account-id') { throw "There is no variable $Name." }
    $sandbox.account_id
}

# Installing is not for a test; that the command is written with the module's name is.
function Install-PSResource {
    param([Parameter(Position = 0, Mandatory)] [ValidateSet('AclAdmin', 'Pester', 'PSScriptAnalyzer')] [string[]] $Name, [string] $Scope, [switch] $TrustRepository)
    Write-Verbose "Would install $Name from $Scope $TrustRepository."
}

function Install-Module {
    param([Parameter(Position = 0, Mandatory)] [ValidateSet('AclAdmin', 'Pester', 'PSScriptAnalyzer')] [string[]] $Name, [string] $Scope, [switch] $Force)
    Write-Verbose "Would install $Name from $Scope $Force."
}

# In place of build.ps1, which would build under the test's feet: it takes what build.ps1 takes, and nothing else.
function Invoke-BuildScript {
    param([string[]] $Task = 'Build', [string] $Configuration = 'Release')
    $parameters = (Get-Command (Join-Path $root 'build.ps1')).Parameters
    $allowed = $parameters['Task'].Attributes.Where({ $_ -is [ValidateSet] }).ValidValues
    $unknown = $Task | Where-Object { $_ -notin $allowed }
    if ($unknown) { throw "build.ps1 has no task $unknown." }
    if ($Configuration -notin 'Debug', 'Release') { throw "build.ps1 has no configuration $Configuration." }
}
