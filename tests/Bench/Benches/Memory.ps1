# Memory over a million rows that are made as they are read.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$last = $Bench.Quick ? 200000 : 1000000
$sandbox = Start-BenchSandbox $Bench
$shell = New-SilentPowerShell $Bench
try {
    # Runs within the pipeline, between two rows: the window and everything else that a run keeps is there.
    $script = {
        param($last)
        function Read-Memory {
            # What lives, and what the process holds of the machine's memory for itself alone.
            $private = if ($IsLinux) {
                $kib = Get-Content /proc/self/smaps_rollup | Where-Object { $_ -match '^Private_(Clean|Dirty):\s+(\d+)' } | ForEach-Object { [long] ($_ -replace '\D') }
                ($kib | Measure-Object -Sum).Sum * 1KB
            }
            else { [Diagnostics.Process]::GetCurrentProcess().PrivateMemorySize64 }
            [pscustomobject] @{ Private = $private; Live = [GC]::GetTotalMemory($true) }
        }
        $found = @{ Highest = 0 }
        & {
            for ($number = 1; $number -le $last; $number++) {
                [pscustomobject] @{ id = "00000000-0000-4000-8000-$($number.ToString('d12'))"; name = "Somebody $number"; comments = 'Reviewed by the bench' }
                if ($number -eq 10000) { $found.First = Read-Memory }
                elseif ($number % 100000 -eq 0) {
                    $found.Last = Read-Memory
                    $found.Highest = [Math]::Max($found.Highest, $found.Last.Private)
                }
            }
        } | Set-ImpersonationRegistryEntry -WhatIf
        $found
    }
    $found = @(Invoke-Silent $shell $script $last)[0]
    $live = ($found.Last.Live - $found.First.Live) / 1MB
    $private = ($found.Highest - $found.First.Private) / 1MB
    $what = "memory, $(Format-Number $last 0) rows under -WhatIf"
    New-BenchRow -What "$what, process" -Budget 'growth ≤ 30 MiB after the first 10,000' -Measured "$(Format-Number ($found.Highest / 1MB) 0 MiB) at the most" `
        -Beside "$(Format-Number ($found.First.Private / 1MB) 0 MiB) after 10,000" -Ratio "+$(Format-Number $private 1 MiB)" -Pass ($private -le 30)
    New-BenchRow -What "$what, what lives" -Budget 'growth ≤ 30 MiB after the first 10,000' -Measured (Format-Number ($found.Last.Live / 1MB) 1 MiB) `
        -Beside "$(Format-Number ($found.First.Live / 1MB) 1 MiB) after 10,000" -Ratio "+$(Format-Number $live 1 MiB)" -Pass ($live -le 30)
    New-BenchNote 'Memory: rows are made one at a time within the pipeline. "Process" is what the process has for itself (Private_Clean and Private_Dirty on Linux), the highest of readings every 100,000 rows; "what lives" is the heap after a full collection.'
}
finally {
    $shell.Runspace.Dispose()
    $shell.Dispose()
    Stop-Sandbox $sandbox
}
