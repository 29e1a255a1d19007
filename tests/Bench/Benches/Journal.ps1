# The same edits with a journal and without, in turn.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$count = $Bench.Quick ? 2000 : 10000
$repeats = 3
$sandbox = Start-BenchSandbox $Bench -Entries $count
try {
    $rows = @(Get-EditRow $sandbox)
    $state = @{ Number = 0 }

    # A journal of its own for each run: one that knows the changes would have nothing sent.
    $journalled = {
        $state.Number++
        $path = Join-Path $Bench.Folder "journal-$($state.Number).jsonl"
        Measure-Time { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 16 -JournalPath $path }
        $state.Bytes = (Get-Item -LiteralPath $path).Length
        Remove-Item -LiteralPath $path
    }
    $plain = { Measure-Time { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 16 } }
    # The runtime compiles hot code anew in the background: long enough that both are past it.
    foreach ($run in 1..($Bench.Quick ? 2 : 4)) {
        $null = & $plain
        $null = & $journalled
    }

    foreach ($latency in 50, 0) {
        Set-SandboxSetting $sandbox @{ latency_ms = $latency }
        $time = Measure-Interleaved -Count ($latency -eq 0 ? 7 : $repeats) -WarmUp ($latency -eq 0 ? 1 : 0) -Variant ([ordered] @{ Plain = $plain; Journalled = { & $journalled } })
        $slower = ($time.Journalled / $time.Plain - 1) * 100
        $row = @{
            What     = "$(Format-Number $count 0) rows with a journal, $latency ms server, window 16"
            Measured = "$(Format-Number ($time.Journalled / 1000) 2) s"
            Beside   = "$(Format-Number ($time.Plain / 1000) 2) s without"
            Ratio    = "$(Format-Number $slower 1) % slower"
        }
        if ($latency -ne 0) { $row += @{ Budget = '≤ 10 % slower than without'; Pass = $slower -le 10 } }
        New-BenchRow @row
    }
    New-BenchNote "Journal: the same PATCH requests with -JournalPath and without, in turn in one process; medians of $repeats runs, of seven at 0 ms. A journal has the state before each change, so the run with one reads the list first, which is in its time. The journal of a run has $(Format-Number ($state.Bytes / 1MB) 1) MiB. At 0 ms the service answers faster than a disk writes, and what is left is the journal's own cost."
}
finally {
    Stop-Sandbox $sandbox
}
