# 10,000 edits of allow policies in batches, beside the same edits one by one.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$count = 10000
$repeats = $Bench.Quick ? 1 : 5

function Measure-Edit {
    param([hashtable] $With)

    # Another comment for each run, so that each row changes something.
    $script:edition++
    $rows = foreach ($id in $ids) { [pscustomobject] @{ id = $id; comments = "Edition $edition" } }
    $null = Invoke-SandboxControl $sandbox requests -Method Delete
    $milliseconds = Measure-Time { $rows | Set-EmailAllowPolicy -SkipUnchanged @With }
    $script:total = (Invoke-SandboxControl $sandbox counters).total
    $script:changed = @(Invoke-SandboxControl $sandbox 'state/allow_policies' | ForEach-Object { $_ } | Where-Object comments -CEQ "Edition $edition").Count
    $milliseconds
}

foreach ($latency in 0, 50) {
    $sandbox = Start-BenchSandbox $Bench -ArgumentList '--quota', '100000000', '--items', "$count", '--latency-ms', "$latency"
    try {
        $edition = 0
        $ids = @(Invoke-SandboxControl $sandbox 'state/allow_policies' | ForEach-Object { $_.id })
        # One by one at 50 ms takes half a minute with a window of 16, so once is enough.
        $runs = $latency ? 1 : $repeats
        $batched = $single = $null
        $time = Measure-Interleaved -Count $runs -WarmUp ([int] ($latency -eq 0)) -Variant ([ordered] @{
                Batched = { Measure-Edit @{}; $script:batched = $total, $changed }
                Single  = { Measure-Edit @{ BatchSize = 1; ThrottleLimit = 16 }; $script:single = $total, $changed }
            })
        New-BenchRow -What "10,000 edits of allow policies, ``-SkipUnchanged``, $latency ms server" -Budget '≤ 21 requests' `
            -Measured "$($batched[0]) requests, $(Format-Number ($time.Batched / 1000) 2 s)" `
            -Beside "$(Format-Number $single[0] 0) requests, $(Format-Number ($time.Single / 1000) 2 s) with ``-BatchSize 1 -ThrottleLimit 16``" `
            -Ratio "$(Format-Number ($time.Single / $time.Batched) 1) ×" -Pass ($batched[0] -le 21 -and $batched[1] -eq $count -and $single[1] -eq $count)
    }
    finally {
        Stop-Sandbox $sandbox
    }
}
New-BenchNote "Batch: each row changes its comment; the present state is read first, in eleven requests. In turn, medians of $repeats at 0 ms after a warm run, one run at 50 ms."
