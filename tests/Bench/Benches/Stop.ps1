# From Ctrl+C to a stopped pipeline. PowerShell.Stop() is what a host calls then.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$repeats = $Bench.Quick ? 5 : 11

function Measure-Stop {
    param([pscustomobject] $Sandbox, [object[]] $Row, [int] $Window, [scriptblock] $IsBusy)

    $shell = New-SilentPowerShell $Bench
    try {
        $null = $shell.AddScript('param($rows, $window) $rows | Set-ImpersonationRegistryEntry -ThrottleLimit $window').AddArgument($Row).AddArgument($Window)
        $work = $shell.BeginInvoke()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $IsBusy)) {
            if ($watch.Elapsed.TotalSeconds -gt 20) { throw 'It did not come to what it was to be stopped in.' }
            Start-Sleep -Milliseconds 20
        }
        $watch.Restart()
        $shell.Stop()
        $elapsed = $watch.Elapsed.TotalMilliseconds
        if (-not $work.IsCompleted) { throw 'Stop returned, but the pipeline still runs.' }
        $elapsed
    }
    finally {
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
}

function Write-StopRow {
    param([string] $What, [double[]] $Value)

    $worst = ($Value | Measure-Object -Maximum).Maximum
    New-BenchRow -What "Ctrl+C to stopped, $What" -Budget '≤ 250 ms' -Measured "$(Format-Number $worst 0 ms) at the worst" -Beside "median $(Format-Number (Get-Median $Value) 0 ms)" -Pass ($worst -le 250)
}

foreach ($case in @(@{ Window = 16; Hangs = $false }, @{ Window = 64; Hangs = $true })) {
    $sandbox = Start-BenchSandbox $Bench -Entries 1000 -ArgumentList '--quota', '100000000', '--latency-ms', ($case.Hangs ? '0' : '5000')
    try {
        $rows = @(Get-EditRow $sandbox)
        if ($case.Hangs) { Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 30 } }
        $times = foreach ($run in 0..$repeats) {
            # A connection for each run, so that nothing is under way on it but this.
            Connect-Sandbox $sandbox
            $connection = Get-AclConnection -Name Cloudflare
            $time = Measure-Stop $sandbox $rows $case.Window { $connection.RequestsSent -ge $case.Window }
            if ($run -gt 0) { $time }
        }
        Write-StopRow -What "$($case.Window) requests $($case.Hangs ? 'hang' : 'under way, 5 s server')" -Value $times
    }
    finally {
        Stop-Sandbox $sandbox
    }
}

$sandbox = Start-BenchSandbox $Bench -Entries 1000 -ArgumentList '--quota', '20', '--window-seconds', '60', '--block-seconds', '60'
try {
    $rows = @(Get-EditRow $sandbox)
    $times = foreach ($run in 0..$repeats) {
        Reset-Sandbox $sandbox
        Connect-Sandbox $sandbox
        # The budget is spent, nothing comes back any more: everybody waits for the window's end.
        $time = Measure-Stop $sandbox $rows 16 {
            $counters = Invoke-SandboxControl $sandbox counters
            Start-Sleep -Milliseconds 150
            $counters.total -ge 5 -and (Invoke-SandboxControl $sandbox counters).total -eq $counters.total
        }
        if ($run -gt 0) { $time }
    }
    Write-StopRow -What 'pacing waits' -Value $times
    New-BenchNote "Stop: PowerShell.Stop() from another thread, which returns when the pipeline has stopped; $repeats runs of each after one that is not counted. The worst counts."
}
finally {
    Stop-Sandbox $sandbox
}
