#Requires -Modules AclAdmin

<#
.SYNOPSIS
Makes the impersonation registry's entries for staff those of a file that the HR system exports.
.DESCRIPTION
Entries of this script begin their comments with "HR:". Only these are changed and removed: what a directory owns, or what somebody has added by hand,
stays as it is. People who are in the registry already, added by hand, are left out of the run. Nothing is removed where a row of the file is bad, or
where more would go than -MaxRemove allows.
.EXAMPLE
./Update-RegistryFromHr.ps1 -Path ./hr-export.csv -WhatIf
.EXAMPLE
./Update-RegistryFromHr.ps1 -Path ./hr-export.csv -JournalPath ./registry.jsonl
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The export: UTF-8, with the columns FirstName, LastName, Mail, Title and Status.
    [Parameter(Mandatory)]
    [string] $Path,

    # Only people whose title matches are protected; impostors pretend to be those who can order a payment.
    [string] $Title = 'Chief|Director|Finance|Payroll|Head of',

    # As a number, or as a share of the entries that belong to this script.
    [string] $MaxRemove = '10%',

    # Where each change is recorded; Undo-AclChange reads it.
    [string] $JournalPath = './registry.jsonl'
)

$ErrorActionPreference = 'Stop'

$people = @(Import-Csv -LiteralPath $Path -Encoding utf8)
if (-not $people) {
    throw "$Path has no rows. An export that failed must not empty the registry."
}
$missing = 'FirstName', 'LastName', 'Mail', 'Title', 'Status' | Where-Object { $_ -notin $people[0].PSObject.Properties.Name }
if ($missing) {
    throw "$Path has no column $($missing -join ', ')."
}

$byHand = @(Get-ImpersonationRegistryEntry | Where-Object { $_.Comments -notlike 'HR:*' } | Select-Object -ExpandProperty Email)
$rows = $people |
    Where-Object { $_.Status -eq 'Active' -and $_.Title -match $Title -and $_.Mail -notin $byHand } |
    ForEach-Object { [pscustomobject] @{ name = "$($_.FirstName) $($_.LastName)"; email = $_.Mail; comments = "HR: $($_.Title)" } }

$rows | Sync-ImpersonationRegistryEntry -Key Email -Scope { $_.Comments -like 'HR:*' } -RemoveUnlisted -MaxRemove $MaxRemove -JournalPath $JournalPath -Force
