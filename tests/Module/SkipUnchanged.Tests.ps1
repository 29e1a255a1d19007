# -SkipUnchanged: what the service has is read once, and only what differs is sent.

Describe 'Set-ImpersonationRegistryEntry -SkipUnchanged' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $missing = '00000000-0000-4000-8000-000000000000'
        $list = 'page=1&per_page=1000'
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'reads the registry once, and sends only the fields that differ' {
        $rows = $entries[1..3] | ForEach-Object { [pscustomobject] @{ id = $_.id; name = $_.name; email = $_.email; comments = 'new' } }
        $rows[1].name = 'Other'
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -SkipUnchanged -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        $log = @(Get-SandboxRequest $sandbox)
        $log.method | Should -BeExactly @('GET', 'PATCH', 'PATCH', 'PATCH')
        $log[0].query | Should -BeExactly $list
        Get-SentBody | Should -BeExactly @('{"comments":"new"}', '{"name":"Other","comments":"new"}', '{"comments":"new"}')
    }

    It 'sends nothing where nothing differs, and counts the rows as unchanged' {
        $rows = $entries[1..5] | ForEach-Object { [pscustomobject] @{ id = $_.id; name = $_.name; is_email_regex = $_.is_email_regex } }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -SkipUnchanged -PassThru }

        $run.Output | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        $run.Information[0] | Should -BeLike '5 rows: 0 changed, 5 unchanged, 0 failed, 0 skipped in *(1 request, 0 repeated)'
    }

    It 'finds an id whatever its case, and sends the service''s spelling' {
        [pscustomobject] @{ id = $entries[1].id.ToUpperInvariant(); comments = 'new' } | Set-ImpersonationRegistryEntry -SkipUnchanged

        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$($entries[1].id)"
    }

    It 'works without rows' {
        Set-ImpersonationRegistryEntry $entries[1].id -Name $entries[1].name -Comments 'new' -SkipUnchanged

        Get-SentBody | Should -BeExactly '{"comments":"new"}'
    }

    It 'takes a field that the service has as null for one that is cleared' {
        $empty = $entries | Where-Object { $null -eq $_.comments -and $_.provenance -eq 'A1S_INTERNAL' } | Select-Object -First 1
        $full = $entries | Where-Object { $_.comments -and $_.provenance -eq 'A1S_INTERNAL' } | Select-Object -First 1
        Set-ImpersonationRegistryEntry $empty.id, $full.id -Clear Comments -SkipUnchanged

        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$($full.id)"
        Get-SentBody | Should -BeExactly '{"comments":null}'
    }

    It 'fails for an id that is not there without asking for it, and carries out the others' {
        $rows = "id,comments`n$missing,new`n$($entries[1].id),new" | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -SkipUnchanged }

        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        $run.Errors[0].TargetObject | Should -Be $rows[0]
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH')
    }

    It 'fails for a synced entry without sending, and only where something differs' {
        $synced = $entries[49]
        $rows = "id,name`n$($synced.id),$($synced.name)`n$($synced.id),Other" | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -SkipUnchanged }

        $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
        $run.Errors[0].TargetObject | Should -Be $rows[1]
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        $run.Information[0] | Should -BeLike '2 rows: 0 changed, 1 unchanged, 1 failed, 0 skipped in *'
    }

    It 'shows the old and the new value of each field under -WhatIf, and sends nothing but the reading' {
        $id = $entries[0].id
        $printed = Invoke-ChildPowerShell -Connected (
            "[pscustomobject] @{ id = '$id'; name = 'Finance'; email = '$($entries[0].email)'; is_email_regex = 'yes' } | " +
            'Set-ImpersonationRegistryEntry -SkipUnchanged -WhatIf')

        $printed | Should -BeLike ("*What if: Performing the operation `"Update name, is_email_regex`" on target `"impersonation registry entry $id " +
            '(Finance Team)": name "Finance Team" -> "Finance"; is_email_regex false -> true*')
        $printed | Should -Not -BeLike '*email "*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'sends a later row for an entry that an earlier one has changed as it is' {
        $id = $entries[1].id
        $rows = $entries[1].name, 'Other', $entries[1].name | ForEach-Object { [pscustomobject] @{ id = $id; name = $_ } }
        $rows | Set-ImpersonationRegistryEntry -SkipUnchanged

        Get-SentBody | Should -BeExactly @('{"name":"Other"}', "{`"name`":$(ConvertTo-Json $entries[1].name)}")
        (Get-SandboxState $sandbox entries | Where-Object id -EQ $id).name | Should -BeExactly $entries[1].name
    }

    It 'sends nothing for an export that comes back as it was' {
        $file = Join-Path $TestDrive 'entries.csv'
        Get-ImpersonationRegistryEntry | Export-Csv -LiteralPath $file
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry -SkipUnchanged }

        $run.Errors | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        $run.Information[0] | Should -BeLike '100 rows: 0 changed, 100 unchanged, 0 failed, 0 skipped in *(1 request, 0 repeated)'
    }

    It 'fails for every row where the registry cannot be read, and sends nothing' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ method = 'GET' } }
        $run = Invoke-Recorded { "id,comments`n$($entries[1].id),new`n$($entries[2].id),new" | ConvertFrom-Csv | Set-ImpersonationRegistryEntry -SkipUnchanged }

        $run.Errors | Get-ErrorId | Should -BeExactly @('PermissionDenied', 'PermissionDenied')
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'needs 111 requests for 10,000 rows of which 100 change: ten full pages, a look behind the last, and the changes' {
        $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 10000 }
        $rows = foreach ($entry in Get-SandboxState $sandbox entries) { [pscustomobject] @{ id = $entry.id; name = $entry.name; email = $entry.email } }
        $changed = for ($index = 0; $index -lt 10000; $index += 100) { $rows[$index].name += ' (left)'; $rows[$index].id }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -SkipUnchanged -ThrottleLimit 16 }

        $run.Errors | Should -BeNullOrEmpty
        $log = @(Get-SandboxRequest $sandbox)
        $log | Should -HaveCount 111
        $log[0..10].query | Sort-Object | Should -BeExactly (1..11 | ForEach-Object { "page=$_&per_page=1000" } | Sort-Object)
        $log[11..110].path | Sort-Object | Should -BeExactly ($changed | ForEach-Object { "$registryPath/$_" } | Sort-Object)
        $run.Information[0] | Should -BeLike '10,000 rows: 100 changed, 9,900 unchanged, 0 failed, 0 skipped in *(111 requests, 0 repeated)'
    }
}

Describe 'Update- and Set-AccessControlRule -SkipUnchanged' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'reads the rules once, and sends only the fields that differ with a PATCH' {
        $rule = $rules[1]
        Update-AccessControlRule $rule.rule_sid -Field $rule.field -Operation $rule.operation -Name 'Other' -Entries $rule.entries -SkipUnchanged

        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH')
        Get-SentBody | Should -BeExactly '{"name":"Other"}'
    }

    It 'compares entries as a set: their order and repeated ones have no meaning' {
        Update-AccessControlRule $rules[0].rule_sid -Entries 1615, 1800, 1615 -SkipUnchanged

        Get-SentBody | Should -BeNullOrEmpty
    }

    It 'sends a whole rule with a PUT where anything differs' {
        $whole = $rules[1], $rules[2] | Select-Object rule_sid, name, field, operation, quantifier, entries
        $whole[0].name = 'Other'
        $whole | Set-AccessControlRule -SkipUnchanged

        $write = Get-SandboxRequest $sandbox -Write
        $write.method | Should -BeExactly 'PUT'
        $write.path | Should -BeExactly "$rulesPath/$($rules[1].rule_sid)"
        $sent = $write.body | ConvertFrom-Json
        $sent.PSObject.Properties.Name | Sort-Object | Should -BeExactly @('entries', 'field', 'name', 'operation', 'quantifier')
        $sent.entries | Should -BeExactly $rules[1].entries
    }

    It 'fails for a read-only rule without sending, and only where something differs' {
        $fixed = $rules[39]
        $rows = "rule_sid,quantifier`n$($fixed.rule_sid),$($fixed.quantifier)`n$($fixed.rule_sid),none`n$($fixed.rule_sid),all" | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Update-AccessControlRule -SkipUnchanged }

        $run.Errors | Get-ErrorId | Sort-Object -Unique | Should -BeExactly 'ReadOnlyRule'
        $run.Errors.TargetObject | Should -Not -Contain $rows[0]
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'sends nothing for an export that comes back as it was: <Command>' -ForEach @(
        @{ Command = 'Update-AccessControlRule' }, @{ Command = 'Set-AccessControlRule' }
    ) {
        $file = Join-Path $TestDrive 'rules.csv'
        Get-AccessControlRule | Export-Csv -LiteralPath $file
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | & $Command -SkipUnchanged }

        $run.Errors | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        $run.Information[0] | Should -BeLike '50 rows: 0 changed, 50 unchanged, 0 failed, 0 skipped in *(1 request, 0 repeated)'
    }
}
