<#
.SYNOPSIS
Shows a real bulk edit: the real module, a CSV, and the sandbox in place of the two services.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [Parameter(Mandatory)]
    [string] $SandboxPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Write-Step {
    param([string] $Text)
    Write-Host ''
    Write-Host "== $Text"
}

Import-Module $ModulePath -Force
Import-Module (Join-Path $PSScriptRoot '../Module/Support/Sandbox.psm1') -Force
$folder = Join-Path ([IO.Path]::GetTempPath()) "acladmin-demo-$PID"
$null = New-Item -ItemType Directory -Path $folder
$sandbox = Start-Sandbox -Path $SandboxPath -Entries 2000 -Rules 500
try {
    Connect-Sandbox $sandbox
    Write-Step 'Connected to the sandbox. Get-AclConnection shows where, never with what:'
    Get-AclConnection | Format-Table Name, Service, Credential, RequestsLeft | Out-Host

    Write-Step 'Some entries: Get-ImpersonationRegistryEntry -First 5'
    Get-ImpersonationRegistryEntry -First 5 | Format-Table Id, Name, Email, IsEmailRegex, Provenance | Out-Host

    # A CSV as a person would keep it: mostly partial rows, and a few that cannot work.
    $entries = @(Get-ImpersonationRegistryEntry -First 1000)
    $csv = Join-Path $folder 'edits.csv'
    $rows = foreach ($index in 0..999) {
        $row = [ordered]@{ id = $entries[$index].Id; name = ''; comments = "Reviewed, batch $($index % 7)"; is_email_regex = '' }
        if ($index % 10 -eq 3) { $row.name = "$($entries[$index].Name) (reviewed)" }
        if ($index -eq 100) { $row.is_email_regex = 'maybe' }
        if ($index -eq 200) { $row.id = '00000000-0000-4000-8000-000000000000' }
        [pscustomobject] $row
    }
    $rows | Export-Csv -LiteralPath $csv -NoTypeInformation
    Write-Step 'The CSV: 1,000 rows; an empty cell says nothing. Its first lines:'
    Get-Content -LiteralPath $csv -TotalCount 5 | Out-Host

    Write-Step 'What would happen to the first rows: -WhatIf sends nothing'
    Import-Csv -LiteralPath $csv | Select-Object -First 5 | Set-ImpersonationRegistryEntry -WhatIf

    Write-Step 'The edit: Import-Csv edits.csv | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 8 -ErrorVariable failed'
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $changed = @(Import-Csv -LiteralPath $csv | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue)
    $failed = @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    Write-Host ("{0:N0} rows: {1:N0} changed, {2:N0} failed, in {3:N1} s." -f $rows.Count, $changed.Count, $failed.Count, $watch.Elapsed.TotalSeconds)
    $changed | Select-Object -First 3 | Format-Table Id, Name, Comments, ModifiedAt | Out-Host

    Write-Step 'The rows that failed, and why:'
    $failed | Group-Object { ($_.FullyQualifiedErrorId -split ',')[0] } -NoElement | Format-Table -AutoSize | Out-Host
    $failed | Select-Object -First 3 | ForEach-Object { Write-Host "  $($_.ErrorDetails.Message)" }

    Write-Step 'They are the retry list: $failed.TargetObject | Export-Csv retry.csv'
    $retry = Join-Path $folder 'retry.csv'
    $failed.TargetObject | Export-Csv -LiteralPath $retry -NoTypeInformation
    Get-Content -LiteralPath $retry -TotalCount 4 | Out-Host
    if ($changed.Count + $failed.Count -ne $rows.Count) {
        throw "A row was lost: $($rows.Count) rows, $($changed.Count) changed, $($failed.Count) failed."
    }

    Write-Step 'One field of one rule (PATCH): Update-AccessControlRule -RuleSid c9109b54-... -Operation exact'
    Update-AccessControlRule -RuleSid c9109b54-13f2-4157-ba23-2984b3a207dc -Operation exact -PassThru | Format-List | Out-Host

    Write-Step 'A whole rule (PUT): Set-AccessControlRule, every field specified'
    Set-AccessControlRule -RuleSid c9109b54-13f2-4157-ba23-2984b3a207dc -Entries 1800, 1888 -Field called -Operation prefix -Quantifier any -Name 'Toll-free' -PassThru |
        Format-List | Out-Host

    Write-Step 'What went over the wire for those two:'
    Get-SandboxRequest $sandbox -Write | Where-Object path -Like '*accesscontrol*' | ForEach-Object { Write-Host "  $($_.method) $($_.path) $($_.body)" }

    Write-Step 'A rule in force: New-AccessControlRule, put into the list of a trunk group, and seen by Get-EffectiveAccessControlList'
    $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
    New-AccessControlList -TrunkGroupSid $group -Direction inbound -VoiceActionTrue reject403 | Out-Host
    $rule = New-AccessControlRule -Name 'Robocalls' -Field calling -Operation prefix -Quantifier any -Entries 1809, 1876
    $rule | Add-AccessControlListRule -TrunkGroupSid $group -Direction inbound
    $inForce = @(Get-EffectiveAccessControlList -TrunkGroupSid $group -Direction inbound -ExpandRules)
    $inForce | Out-Host
    if ($inForce[-1].RuleSids -notcontains $rule.RuleSid) { throw 'The new rule is not in force.' }
}
finally {
    Stop-Sandbox $sandbox
    Get-AclConnection | Disconnect-AclConnection
    Remove-Item -LiteralPath $folder -Recurse -Force
}
