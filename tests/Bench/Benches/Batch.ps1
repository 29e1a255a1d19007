# 10,000 edits of allow policies in batches, beside the same edits one by one.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$count = 10000
$repeats = $Bench.Quick ? 1 : 5

function Measure-Edit {
    param([string] $Name, [hashtable] $With)

    # Another comment for each run, so that each row changes something.
    $script:edition++
    $rows = foreach ($id in $ids) { [pscustomobject] @{ id = $id; comments = "Edition $edition" } }
    $null = Invoke-SandboxControl $sandbox requests -Method Delete
    $milliseconds = Measure-Time { $rows | Set-EmailAllowPolicy -SkipUnchanged @With }
    $most[$Name] = [Math]::Max($most[$Name], (Invoke-SandboxControl $sandbox counters).total)
    $changed = @(Invoke-SandboxControl $sandbox 'state/allow_policies' | ForEach-Object { $_ } | Where-Object comments -CEQ "Edition $edition").Count
    $fewest[$Name] = [Math]::Min($fewest[$Name], $changed)
    $milliseconds
}

foreach ($latency in 0, 50) {
    $sandbox = Start-BenchSandbox $Bench -ArgumentList '--quota', '100000000', '--items', "$count", '--latency-ms', "$latency"
    try {
        $edition = 0
        $ids = @(Invoke-SandboxControl $sandbox 'state/allow_policies' | ForEach-Object { $_.id })
        # One by one at 50 ms takes half a minute with a window of 16, so once is enough.
        $runs = $latency ? 1 : $repeats
        # Requests are counted in the warm run too, and the most count: they are promised for every run, the first one in a process included.
        $most = @{ Batched = 0; Single = 0 }
        $fewest = @{ Batched = $count; Single = $count }
        $time = Measure-Interleaved -Count $runs -WarmUp ([int] ($latency -eq 0)) -Variant ([ordered] @{
                Batched = { Measure-Edit Batched @{} }
                Single  = { Measure-Edit Single @{ BatchSize = 1; ThrottleLimit = 16 } }
            })
        New-BenchRow -What "10,000 edits of allow policies, ``-SkipUnchanged``, $latency ms server" -Budget '≤ 21 requests' `
            -Measured "$($most.Batched) requests at the most, $(Format-Number ($time.Batched / 1000) 2 s)" `
            -Beside "$(Format-Number $most.Single 0) requests, $(Format-Number ($time.Single / 1000) 2 s) with ``-BatchSize 1 -ThrottleLimit 16``" `
            -Ratio "$(Format-Number ($time.Single / $time.Batched) 1) ×" -Pass ($most.Batched -le 21 -and $fewest.Batched -eq $count -and $fewest.Single -eq $count)
    }
    finally {
        Stop-Sandbox $sandbox
    }
}
New-BenchNote "Batch: each row changes its comment; the present state is read first, in eleven requests. In turn, medians of $repeats at 0 ms after a warm run, one run at 50 ms. The most requests of any run count, the warm run included. A batch waits at most half a second for more rows, so a busy machine can need more requests."
