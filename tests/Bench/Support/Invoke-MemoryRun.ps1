# Pipes rows to a command, and writes as JSON what the process held on the way.
param(
    [Parameter(Mandatory)] [string] $Settings,
    [Parameter(Mandatory)] [string] $Sink,
    [Parameter(Mandatory)] [int] $Last
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Bench.psm1')
Import-Module (Join-Path $PSScriptRoot '../../Module/Support/Sandbox.psm1')
$bench = Get-Content -LiteralPath $Settings -Raw | ConvertFrom-Json -AsHashtable
Import-Module $bench.ModulePath
$sandbox = Start-BenchSandbox $bench -Entries 1000
$ids = @(Get-EditRow $sandbox).id
$shell = New-SilentPowerShell $bench
try {
    # Read within the pipeline, between two rows: the window and everything else that a run keeps is there.
    $script = {
        param($last, $ids)
        function Read-Private {
            if (-not $IsLinux) { return [Diagnostics.Process]::GetCurrentProcess().PrivateMemorySize64 }
            $total = 0L
            foreach ($line in [IO.File]::ReadAllLines('/proc/self/smaps_rollup')) {
                if ($line -match '^Private_(Clean|Dirty):\s+(\d+)') { $total += [long] $Matches[2] * 1KB }
            }
            $total
        }
        $found = @{ Highest = 0L }
        & {
            for ($number = 1; $number -le $last; $number++) {
                [pscustomobject] @{ id = $ids[$number % $ids.Count]; name = "Somebody $number"; comments = 'Reviewed by the bench' }
                if ($number -eq 10000) { $found.First = @{ Private = Read-Private; Live = [GC]::GetTotalMemory($true) } }
                elseif ($number % 100000 -eq 0) { $found.Highest = [Math]::Max($found.Highest, (Read-Private)) }
                if ($number -eq $last) { $found.Last = @{ Live = [GC]::GetTotalMemory($true) } }
            }
        } | SINK
        $found
    }
    $found = @(Invoke-Silent $shell "$script".Replace('SINK', $Sink) $Last, $ids)[0]
    ConvertTo-Json $found
}
finally {
    $shell.Runspace.Dispose()
    $shell.Dispose()
    Stop-Sandbox $sandbox
}
