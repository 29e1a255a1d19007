# The same edits the way people write them without the module, 50 ms server.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$repeats = $Bench.Quick ? 3 : 5
$sandbox = Start-BenchSandbox $Bench -Entries 1600 -ArgumentList '--no-limit', '--quota', '100000000', '--latency-ms', '50'
try {
    $rows = @(Get-EditRow $sandbox)
    $few = $rows[0..159]
    $path = "$($sandbox.cloudflare)/accounts/$($sandbox.account_id)/email-security/settings/impersonation_registry"
    $headers = @{ Authorization = 'Bearer sandbox-cloudflare-token' }
    $time = Measure-Interleaved -Count $repeats -Variant ([ordered] @{
            Loop     = {
                (Measure-Time {
                    $few | ForEach-Object {
                        Invoke-RestMethod -Method Patch -Uri "$path/$($_.id)" -Headers $headers -ContentType 'application/json' -Body (@{ comments = $_.comments } | ConvertTo-Json -Compress)
                    }
                }) / $few.Count
            }
            Ours     = { (Measure-Time { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 16 }) / $rows.Count }
            Parallel = {
                (Measure-Time {
                    $rows | ForEach-Object -ThrottleLimit 16 -Parallel {
                        $path = $using:path
                        Invoke-RestMethod -Method Patch -Uri "$path/$($_.id)" -Headers $using:headers -ContentType 'application/json' -Body (@{ comments = $_.comments } | ConvertTo-Json -Compress)
                    }
                }) / $rows.Count
            }
        })
    $rates = @{}
    foreach ($name in 'Loop', 'Ours', 'Parallel') { $rates[$name] = Format-Number (1000 / $time[$name]) 0 }
    $ratio = $time.Loop / $time.Ours
    New-BenchRow -What '`-ThrottleLimit 16`, 50 ms server' -Budget '≥ 12 × `ForEach-Object { Invoke-RestMethod }`' -Measured "$($rates.Ours) rows/s" `
        -Beside "$($rates.Loop) rows/s" -Ratio "$(Format-Number $ratio 1) ×" -Pass ($ratio -ge 12)
    $ratio = $time.Parallel / $time.Ours
    New-BenchRow -What '`-ThrottleLimit 16`, 50 ms server' -Budget '≥ 2 × `ForEach-Object -Parallel -ThrottleLimit 16 { Invoke-RestMethod }`' -Measured "$($rates.Ours) rows/s" `
        -Beside "$($rates.Parallel) rows/s" -Ratio "$(Format-Number $ratio 1) ×" -Pass ($ratio -ge 2)
    New-BenchNote "Loops: $($rows.Count) rows ($($few.Count) for the plain loop), in turn, medians of $repeats. Invoke-RestMethod makes its body with ConvertTo-Json, as people do."
}
finally {
    Stop-Sandbox $sandbox
}
