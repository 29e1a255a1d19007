# Memory over a million rows that are made as they are read, each run in a process of its own.
param([Parameter(Mandatory)] [hashtable] $Bench)

$last = $Bench.Quick ? 200000 : 1000000
$repeats = $Bench.Quick ? 1 : 3
$settings = Join-Path $Bench.Folder 'settings.json'

function Measure-Growth {
    param([string] $Sink)

    $readings = Invoke-Engine '-NoProfile', '-NonInteractive', '-File', (Join-Path $Bench.SupportPath 'Invoke-MemoryRun.ps1'), '-Settings', $settings, '-Sink', $Sink, '-Last', $last | ConvertFrom-Json
    [pscustomobject] @{
        First  = $readings.First.Private / 1MB
        Growth = ($readings.Highest - $readings.First.Private) / 1MB
        Live   = $readings.Last.Live / 1MB
        Grown  = ($readings.Last.Live - $readings.First.Live) / 1MB
    }
}

$ours = @()
$nothing = @()
foreach ($run in 1..$repeats) {
    $ours += Measure-Growth 'Set-ImpersonationRegistryEntry -WhatIf'
    $nothing += Measure-Growth 'Out-Null'
}

$what = "memory, $(Format-Number $last 0) rows under -WhatIf"
$grown = Get-Median $ours.Grown
New-BenchRow -What "$what, what lives" -Budget 'flat: ≤ 5 MiB growth after the first 10,000' -Measured (Format-Number (Get-Median $ours.Live) 1 MiB) `
    -Beside "$(Format-Number ((Get-Median $ours.Live) - $grown) 1 MiB) after 10,000" -Ratio (Format-Over $grown 1 MiB) -Pass ($grown -le 5)
$growth = Get-Median $ours.Growth
$engine = Get-Median $nothing.Growth
New-BenchRow -What "$what, process, over the same rows to Out-Null" -Measured "$(Format-Number $growth 0 MiB) growth" `
    -Beside "$(Format-Number $engine 0 MiB) growth with Out-Null" -Ratio (Format-Over ($growth - $engine) 1 MiB)
New-BenchNote "Memory: rows are made one at a time within the pipeline, each run in a process of its own, in turn; medians of $repeats. ""What lives"" is the heap after full collections, read at row 10,000 and after the last. ""Process"" is the private memory (Private_Clean and Private_Dirty on Linux), the highest of readings every 100,000 rows, with no collection forced: what the collector puts off grows it with any pipeline, so the same rows to Out-Null stand beside it, and it is not judged."
