# Finds the examples in the help and in the README, and runs them as they are: against the sandbox, in a folder with the files that they speak of.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$fixtures = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'ExampleFixtures.psd1')

function ConvertTo-Example {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([string] $Source, [string] $Title, [string] $Code)

    @{ Source = $Source; Title = $Title; Code = $Code.Trim("`n") }
}

# The examples of the pages: a heading, prose, one block of code.
function Get-PageExample {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Folder)

    foreach ($page in Get-ChildItem -Path $Folder -Filter '*-*.md' | Sort-Object Name) {
        $text = (Get-Content -LiteralPath $page.FullName -Raw) -replace "`r"
        foreach ($match in [regex]::Matches($text, '(?ms)^### (?<title>Example \d+: [^\n]+)\n(?<body>.*?)(?=^##|\z)')) {
            $code = [regex]::Match($match.Groups['body'].Value, '(?ms)^```powershell\n(.*?)^```').Groups[1].Value
            ConvertTo-Example -Source $page.Name -Title $match.Groups['title'].Value -Code $code
        }
    }
}

# The commands in the about_ texts: blocks whose first line is set in by eight spaces. Six spaces begin a sample that is no command.
function Get-AboutExample {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Folder)

    foreach ($file in Get-ChildItem -Path $Folder -Filter 'about_*.help.txt' | Sort-Object Name) {
        $text = (Get-Content -LiteralPath $file.FullName -Raw) -replace "`r"
        foreach ($part in Split-AboutText $text) {
            ConvertTo-Example -Source $file.Name -Title $part.Title -Code $part.Code
        }
    }
}

function Split-AboutText {
    param([string] $Text)

    $heading = ''
    $number = 0
    $code = [Collections.Generic.List[string]]::new()
    $blanks = 0
    $inSample = $false
    foreach ($line in @($Text -split '\n') + 'END') {
        if (-not $line.Trim()) {
            $blanks++
            $inSample = $false
            continue
        }
        $isCode = $line.StartsWith(' ' * 8) -and -not $inSample
        if ($isCode) {
            # A blank line inside a script does not end it.
            for (; $code.Count -and $blanks; $blanks--) { $code.Add('') }
            $code.Add($line.Substring(8))
        }
        else {
            if ($code.Count) {
                $number++
                @{ Title = "$heading, block $number"; Code = $code -join "`n" }
                $code.Clear()
            }
            $inSample = $true
            if ($line -cmatch '^[A-Z]') {
                $heading = $line
                $number = 0
                $inSample = $false
            }
        }
        $blanks = 0
    }
}

# The blocks of a README that say that they are PowerShell.
function Get-ReadmeExample {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not (Test-Path -LiteralPath $Path)) { return }
    $number = 0
    $text = (Get-Content -LiteralPath $Path -Raw) -replace "`r"
    foreach ($match in [regex]::Matches($text, '(?ms)^(?<indent> *)```(?:powershell|pwsh)\n(?<code>.*?)^ *```')) {
        $number++
        $line = ($text.Substring(0, $match.Index) -split '\n').Count
        $code = $match.Groups['code'].Value -replace "(?m)^$($match.Groups['indent'].Value)"
        ConvertTo-Example -Source (Split-Path $Path -Leaf) -Title "block $number, line $line" -Code $code
    }
}

# What is expected of an example: by what it calls, and by the fixtures that match it.
function Get-Expectation {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [hashtable] $Example)

    $problems = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($Example.Code, [ref] $null, [ref] $problems)
    $calls = $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    $own = @($calls | Where-Object { (Get-Command $_.GetCommandName() -Module AclAdmin -ErrorAction Ignore) })
    $writing = @($own | Where-Object { $_.GetCommandName() -match '^(Add|New|Set|Update|Move|Remove|Sync|Undo)-' })
    $real = @($writing | Where-Object {
            -not $_.CommandElements.Where({ $_ -is [Management.Automation.Language.CommandParameterAst] -and $_.ParameterName -in 'WhatIf', 'PlanPath' -and -not $_.Argument })
        })
    $expected = @{
        Problems  = $problems
        Requests  = $real.Count -gt 0 -or [bool] ($own | Where-Object { $_.GetCommandName() -match '^(Get|Test)-' -and $_.GetCommandName() -notin 'Get-AclConnection', 'Get-AclRun' })
        Writes    = $real.Count -gt 0
        Errors    = $false
        Connected = $true
        Setup     = ''
    }
    foreach ($fixture in $fixtures.Blocks | Where-Object { "# $($Example.Title -replace '^Example \d+: ')`n$($Example.Code)" -match $_.Match }) {
        foreach ($key in $fixture.Keys | Where-Object { $_ -ne 'Match' }) { $expected[$key] = $fixture[$key] }
    }
    $expected
}

# Puts what stands in for documented texts in their place.
function Convert-ExampleText {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Text, [Parameter(Mandatory)] [hashtable] $Known)

    foreach ($documented in $fixtures.Replace.Keys) {
        $means = $fixtures.Replace[$documented]
        $value = switch -Regex ($means) {
            '^(entry|rule) (\d+)$' { $Known[$Matches[1]][[int] $Matches[2] - 1]; break }
            '^(cloudflare|carrierx|module)$' { $Known[$means]; break }
            default { $means }
        }
        $Text = $Text.Replace($documented, $value)
    }
    $Text
}

# Runs an example in a session and a folder of its own, and says what became of it.
function Invoke-Example {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [hashtable] $Example,
        [Parameter(Mandatory)] [hashtable] $Expected,
        # A new session with the module; it is disposed of here.
        [Parameter(Mandatory)] [powershell] $Session,
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [hashtable] $Known,
        [int] $TimeoutSec = 60
    )

    $null = New-Item -ItemType Directory -Path $Folder -Force
    foreach ($name in $fixtures.Files.Keys) {
        Set-Content -LiteralPath (Join-Path $Folder $name) -Value (Convert-ExampleText $fixtures.Files[$name] $Known)
    }
    $environment = @{}
    Get-ChildItem env: | ForEach-Object { $environment[$_.Name] = $_.Value }
    try {
        $env:CLOUDFLARE_BASE_URL = $Known.cloudflare
        $env:CARRIERX_BASE_URL = $Known.carrierx
        foreach ($pair in @{ sandbox = $Known.sandbox; root = $Known.root }.GetEnumerator()) {
            $Session.Runspace.SessionStateProxy.SetVariable($pair.Key, $pair.Value)
        }
        $Session.Runspace.SessionStateProxy.Path.SetLocation($Folder) | Out-Null
        $null = $Session.AddScript((Get-Content -LiteralPath (Join-Path $PSScriptRoot 'ExampleStubs.ps1') -Raw) + "`n" + $Expected.Setup).Invoke()
        $Session.Commands.Clear()
        $Session.Runspace.SessionStateProxy.GetVariable('Error').Clear()
        $Session.Streams.ClearStreams()

        $null = $Session.AddScript((Convert-ExampleText $Example.Code $Known))
        $terminating = $null
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $run = $Session.BeginInvoke([Management.Automation.PSDataCollection[psobject]] $null, $output)
        if ($run.AsyncWaitHandle.WaitOne([timespan]::FromSeconds($TimeoutSec))) {
            try { $null = $Session.EndInvoke($run) } catch { $terminating = $_.Exception.GetBaseException().Message }
        }
        else {
            $Session.Stop()
            $terminating = "It did not end within $TimeoutSec s."
        }
        [pscustomobject]@{
            Output   = @($output)
            Warnings = @($Session.Streams.Warning | ForEach-Object Message)
            # Those in the stream and the one that ended it; beside them, all that were ever raised, silenced ones too.
            Errors   = @(@($Session.Streams.Error | ForEach-Object { "$_" }) + $terminating | Where-Object { $_ })
            Raised   = @($Session.Runspace.SessionStateProxy.GetVariable('Error')).Count
        }
    }
    finally {
        $Session.Runspace.Dispose()
        $Session.Dispose()
        Get-ChildItem env: | Where-Object { -not $environment.ContainsKey($_.Name) } | ForEach-Object { Remove-Item -LiteralPath "env:$($_.Name)" }
        foreach ($name in $environment.Keys) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
    }
}

Export-ModuleMember -Function Get-PageExample, Get-AboutExample, Get-ReadmeExample, Get-Expectation, Invoke-Example
