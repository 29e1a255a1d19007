# Under Cloudflare's limit with time scaled: 1,200 requests in windows of 30 seconds instead of 300.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$quota = 1200
$windowSeconds = 30

# Three whole windows and part of a fourth.
$count = $Bench.Quick ? 1600 : 4000
$shared = $Bench.Quick ? 800 : 2200

# The same edit from another process, with the same credential and a connection and a pacer of its own.
function Start-OtherProcess {
    param([pscustomobject] $Sandbox, [string] $File, [int] $Window)

    $script = @"
`$ErrorActionPreference = 'Stop'
Import-Module '$($Bench.ModulePath)'
Import-Module '$($Bench.SupportPath)/../../Module/Support/Sandbox.psm1'
Connect-Sandbox ([pscustomobject] @{ cloudflare = '$($Sandbox.cloudflare)'; carrierx = '$($Sandbox.carrierx)'; account_id = '$($Sandbox.account_id)' })
`$rows = @(Import-Csv -LiteralPath '$File')
[Console]::WriteLine('ready')
`$null = [Console]::ReadLine()
`$rows | Set-ImpersonationRegistryEntry -ThrottleLimit $Window
"@
    $start = New-EngineStartInfo -ArgumentList '-NoProfile', '-NonInteractive', '-Command', $script
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    if ($process.StandardOutput.ReadLine() -ne 'ready') { throw 'The other process did not start.' }
    $process
}

function Measure-Limit {
    param([string] $What, [int] $Count, [int] $Others, [int] $Window, [int] $OtherWindow = 4, [switch] $Spends)

    $sandbox = Start-BenchSandbox $Bench -Entries ([Math]::Max($Count, $Others)) -ArgumentList '--quota', $quota, '--window-seconds', $windowSeconds, '--block-seconds', $windowSeconds
    $process = $null
    try {
        $all = @(Get-EditRow $sandbox)
        $rows = $all[0..($Count - 1)]
        $file = Join-Path $Bench.Folder 'limit.csv'
        if ($Others -and -not $Spends) {
            $all[0..($Others - 1)] | Export-Csv -LiteralPath $file
            $process = Start-OtherProcess $sandbox $file $OtherWindow
        }
        # Nothing has been counted yet: the first request opens the first window.
        Reset-Sandbox $sandbox
        if ($Spends) { $null = Invoke-SandboxControl $sandbox spend -Method Post -Body @{ credential = 'token'; count = $Others } }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        if ($process) { $process.StandardInput.WriteLine('go') }
        $failed = @()
        $rows | Set-ImpersonationRegistryEntry -ThrottleLimit $Window -ErrorAction SilentlyContinue -ErrorVariable failed
        if ($process -and -not $process.WaitForExit(300000)) { throw 'The other process does not end.' }
        $seconds = $watch.Elapsed.TotalSeconds
        $counters = Invoke-SandboxControl $sandbox counters
        $floor = ([Math]::Ceiling(($Count + $Others) / $quota) - 1) * $windowSeconds
        $over = $seconds / $floor - 1
        New-BenchRow -What "$What, $(Format-Number $Count 0) rows, window $Window" -Budget 'no refusal; ≤ 1 % over the floor' `
            -Measured "$($counters.refused429) refusals, $(Format-Number $seconds 1 s), $(@($failed).Count) failed" -Beside "$(Format-Number $floor 0 s) floor" `
            -Ratio "$(Format-Number ($over * 100) 1) % over" -Pass ($counters.refused429 -eq 0 -and $over -le 0.01 -and @($failed).Count -eq 0)
    }
    finally {
        if ($process -and -not $process.HasExited) { $process.Kill() }
        Stop-Sandbox $sandbox
    }
}

Measure-Limit -What 'limit of 1,200 in 30 s' -Count $count -Others 0 -Window 16
Measure-Limit -What 'limit of 1,200 in 30 s, of which 500 were spent by another program' -Count $count -Others 500 -Window 16 -Spends
foreach ($window in 4, 16) {
    Measure-Limit -What "limit of 1,200 in 30 s, a second process with as many rows and the same window" -Count $shared -Others $shared -Window $window -OtherWindow $window
}
New-BenchNote 'Limit: the documented quota, in windows of 30 s instead of 300 s; a refusal shuts the credential out for 30 s. The floor: all requests there are, whoever sends them, in quotas; all but the last quota must wait for a window to end, and the last takes no time. The service tells a window''s end in whole seconds, rounded up: up to 1 s for each window that nobody can win back, which is 3.3 % of 30 s (0.3 % of the real 300 s). The budget of 1 % holds for whole runs; a quick run waits for one window only.'
