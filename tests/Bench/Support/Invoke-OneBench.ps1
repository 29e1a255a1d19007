# Runs one benchmark in this process, which is its own, and writes what it found to a file.
param(
    [Parameter(Mandatory)] [string] $Settings,
    [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [string] $OutFile
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Bench.psm1')
Import-Module (Join-Path $PSScriptRoot '../../Module/Support/Sandbox.psm1')
Import-Module (Join-Path $PSScriptRoot '../../Engine/Engine.psm1')
$bench = Get-Content -LiteralPath $Settings -Raw | ConvertFrom-Json -AsHashtable
$found = @(& (Join-Path $PSScriptRoot "../Benches/$Name.ps1") -Bench $bench)
ConvertTo-Json -InputObject $found -Depth 4 | Set-Content -LiteralPath $OutFile
