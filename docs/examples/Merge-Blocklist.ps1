#Requires -Modules AclAdmin

<#
.SYNOPSIS
Makes one list of blocked senders of several sources.
.DESCRIPTION
A source is a file: a CSV file with the columns pattern and reason, or a text file with an address, a domain or an IP address in each line, where "#"
begins a comment. The name of the file becomes the name of the source. A pattern that several sources have is blocked once, and its comments name them
all. Senders that were blocked by hand stay; those of an earlier run that no source has any more are removed, within -MaxRemove.
.EXAMPLE
./Merge-Blocklist.ps1 -Source ./phishing.csv, ./partners.txt -Except ./never-block.txt -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string[]] $Source,

    # A text file with patterns that are never blocked, whatever a source states.
    [string] $Except,

    [string] $MaxRemove = '20%',

    [string] $JournalPath = './blocklist.jsonl'
)

$ErrorActionPreference = 'Stop'

function Read-Pattern {
    param([string] $Path)

    if ([IO.Path]::GetExtension($Path) -eq '.csv') {
        Import-Csv -LiteralPath $Path -Encoding utf8 | ForEach-Object { $_.pattern.Trim() }
    }
    else {
        Get-Content -LiteralPath $Path -Encoding utf8 | ForEach-Object { ($_ -replace '#.*').Trim() } | Where-Object { $_ }
    }
}

function Get-PatternType {
    param([string] $Pattern)

    $address = $null
    if ($Pattern -like '*@*') { 'EMAIL' }
    elseif ([Net.IPAddress]::TryParse($Pattern, [ref] $address)) { 'IP' }
    else { 'DOMAIN' }
}

$except = @(if ($Except) { Read-Pattern $Except })
$sources = [ordered] @{}
foreach ($path in $Source) {
    $found = @(Read-Pattern $path)
    if (-not $found) {
        throw "$path has no patterns. A source that failed must not unblock what it blocked before."
    }
    foreach ($pattern in $found | Where-Object { $_ -notin $except }) {
        # Keys are compared without regard to case, as the service compares addresses and domains.
        if (-not $sources.Contains($pattern)) { $sources[$pattern] = [Collections.Generic.List[string]]::new() }
        $name = [IO.Path]::GetFileNameWithoutExtension($path)
        if (-not $sources[$pattern].Contains($name)) { $sources[$pattern].Add($name) }
    }
}

$byHand = @(Get-EmailBlockedSender | Where-Object { $_.Comments -notlike 'Source: *' } | Select-Object -ExpandProperty Pattern)
$rows = foreach ($pattern in $sources.Keys | Where-Object { $_ -notin $byHand }) {
    [pscustomobject] @{ pattern = $pattern; pattern_type = Get-PatternType $pattern; is_regex = 'no'; comments = "Source: $($sources[$pattern] -join ', ')" }
}

$rows | Sync-EmailBlockedSender -Key Pattern -Scope { $_.Comments -like 'Source: *' } -RemoveUnlisted -MaxRemove $MaxRemove -JournalPath $JournalPath -Force
