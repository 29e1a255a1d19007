# How many requests it takes to change 100 of 10,000 entries.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$sandbox = Start-BenchSandbox $Bench -Entries 10000
try {
    $file = Join-Path $Bench.Folder 'edits.csv'
    $number = 0
    Invoke-SandboxControl $sandbox 'state/entries' | ForEach-Object { $_ } | ForEach-Object {
        $comments = $number++ % 100 -eq 50 ? 'Changed by the bench' : $_.comments
        [pscustomobject] @{ id = $_.id; name = $_.name; email = $_.email; is_email_regex = $_.is_email_regex; comments = $comments }
    } | Export-Csv -LiteralPath $file
    $null = Invoke-SandboxControl $sandbox requests -Method Delete
    $milliseconds = Measure-Time { Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry -SkipUnchanged }
    $counters = Invoke-SandboxControl $sandbox counters
    $changed = @(Invoke-SandboxControl $sandbox 'state/entries' | ForEach-Object { $_ } | Where-Object comments -EQ 'Changed by the bench').Count
    New-BenchRow -What '10,000 edits of which 100 change something, `-SkipUnchanged`' -Budget '≤ 111 requests' `
        -Measured "$($counters.total) requests ($($counters.reads) reads, $($counters.writes) writes)" -Beside '10,000 requests one by one' `
        -Ratio "$(Format-Number (10000 / $counters.total) 0) ×" -Pass ($counters.total -le 111 -and $counters.writes -eq 100 -and $changed -eq 100)
    New-BenchRow -What 'the same, time at a 0 ms server' -Measured (Format-Number ($milliseconds / 1000) 2 s)
}
finally {
    Stop-Sandbox $sandbox
}
