# Runs Pester files one after another and leaves the counts of each behind. Exits with 1 when a test failed.
# ACLADMIN_PESTER names Pester's manifest, as tests/Engine sets it; without it, an installed Pester is used.
[CmdletBinding()]
param(
    # Names of files in tests/Module; several between commas, as -File hands on a list as one text.
    [Parameter(Mandatory)]
    [string] $Name
)

$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
if ($env:ACLADMIN_PESTER) { Import-Module $env:ACLADMIN_PESTER } else { Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99 }

$folder = Join-Path $root 'TestResults/pester'
$null = New-Item -ItemType Directory -Path $folder -Force
$failed = $false
foreach ($file in $Name -split ',') {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = Join-Path $root "tests/Module/$file"
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Detailed'
    $configuration.Output.RenderMode = 'Plaintext'
    $configuration.TestRegistry.Enabled = $false
    $result = Invoke-Pester -Configuration $configuration

    [ordered]@{
        passed  = $result.PassedCount
        # A block or a file that does not even load has no test to fail.
        failed  = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
        skipped = $result.SkippedCount + $result.NotRunCount
    } | ConvertTo-Json -Compress | Set-Content -LiteralPath (Join-Path $folder "$file.json")
    $failed = $failed -or $result.Result -ne 'Passed'
}

exit [int] $failed
