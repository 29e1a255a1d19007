# The engine that runs this script: how to start another process of the very same one. Used by build.ps1, the tests and the benchmarks.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The command, and the arguments that stand before the engine's own. PowerShell as a .NET tool is no program but an assembly that dotnet runs.
function Get-EngineCommand {
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $running = (Get-Process -Id $PID).Path
    switch ([IO.Path]::GetFileNameWithoutExtension($running)) {
        'dotnet' { $running; Join-Path $PSHOME 'pwsh.dll'; return }
        { $_ -like 'pwsh*' -or $_ -eq 'powershell' } { $running; return }
    }
    # An editor or another program that hosts the engine.
    foreach ($name in 'pwsh.exe', 'powershell.exe', 'pwsh') {
        $path = Join-Path $PSHOME $name
        if (Test-Path -LiteralPath $path) { return $path }
    }
    throw "$running hosts PowerShell, and there is no program in $PSHOME to start another one with."
}

# Runs the engine in a process of its own, with the arguments as they are, and returns what it prints. $LASTEXITCODE has its exit code.
function Invoke-Engine {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [string[]] $ArgumentList
    )

    # What the other process writes to its error stream is no error here: Windows PowerShell makes one of it.
    $ErrorActionPreference = 'Continue'
    $command, $before = Get-EngineCommand
    $all = @($before) + $ArgumentList | Where-Object { $null -ne $_ }
    & $command @all
}

# How to start it with streams of one's own. As one text, quoted, for Windows PowerShell, which has no argument list here.
function New-EngineStartInfo {
    [CmdletBinding()]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Nothing is started yet.')]
    [OutputType([Diagnostics.ProcessStartInfo])]
    param(
        [Parameter(Mandatory)]
        [string[]] $ArgumentList
    )

    $command, $before = Get-EngineCommand
    $start = [Diagnostics.ProcessStartInfo]::new($command)
    $start.UseShellExecute = $false
    $start.Arguments = (@($before) + $ArgumentList | Where-Object { $null -ne $_ } | ForEach-Object { '"' + $_.Replace('"', '\"') + '"' }) -join ' '
    $start
}

Export-ModuleMember -Function Get-EngineCommand, Invoke-Engine, New-EngineStartInfo
