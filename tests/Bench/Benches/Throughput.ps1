# The same edits through the module, through a bare HttpClient loop with the same window, and through a cmdlet that only hands rows to that loop.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
Import-Module $Bench.RawHttpPath
$repeats = $Bench.Quick ? 3 : 7
$sandbox = Start-BenchSandbox $Bench -Entries 4000
$raw = [AclAdmin.Bench.RawPatcher]::new('sandbox-cloudflare-token')
try {
    $all = @(Get-EditRow $sandbox)
    $path = "$($sandbox.cloudflare)/accounts/$($sandbox.account_id)/email-security/settings/impersonation_registry"
    # The runtime compiles hot code anew in the background, which on a busy machine takes a while: long enough that both are past it.
    $addresses = [string[]] @($all.ForEach({ "$path/$($_.id)" }))
    $bodies = [string[]] @($all.ForEach({ '{"comments":"Warm"}' }))
    foreach ($run in 1..($Bench.Quick ? 3 : 15)) {
        $all | Set-ImpersonationRegistryEntry -ThrottleLimit 16
        $null = $raw.Run($addresses, $bodies, 16)
        $all | Send-RawPatch -Patcher $raw -Path $path -ThrottleLimit 16
        Start-Sleep -Milliseconds 200
    }

    foreach ($latency in 0, 50) {
        Set-SandboxSetting $sandbox @{ latency_ms = $latency }
        foreach ($window in 4, 16, 64) {
            # About two and a half seconds each where the latency rules.
            $count = $latency -eq 0 ? 4000 : [Math]::Min(4000, $window * 50)
            $rows = $all[0..($count - 1)]
            $addresses = [string[]] @($rows.ForEach({ "$path/$($_.id)" }))
            $bodies = [string[]] @($rows.ForEach({ "{`"comments`":`"$($_.comments)`"}" }))
            $time = Measure-Interleaved -Count $repeats -Variant ([ordered] @{
                    Raw  = { $raw.Run($addresses, $bodies, $window) }
                    Bare = { Measure-Time { $rows | Send-RawPatch -Patcher $raw -Path $path -ThrottleLimit $window } }
                    Ours = { Measure-Time { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit $window } }
                })
            $what = "throughput, $latency ms server, window $window"
            $rate = "$(Format-Number ($count * 1000 / $time.Ours) 0) rows/s"
            $raws = "$(Format-Number ($count * 1000 / $time.Raw) 0) requests/s raw"
            $toRaw = $time.Raw / $time.Ours
            if ($latency -ne 0) {
                New-BenchRow -What $what -Budget '≥ 0.95 × raw HttpClient' -Measured $rate -Beside $raws -Ratio "$(Format-Number $toRaw 2) ×" -Pass ($toRaw -ge 0.95)
                continue
            }
            # Here the engine's own work for a row is as long as the call: what counts is what the module adds to that.
            $toBare = $time.Bare / $time.Ours
            New-BenchRow -What $what -Budget '≥ 0.75 × a cmdlet that checks nothing' -Measured $rate -Beside "$(Format-Number ($count * 1000 / $time.Bare) 0) rows/s unchecked" `
                -Ratio "$(Format-Number $toBare 2) ×" -Pass ($toBare -ge 0.75)
            New-BenchRow -What 'the same beside raw HttpClient' -Measured $rate -Beside $raws -Ratio "$(Format-Number $toRaw 2) ×"
        }
    }
    New-BenchNote "Throughput: the same PATCH bodies to the same sandbox from the same process, in turn; medians of $repeats. Rows stand in memory, so Import-Csv is not in it; the raw loop has its addresses and bodies ready, reads the answers' bytes and looks at nothing but the status. At 0 ms the sandbox takes processor time from both. The cmdlet that checks nothing takes two columns of each row, puts them into an address and a body and hands those to the raw loop's client: what it takes longer than the loop is the engine's, and no cmdlet can be without."
}
finally {
    $raw.Dispose()
    Stop-Sandbox $sandbox
}
