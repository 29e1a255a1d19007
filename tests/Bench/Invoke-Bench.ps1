#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
Measures the module beside its alternatives, and prints a Markdown table.
.DESCRIPTION
Each file in Benches runs in a process of its own, against a sandbox of its own. What is compared runs in turn, in the same process and against the
same sandbox; medians are compared, so that a busy machine changes the numbers but hardly the ratios. A whole run takes about twenty-five minutes.
The table is printed; a whole run also writes it to RESULTS.md.

The exit code is 1 when a benchmark did not run to its end, or when no benchmark has a name that -Filter names. A missed budget is a verdict in the
table and no failure: a busy machine misses some, and whoever reads the table judges.
.EXAMPLE
./build.ps1 -Task Bench
.EXAMPLE
tests/Bench/Invoke-Bench.ps1 -ModulePath ./AclAdmin.psd1 -SandboxPath tests/AclAdmin.Sandbox/bin/Release/net10.0/AclAdmin.Sandbox.dll -Filter Import, Stop -Quick
#>
[CmdletBinding()]
param(
    # The module's manifest.
    [Parameter(Mandatory)]
    [string] $ModulePath,

    # The sandbox's assembly.
    [Parameter(Mandatory)]
    [string] $SandboxPath,

    # Which files of Benches to run, by name and with wildcards.
    [string[]] $Filter = '*',

    # Fewer and shorter runs: to see that it works, not to quote from.
    [switch] $Quick,

    # Also compares with the official cloudflare client for Node.js, which npm fetches into a temporary folder.
    [switch] $IncludeNpm,

    # Where the table goes; without it, to RESULTS.md after a whole run.
    [string] $ResultsPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Support/Bench.psm1') -Force
Import-Module (Join-Path $PSScriptRoot 'Support/Report.psm1') -Force
Import-Module (Join-Path $PSScriptRoot '../Engine/Engine.psm1')

function Assert-Built {
    param([string] $Project, [string] $Assembly)

    if (-not (Test-Path -LiteralPath $Assembly)) {
        & dotnet build $Project --configuration Release --nologo -v quiet
        if ($LASTEXITCODE -ne 0) { throw "$Project did not build." }
    }
}

$rawHttp = Join-Path $PSScriptRoot 'RawHttp/bin/Release/netstandard2.0/RawHttp.dll'
Assert-Built (Join-Path $PSScriptRoot 'RawHttp/RawHttp.csproj') $rawHttp
Assert-Built (Join-Path $PSScriptRoot 'EmptyModule/EmptyModule.csproj') (Join-Path $PSScriptRoot 'EmptyModule/bin/Release/netstandard2.0/EmptyModule.dll')

$folder = Join-Path ([IO.Path]::GetTempPath()) "acladmin-bench-$PID"
$null = New-Item -ItemType Directory -Path $folder
try {
    $settings = Join-Path $folder 'settings.json'
    $bench = @{
        ModulePath      = (Resolve-Path -LiteralPath $ModulePath).Path
        SandboxPath     = (Resolve-Path -LiteralPath $SandboxPath).Path
        EmptyModulePath = Join-Path $PSScriptRoot 'EmptyModule/EmptyModule.psd1'
        RawHttpPath     = $rawHttp
        SupportPath     = Join-Path $PSScriptRoot 'Support'
        Folder          = $folder
        Quick           = [bool] $Quick
    }
    ConvertTo-Json $bench | Set-Content -LiteralPath $settings

    # The order of the design's table.
    $names = @('Import', 'Row', 'Throughput', 'Loops', 'Memory', 'Requests', 'Batch', 'Limit', 'Journal', 'Stop')
    if ($IncludeNpm) { $names += 'Npm' }
    $names = @($names | Where-Object { $name = $_; @($Filter | Where-Object { $name -like $_ }).Count -gt 0 })

    if ($names.Count -eq 0) {
        Write-Host "No benchmark is named $($Filter -join ', ')."
        exit 1
    }

    $unfinished = [Collections.Generic.List[string]]::new()
    $found = foreach ($name in $names) {
        Write-Host "== $name $(Get-Date -Format T)"
        $outFile = Join-Path $folder "$name.json"
        Invoke-Engine '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'Support/Invoke-OneBench.ps1'), '-Settings', $settings, '-Name', $name, '-OutFile', $outFile | Out-Host
        if ($LASTEXITCODE -eq 0 -and (Test-Path -LiteralPath $outFile)) {
            Get-Content -LiteralPath $outFile -Raw | ConvertFrom-Json | ForEach-Object { $_ }
        }
        else {
            $unfinished.Add($name)
            New-BenchRow -What $name -Measured 'did not run to its end' -Pass $false
        }
    }

    $report = Format-BenchReport -Found @($found) -Quick:$Quick
    $report
    $isWhole = -not $Quick -and $Filter -contains '*'
    if (-not $ResultsPath -and $isWhole) { $ResultsPath = Join-Path $PSScriptRoot 'RESULTS.md' }
    # What did not run whole does not take the place of what did.
    if ($ResultsPath -and -not $unfinished.Count) { Set-Content -LiteralPath $ResultsPath -Value $report }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
if ($unfinished.Count) { Write-Host "Did not run to its end: $($unfinished -join ', ')." }
exit [int] ($unfinished.Count -gt 0)
