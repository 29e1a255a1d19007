# Undo-AclChange: what a journal records can be taken back.

Describe 'Undo-AclChange' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $journal = Join-Path $TestDrive 'changes.jsonl'

        # Everything that is stored, without times and, where items are new, without ids.
        function Get-Stored {
            @(
                Get-SandboxState $sandbox entries | Select-Object * -ExcludeProperty id, created_at, modified_at, last_modified
                Get-SandboxState $sandbox rules | Select-Object * -ExcludeProperty rule_sid
            ) | ForEach-Object { ConvertTo-Json -InputObject $_ -Compress } | Sort-Object
        }
    }
    BeforeEach {
        Reset-Test
        Remove-Item -LiteralPath $journal -ErrorAction Ignore
        $before = Get-Stored
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'brings back what <Name> changed, and can itself be undone' -ForEach @(
        @{ Name = 'Set-ImpersonationRegistryEntry'; Sent = '{"comments":"Reviewed in Q1, next review in Q3"}'
            Call = { Set-ImpersonationRegistryEntry $entries[1].id -Comments new -JournalPath $journal } }
        @{ Name = 'Set-ImpersonationRegistryEntry -Provenance, of an entry without one'; Sent = '{"provenance":null}'
            Call = { Set-ImpersonationRegistryEntry @($entries | Where-Object { $null -eq $_.provenance })[0].id -Provenance A1S_INTERNAL -JournalPath $journal } }
        @{ Name = 'New-ImpersonationRegistryEntry'; Sent = ''
            Call = { New-ImpersonationRegistryEntry -Name N -Email n@example.com -JournalPath $journal } }
        @{ Name = 'Remove-ImpersonationRegistryEntry'; Sent = $null
            Call = { Remove-ImpersonationRegistryEntry $entries[2].id -Force -JournalPath $journal } }
        @{ Name = 'Update-AccessControlRule'; Sent = '{"name":"N/A"}'
            Call = { Update-AccessControlRule $rules[0].rule_sid -Name R -JournalPath $journal } }
        @{ Name = 'Update-AccessControlRule -AddEntry'; Sent = '{"entries":["1800","1615"]}'
            Call = { Update-AccessControlRule $rules[0].rule_sid -AddEntry 777 -JournalPath $journal } }
        @{ Name = 'Set-AccessControlRule'; Sent = $null
            Call = { Set-AccessControlRule $rules[1].rule_sid -Name n -Field called -Operation prefix -Quantifier none -Entries 1 -JournalPath $journal } }
        @{ Name = 'New-AccessControlRule'; Sent = ''
            Call = { New-AccessControlRule -Name n -Field called -Operation prefix -Quantifier none -Entries 1 -JournalPath $journal } }
        @{ Name = 'Remove-AccessControlRule'; Sent = $null
            Call = { Remove-AccessControlRule $rules[2].rule_sid -Force -JournalPath $journal } }
    ) {
        & $Call | Out-Null
        $changed = Get-Stored
        $changed | Should -Not -BeExactly $before

        $run = Invoke-Recorded { Undo-AclChange -JournalPath $journal -Last -Confirm:$false }
        $run.Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
        if ($null -ne $Sent) { @(Get-SentBody)[-1] | Should -BeExactly $Sent }
        (Get-AclChange $journal)[0].UndoneBy | Should -Not -BeNullOrEmpty

        # Again: nothing is done twice.
        $count = @(Get-SandboxRequest $sandbox -Write).Count
        Undo-AclChange -JournalPath $journal -Last -Confirm:$false
        @(Get-SandboxRequest $sandbox -Write).Count | Should -Be $count

        # And back.
        $undo = (Get-AclChange $journal)[-1].RunId
        Undo-AclChange -JournalPath $journal -RunId $undo -Confirm:$false | Out-Null
        Get-Stored | Should -BeExactly $changed
        Undo-AclChange -JournalPath $journal -All -Confirm:$false | Out-Null
        Get-Stored | Should -BeExactly $before
    }

    It 'undoes several changes of an item in one write, its removal included' {
        $id = $entries[1].id
        Set-ImpersonationRegistryEntry $id -Comments one -JournalPath $journal
        Set-ImpersonationRegistryEntry $id -Name Two -Comments two -JournalPath $journal
        Remove-ImpersonationRegistryEntry $id -Force -JournalPath $journal
        $writes = @(Get-SandboxRequest $sandbox -Write).Count

        $created = Undo-AclChange -JournalPath $journal -All -Confirm:$false

        @(Get-SandboxRequest $sandbox -Write).Count | Should -Be ($writes + 1)
        $created.Id | Should -Not -Be $id
        Get-Stored | Should -BeExactly $before
    }

    It 'leaves the fields alone that its changes did not touch' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath $journal
        Set-ImpersonationRegistryEntry $entries[1].id -Name Other
        Undo-AclChange -JournalPath $journal -Last -Confirm:$false
        @(Get-SentBody)[-1] | Should -BeExactly '{"comments":"Reviewed in Q1, next review in Q3"}'
        (Get-ImpersonationRegistryEntry $entries[1].id).Name | Should -BeExactly 'Other'
    }

    It 'refuses what has changed since, and shows the present value, unless -Force is specified' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath $journal
        Set-ImpersonationRegistryEntry $entries[1].id -Comments theirs
        $run = Invoke-Recorded { Undo-AclChange -JournalPath $journal -Last -Confirm:$false }
        $run.Errors | Get-ErrorId | Should -BeExactly 'Drifted'
        "$($run.Errors[0])" | Should -Match 'comments is "theirs" now, and not "one"'
        $run.Errors[0].TargetObject.Id | Should -BeExactly $entries[1].id
        @(Get-SentBody) | Should -HaveCount 2

        Undo-AclChange -JournalPath $journal -Last -Force
        Get-Stored | Should -BeExactly $before
    }

    It 'shows under -WhatIf what it would do, and sends nothing' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath $journal
        $lines = @(Get-Content -LiteralPath $journal).Count
        $text = Invoke-ChildPowerShell -Connected "Undo-AclChange -JournalPath '$journal' -Last -WhatIf"
        $text | Should -Match 'comments "one" -> "Reviewed in Q1, next review in Q3"'
        @(Get-SentBody) | Should -HaveCount 1
        @(Get-Content -LiteralPath $journal).Count | Should -Be $lines
    }

    It 'has limits for one call' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments new -JournalPath $journal
        Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 60; times = 1; match = @{ method = 'PATCH' } }

        $undo = Invoke-Recorded { Undo-AclChange -JournalPath $journal -All -Confirm:$false -TimeoutSec 1 -MaxRetryCount 0 }

        "$($undo.Errors)" | Should -BeLike '*no answer in 1 s*'
    }

    It 'undoes the changes that are piped to it' {
        1..3 | ForEach-Object { Set-ImpersonationRegistryEntry $entries[$_].id -Comments one -JournalPath $journal }
        Get-AclChange $journal -Id $entries[2].id | Undo-AclChange -Confirm:$false
        (Get-SandboxState $sandbox entries | Where-Object comments -EQ one).id | Should -Be $entries[1].id, $entries[3].id
    }
}
