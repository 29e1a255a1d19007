# Makes Markdown of what was measured.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-MachineText {
    $processor = if ($IsLinux) {
        (Get-Content /proc/cpuinfo | Where-Object { $_ -like 'model name*' } | Select-Object -First 1) -replace '^[^:]*:\s*', ''
    }
    elseif ($IsMacOS) { sysctl -n machdep.cpu.brand_string }
    else { (Get-CimInstance Win32_Processor | Select-Object -First 1).Name }
    $memory = [GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes / 1GB
    "$processor, $([Environment]::ProcessorCount) logical processors, $([Math]::Round($memory)) GiB, $([Runtime.InteropServices.RuntimeInformation]::OSDescription)"
}

function Format-BenchReport {
    [OutputType([string])]
    param([object[]] $Found, [switch] $Quick)

    $lines = @(
        '# Results'
        ''
        'Made by `./build.ps1 -Task Bench`. Budgets are judged beside an alternative in the same run; ratios hold from machine to machine better than numbers do.'
        ''
        "* Machine: $(Get-MachineText)"
        "* Runtime: PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
        "* Date: $([DateTime]::UtcNow.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)) UTC$(if ($Quick) { ', a quick run: not to quote from' })"
        ''
        '| what | budget | measured | beside | ratio | verdict |'
        '|---|---|---|---|---|---|'
    )
    foreach ($row in $Found | Where-Object { $_.PSObject.Properties['What'] }) {
        $lines += "| $($row.What) | $($row.Budget) | $($row.Measured) | $($row.Beside) | $($row.Ratio) | $($row.Verdict) |"
    }
    $notes = @($Found | Where-Object { $_.PSObject.Properties['Note'] })
    if ($notes.Count -gt 0) {
        $lines += @('', '## How it was measured', '')
        $lines += $notes | ForEach-Object { "* $($_.Note)" }
    }
    $lines -join "`n"
}

Export-ModuleMember -Function Format-BenchReport
