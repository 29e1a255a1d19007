# Dot-sourced in each Pester file's BeforeAll: the module as it ships, and a sandbox of the file's own.

$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$built = if ($env:ACLADMIN_TEST_CONFIGURATION) { $env:ACLADMIN_TEST_CONFIGURATION } else { 'Debug' }
Import-Module (Join-Path $root "tests/Module/bin/$built/net10.0/module/AclAdmin.psd1") -ErrorAction Stop
Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1') -ErrorAction Stop
$sandbox = Start-Sandbox -Path (Join-Path $root "tests/AclAdmin.Sandbox/bin/$built/net10.0/AclAdmin.Sandbox.dll") -Entries 100 -Rules 50 -ArgumentList '--no-limit'

# The bodies of the writes since the last reset, exactly as they were sent.
function Get-SentBody {
    Get-SandboxRequest $sandbox -Write | ForEach-Object body
}

# The module's own error id, without the name of the cmdlet behind it.
function Get-ErrorId {
    param([Parameter(ValueFromPipeline)] $ErrorRecord)
    process { ($ErrorRecord.FullyQualifiedErrorId -split ',')[0] }
}
