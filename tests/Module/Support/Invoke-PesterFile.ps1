# Runs one Pester file and leaves its counts behind. Exits with 1 when a test failed.
# ACLADMIN_PESTER names Pester's manifest, as tests/Engine sets it; without it, an installed Pester is used.
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Name
)

$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
if ($env:ACLADMIN_PESTER) { Import-Module $env:ACLADMIN_PESTER } else { Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99 }

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $root "tests/Module/$Name"
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestRegistry.Enabled = $false
$result = Invoke-Pester -Configuration $configuration

$folder = Join-Path $root 'TestResults/pester'
$null = New-Item -ItemType Directory -Path $folder -Force
[ordered]@{
    passed  = $result.PassedCount
    # A block or a file that does not even load has no test to fail.
    failed  = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    skipped = $result.SkippedCount + $result.NotRunCount
} | ConvertTo-Json -Compress | Set-Content -LiteralPath (Join-Path $folder "$Name.json")

exit [int] ($result.Result -ne 'Passed')
