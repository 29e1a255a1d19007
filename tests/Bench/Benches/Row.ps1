# Processor time that a CSV row costs in a writing cmdlet, HTTP left out.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
Add-Type -Path $Bench.RawHttpPath
$count = $Bench.Quick ? 10000 : 50000
$repeats = $Bench.Quick ? 3 : 7
$sandbox = Start-BenchSandbox $Bench -Entries 10000
$shell = New-SilentPowerShell $Bench
$raw = [AclAdmin.Bench.RawPatcher]::new('sandbox-cloudflare-token')
try {
    $entries = @(Invoke-SandboxControl $sandbox 'state/entries' | ForEach-Object { $_ })
    $files = @{}
    foreach ($kind in 'says nothing', 'says what is there', 'changes') {
        $files[$kind] = Join-Path $Bench.Folder "$($kind -replace ' ', '-').csv"
        0..($count - 1) | ForEach-Object {
            $entry = $entries[$_ % $entries.Count]
            switch ($kind) {
                'says nothing' { [pscustomobject] @{ id = $entry.id; name = ''; email = ''; is_email_regex = ''; comments = '' } }
                'says what is there' { [pscustomobject] @{ id = $entry.id; name = $entry.name; email = $entry.email; is_email_regex = $entry.is_email_regex; comments = '' } }
                'changes' { [pscustomobject] @{ id = $entry.id; name = ''; email = ''; is_email_regex = ''; comments = "Reviewed by the bench" } }
            }
        } | Export-Csv -LiteralPath $files[$kind]
    }

    # What each variant is more than reading the same file and doing nothing with it, and than its own start.
    $read = 'param($file) Import-Csv -LiteralPath $file | Microsoft.PowerShell.Core\Out-Null'
    $ours = @{
        'says nothing'       = 'param($file) Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry'
        'changes'            = 'param($file) Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry -WhatIf'
        'says what is there' = 'param($file) Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry -SkipUnchanged'
    }
    $startOnly = 'param($file) Import-Csv -LiteralPath $file | Select-Object -First 1 | Set-ImpersonationRegistryEntry -SkipUnchanged'
    $names = @{
        'says nothing'       = 'a CSV row that says nothing'
        'changes'            = 'a CSV row under -WhatIf'
        'says what is there' = 'a CSV row that is unchanged (-SkipUnchanged, 3 fields)'
    }
    foreach ($kind in 'says nothing', 'changes', 'says what is there') {
        $file = $files[$kind]
        $variant = [ordered] @{
            Read = { Measure-Cpu { Invoke-Silent $shell $read $file } }
            Ours = { Measure-Cpu { Invoke-Silent $shell $ours[$kind] $file } }
        }
        if ($kind -eq 'says what is there') { $variant.Start = { Measure-Cpu { Invoke-Silent $shell $startOnly $file } } }
        $cpu = Measure-Interleaved -Variant $variant -Count $repeats -WarmUp 2
        $start = $cpu['Start'] ?? 0
        $each = ($cpu.Ours - $cpu.Read - $start) * 1000 / $count
        New-BenchRow -What "CPU of $($names[$kind]), HTTP left out" -Budget '≤ 20 µs a row' -Measured (Format-Number $each 1 µs) `
            -Beside "$(Format-Number ($cpu.Read * 1000 / $count) 1 µs) Import-Csv alone" -Pass ($each -le 20)
    }

    # The whole way, beside what a bare HttpClient spends on the same requests.
    $rows = @(Get-EditRow $sandbox)
    $path = "$($sandbox.cloudflare)/accounts/$($sandbox.account_id)/email-security/settings/impersonation_registry"
    $addresses = [string[]] @($rows.ForEach({ "$path/$($_.id)" }))
    $bodies = [string[]] @($rows.ForEach({ "{`"comments`":`"$($_.comments)`"}" }))
    $cpu = Measure-Interleaved -Count $repeats -WarmUp 2 -Variant ([ordered] @{
            Raw  = { Measure-Cpu { $raw.Run($addresses, $bodies, 16) } }
            Ours = { Measure-Cpu { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 16 } }
        })
    New-BenchRow -What 'CPU of a row that is sent, from memory' -Budget '≤ 1.6 × the raw call' -Measured (Format-Number ($cpu.Ours * 1000 / $rows.Count) 1 µs) `
        -Beside "$(Format-Number ($cpu.Raw * 1000 / $rows.Count) 1 µs) raw HttpClient" -Ratio "$(Format-Number ($cpu.Ours / $cpu.Raw) 2) ×" -Pass ($cpu.Ours / $cpu.Raw -le 1.6)
    New-BenchNote "CPU: processor time of the whole process, all threads and garbage collection, over $(Format-Number $count 0) rows of five columns, less the time of Import-Csv piping the same file to Out-Null (and less that of reading the present state); in turn, medians of $repeats after two warm runs. -WhatIf's text is made and goes to a runspace without a host."
}
finally {
    $raw.Dispose()
    $shell.Runspace.Dispose()
    $shell.Dispose()
    Stop-Sandbox $sandbox
}
