# Import-Module in a fresh process, over an empty binary module's.
param([Parameter(Mandatory)] [hashtable] $Bench)

function Measure-Import {
    param([string] $Module)

    $command = "`$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Module'; [Console]::Write(`$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))"
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $inside = Invoke-Engine '-NoProfile', '-NonInteractive', '-Command', $command
    @{ Inside = [double]::Parse($inside, [cultureinfo]::InvariantCulture); Process = $watch.Elapsed.TotalMilliseconds }
}

$count = $Bench.Quick ? 5 : 21
$inside = @{ Ours = @(); Empty = @(); Difference = @() }
$process = @{ Ours = @(); Empty = @(); Difference = @() }
foreach ($run in 0..$count) {
    # In turn the other way round: whoever comes second must not gain by it.
    $order = $run % 2 ? @('Ours', 'Empty') : @('Empty', 'Ours')
    $now = @{}
    foreach ($which in $order) {
        $now[$which] = Measure-Import ($which -eq 'Ours' ? $Bench.ModulePath : $Bench.EmptyModulePath)
    }
    # The first run warms the disk's cache.
    if ($run -eq 0) { continue }
    foreach ($which in 'Ours', 'Empty') {
        $inside[$which] += $now[$which].Inside
        $process[$which] += $now[$which].Process
    }
    $inside.Difference += $now.Ours.Inside - $now.Empty.Inside
    $process.Difference += $now.Ours.Process - $now.Empty.Process
}

$over = Get-Median $inside.Difference
$ours = Get-Median $inside.Ours
$empty = Get-Median $inside.Empty
New-BenchRow -What 'Import-Module in a fresh process' -Budget '≤ 100 ms over an empty binary module' -Measured (Format-Number $ours 0 ms) `
    -Beside "$(Format-Number $empty 0 ms) empty" -Ratio (Format-Over $over 0 ms) -Pass ($over -le 100)
$over = Get-Median $process.Difference
New-BenchRow -What 'the whole process with -NoProfile around it' -Measured (Format-Number (Get-Median $process.Ours) 0 ms) `
    -Beside "$(Format-Number (Get-Median $process.Empty) 0 ms) empty" -Ratio (Format-Over $over 0 ms)
New-BenchNote "Import: $count fresh processes of each, in turn; medians, and the median of the differences pair by pair. The empty module is netstandard2.0, psd1 and dll, one cmdlet."
