# What the benchmarks share: numbers, rows of the table, and things to measure.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-Median {
    [OutputType([double])]
    param([Parameter(Mandatory)] [double[]] $Value)

    $sorted = @($Value | Sort-Object)
    $middle = [Math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

# A row of the table. Without -Pass it only informs.
function New-BenchRow {
    param(
        [Parameter(Mandatory)] [string] $What,
        [string] $Budget = '',
        [Parameter(Mandatory)] [string] $Measured,
        [string] $Beside = '',
        [string] $Ratio = '',
        [Nullable[bool]] $Pass
    )

    $verdict = if ($null -eq $Pass) { 'for information' } elseif ($Pass) { 'pass' } else { '**miss**' }
    [pscustomobject] @{ What = $What; Budget = $Budget; Measured = $Measured; Beside = $Beside; Ratio = $Ratio; Verdict = $verdict }
}

# How something was measured: stands below the table.
function New-BenchNote {
    param([Parameter(Mandatory)] [string] $Text)

    [pscustomobject] @{ Note = $Text }
}

# Runs variants in turn (A, B, A, B, …) so that a busy machine slows them alike. Each gives one number.
# Returns for each name its median; all values stand in <name>All.
function Measure-Interleaved {
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [Collections.Specialized.OrderedDictionary] $Variant,
        [Parameter(Mandatory)] [int] $Count,
        [int] $WarmUp = 1
    )

    $values = @{}
    foreach ($name in $Variant.Keys) { $values[$name] = [Collections.Generic.List[double]]::new() }
    foreach ($run in 1..($WarmUp + $Count)) {
        foreach ($name in $Variant.Keys) {
            $value = [double] (& $Variant[$name])
            if ($run -gt $WarmUp) { $values[$name].Add($value) }
        }
    }
    $result = @{}
    foreach ($name in $Variant.Keys) {
        $result[$name] = Get-Median $values[$name]
        $result["${name}All"] = $values[$name].ToArray()
    }
    $result
}

# Milliseconds of processor time, all threads of this process, that a script block takes.
function Measure-Cpu {
    [OutputType([double])]
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)

    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    $before = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
    $null = & $ScriptBlock
    ([Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before).TotalMilliseconds
}

# Milliseconds that a script block takes.
function Measure-Time {
    [OutputType([double])]
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)

    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $ScriptBlock
    $watch.Elapsed.TotalMilliseconds
}

# A sandbox that limits nothing and writes no log, with this process connected to it. The high quota: what a pacer is told is left must not run out.
function Start-BenchSandbox {
    param(
        [Parameter(Mandatory)] [hashtable] $Bench,
        [int] $Entries = 0,
        [string[]] $ArgumentList = @('--quota', '100000000')
    )

    $sandbox = Start-Sandbox -Path $Bench.SandboxPath -Entries $Entries -ArgumentList (@('--synced-every', '0', '--no-log') + $ArgumentList)
    Connect-Sandbox $sandbox
    $sandbox
}

# Rows for the entries of a sandbox, each with a comment.
function Get-EditRow {
    param(
        [Parameter(Mandatory)] [pscustomobject] $Sandbox,
        [string] $Comment = 'Reviewed by the bench'
    )

    Invoke-SandboxControl $Sandbox 'state/entries' | ForEach-Object { $_ } | ForEach-Object {
        [pscustomobject] @{ id = $_.id; name = ''; email = ''; is_email_regex = ''; comments = $Comment }
    }
}

# A runspace without a host, so that what -WhatIf shows goes nowhere; with the module.
function New-SilentPowerShell {
    [OutputType([powershell])]
    param([Parameter(Mandatory)] [hashtable] $Bench)

    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($Bench.ModulePath)
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $shell
}

# Runs a script in such a shell, again and again.
function Invoke-Silent {
    param(
        [Parameter(Mandatory)] [powershell] $Shell,
        [Parameter(Mandatory)] [string] $Script,
        [object[]] $ArgumentList = @()
    )

    $Shell.Commands.Clear()
    $Shell.Streams.ClearStreams()
    $null = $Shell.AddScript($Script)
    foreach ($argument in $ArgumentList) { $null = $Shell.AddArgument($argument) }
    $Shell.Invoke()
    if ($Shell.Streams.Error.Count -gt 0) { throw $Shell.Streams.Error[0] }
}

function Format-Number {
    [OutputType([string])]
    param([Parameter(Mandatory)] [double] $Value, [int] $Digits = 1, [string] $Unit = '')

    $text = $Value.ToString("N$Digits", [cultureinfo]::InvariantCulture)
    if ($Unit) { "$text $Unit" } else { $text }
}

# How much more (or less) something is.
function Format-Over {
    [OutputType([string])]
    param([Parameter(Mandatory)] [double] $Value, [int] $Digits = 1, [string] $Unit = '')

    ($Value -lt 0 ? '' : '+') + (Format-Number $Value $Digits $Unit)
}

Export-ModuleMember -Function *-*
