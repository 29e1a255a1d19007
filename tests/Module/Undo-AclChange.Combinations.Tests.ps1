# Undo-AclChange where it meets other people's edits, other lists, interrupted runs and itself.

Describe 'Undo-AclChange in combination' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $journal = Join-Path $TestDrive 'changes.jsonl'
        $partner = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714'
        $common = @{ JournalPath = $journal }

        # Everything that is stored, without times and, where items are new, without ids.
        function Get-Stored {
            @(
                Get-SandboxState $sandbox entries | Select-Object * -ExcludeProperty id, created_at, modified_at, last_modified
                Get-SandboxState $sandbox rules | Select-Object * -ExcludeProperty rule_sid
            ) | ForEach-Object { ConvertTo-Json -InputObject $_ -Compress } | Sort-Object
        }

        function Get-ListRule { (@(Get-SandboxState $sandbox owners | Where-Object { $_.partner_sid -eq $partner -and -not $_.trunk_group_sid })[0].acls[0].access_control_rules) }
        function Get-Write { @(Get-SandboxRequest $sandbox -Write) }
        function New-Rule { (New-AccessControlRule -Name made -Field called -Operation prefix -Quantifier none -Entries 1 @common).RuleSid }

        # As after kill -9: the intents of the last run stand there, and nothing of how they ended.
        function Clear-LastOutcome {
            $run = (Get-AclChange $journal)[-1].RunId
            $lines = @(Get-Content -LiteralPath $journal | Where-Object { $line = $_ | ConvertFrom-Json; $line.run -ne $run -or $line.type -in 'run', 'intent' })
            Set-Content -LiteralPath $journal -Value $lines
        }
    }
    BeforeEach {
        Reset-Test
        Remove-Item -LiteralPath $journal -ErrorAction Ignore
        $before = Get-Stored
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'restores no field of a change that it reports as drifted, and none of the older changes' {
        $id = $entries[1].id
        Set-ImpersonationRegistryEntry $id -Comments first @common
        Set-ImpersonationRegistryEntry $id -Name Second -Comments second @common
        Set-ImpersonationRegistryEntry $id -Comments theirs
        $writes = (Get-Write).Count

        $run = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }

        $run.Errors | Get-ErrorId | Should -BeExactly 'Drifted', 'Drifted'
        "$($run.Errors[1])" | Should -BeLike '*depends on the newer change 1 of the run*'
        (Get-Write).Count | Should -Be $writes
        (Get-ImpersonationRegistryEntry $id).Name | Should -BeExactly 'Second'
    }

    It 'takes a rule out of a list before it removes it' {
        $rule = New-Rule
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule @common
        $count = (Get-Write).Count

        $run = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Write)[$count..99] | ForEach-Object { "$($_.method) $($_.path)" } | Should -BeExactly "PATCH /core/v2/partners/$partner", "DELETE /core/v2/accesscontrol/rules/$rule"
        Get-Stored | Should -BeExactly $before
    }

    It 'leaves a rule that is in a list which could not be restored' {
        $rule = New-Rule
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule @common
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ method = 'PATCH' } }

        $run = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false -MaxRetryCount 0 }

        $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied', 'Drifted'
        "$($run.Errors[1])" | Should -BeLike '*depends on the newer change*access_control_lists*'
        Get-Write | Where-Object method -EQ DELETE | Should -BeNullOrEmpty
    }

    It 'removes an unrelated rule although a list could not be restored' {
        $null = New-Rule
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rules[9].rule_sid @common
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ method = 'PATCH' } }

        $run = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false -MaxRetryCount 0 }

        $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
        Get-Stored | Should -BeExactly $before
    }

    It 'puts a rule that it creates again into its list under the new id, back and forth' {
        $rule = New-AccessControlRule -Name made -Field called -Operation prefix -Quantifier none -Entries 1
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule.RuleSid
        $with = Get-Stored
        Remove-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule.RuleSid -Force @common
        Remove-AccessControlRule $rule.RuleSid -Force @common

        foreach ($round in 1..2) {
            $run = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }
            $run.Errors | Should -BeNullOrEmpty
            Get-Stored | Should -BeExactly $with
            (Get-ListRule)[-1] | Should -BeExactly (Get-AccessControlRule -Name made).RuleSid

            # The undo is one run, although it has changed two lists.
            $run = Invoke-Recorded { Undo-AclChange $journal -RunId (Get-AclChange $journal)[-1].RunId -Confirm:$false }
            $run.Errors | Should -BeNullOrEmpty
            Get-Stored | Should -BeExactly $before
        }
    }

    It 'follows an item through several removals to its present id' {
        $id = $entries[1].id
        Set-ImpersonationRegistryEntry $id -Comments one @common
        Remove-ImpersonationRegistryEntry $id -Force @common
        foreach ($round in 1..2) {
            $null = Undo-AclChange $journal -RunId (Get-AclChange $journal)[-1].RunId -Confirm:$false
            $null = Undo-AclChange $journal -RunId (Get-AclChange $journal)[-1].RunId -Confirm:$false
        }
        $created = Undo-AclChange $journal -RunId (Get-AclChange $journal)[1].RunId -Confirm:$false
        (Get-AclChange $journal)[-1].Action | Should -Be 'Create'

        $run = Invoke-Recorded { Undo-AclChange $journal -RunId (Get-AclChange $journal)[0].RunId -Confirm:$false }

        $run.Errors | Should -BeNullOrEmpty
        (Get-AclChange $journal)[-1].Id | Should -BeExactly $created.Id
        Get-Stored | Should -BeExactly $before
    }

    It 'keeps an item that somebody has added comments to since it was created, unless -Force is specified' {
        $created = New-ImpersonationRegistryEntry -Name N -Email n@example.com @common
        Set-ImpersonationRegistryEntry $created.Id -Comments theirs

        $run = Invoke-Recorded { Undo-AclChange $journal -Last -Confirm:$false }
        $run.Errors | Get-ErrorId | Should -BeExactly 'Drifted'
        "$($run.Errors[0])" | Should -Match 'comments is "theirs" now, and not null'
        (Get-ImpersonationRegistryEntry $created.Id).Comments | Should -BeExactly 'theirs'

        Undo-AclChange $journal -Last -Force
        Get-Stored | Should -BeExactly $before
    }

    It 'removes an item that was created and edited with the journal' {
        $created = New-ImpersonationRegistryEntry -Name N -Email n@example.com @common
        Set-ImpersonationRegistryEntry $created.Id -Comments ours @common
        (Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
    }

    It 'never removes what a person made where the outcome of a create is not known: <Name>' -ForEach @(
        @{ Name = 'other comments'; Comments = 'theirs'; Forced = $false; State = 'Unknown' }
        @{ Name = 'the same'; Comments = $null; Forced = $true; State = 'Applied' }
    ) {
        $ours = New-ImpersonationRegistryEntry -Name N -Email n@example.com @common
        Clear-LastOutcome
        Remove-ImpersonationRegistryEntry $ours.Id -Force
        $theirs = New-ImpersonationRegistryEntry -Name N -Email n@example.com -Comments $Comments
        $lines = @(Get-Content -LiteralPath $journal)

        $run = Invoke-Recorded { Undo-AclChange $journal -Last -Confirm:$false }
        $run.Errors | Get-ErrorId | Should -BeExactly 'Drifted'
        "$($run.Errors[0])" | Should -BeLike '*may be somebody else''s. Nothing was sent.*'
        "$($run.Errors[0].ErrorDetails.RecommendedAction)" | Should -BeLike 'Get-AclChange -ResolveUnknown*'
        Get-ImpersonationRegistryEntry $theirs.Id | Should -Not -BeNullOrEmpty
        @(Get-Content -LiteralPath $journal) | Should -BeExactly $lines -Because 'an undo records no claim'

        $null = Invoke-Recorded { Undo-AclChange $journal -Last -Force }
        $null -eq (Get-SandboxState $sandbox entries | Where-Object id -EQ $theirs.Id) | Should -Be $Forced
        (Get-AclChange $journal)[0].State | Should -Be $State
    }

    It 'undoes a create whose outcome is not known after it was identified by everything that was sent' {
        $null = New-ImpersonationRegistryEntry -Name N -Email n@example.com -Comments ours @common
        Clear-LastOutcome
        (Get-AclChange $journal -ResolveUnknown).State | Should -Be 'Applied'
        (Invoke-Recorded { Undo-AclChange $journal -Last -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
    }

    It 'creates nothing twice after an undo of a removal was killed <Name>' -ForEach @(
        @{ Name = 'behind the create, with -Force'; Arrived = $true; More = @{ Force = $true } }
        @{ Name = 'behind the create'; Arrived = $true; More = @{ Confirm = $false } }
        @{ Name = 'in front of the create, with -Force'; Arrived = $false; More = @{ Force = $true } }
        @{ Name = 'in front of the create'; Arrived = $false; More = @{ Confirm = $false } }
    ) {
        Remove-ImpersonationRegistryEntry $entries[1].id -Force @common
        $again = Undo-AclChange $journal -Last -Force
        Clear-LastOutcome
        if (-not $Arrived) { Remove-ImpersonationRegistryEntry $again.Id -Force }
        $posts = @(Get-Write | Where-Object method -EQ POST).Count

        $preview = Invoke-Recorded { Undo-AclChange $journal -Last -WhatIf }
        $run = Invoke-Recorded { Undo-AclChange $journal -Last @More }

        $preview.Errors | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
        @(Get-Write | Where-Object method -EQ POST).Count - $posts | Should -Be ([int] (-not $Arrived))
        Get-Stored | Should -BeExactly $before
        (Get-AclChange $journal)[0].UndoneBy | Should -Not -BeNullOrEmpty
    }

    It 'creates nothing where the item of a killed undo may be there with edits of somebody' {
        Remove-ImpersonationRegistryEntry $entries[1].id -Force @common
        $again = Undo-AclChange $journal -Last -Force
        Clear-LastOutcome
        Set-ImpersonationRegistryEntry $again.Id -Comments theirs
        $posts = @(Get-Write | Where-Object method -EQ POST).Count

        $run = Invoke-Recorded { Undo-AclChange $journal -Last -Force }

        $run.Errors | Get-ErrorId | Should -BeExactly 'Drifted'
        @(Get-Write | Where-Object method -EQ POST).Count | Should -Be $posts
    }

    It 'finishes an undo that was killed between two lists' {
        $rule = New-Rule
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule @common
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ method = 'DELETE' } }
        $null = Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false -MaxRetryCount 0 }
        Clear-LastOutcome

        (Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
        Get-ListRule | Should -Not -Contain $rule
    }

    It 'previews changes of several lists, of items that are gone included, and sends and records nothing' {
        $rule = New-Rule
        Add-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule @common
        Remove-AccessControlListRule -PartnerSid $partner -Index 1 -Rule $rule -Force @common
        Update-AccessControlRule $rule -Name other @common
        Remove-AccessControlRule $rule -Force @common
        $lines = @(Get-Content -LiteralPath $journal)
        $writes = (Get-Write).Count

        $run = Invoke-Recorded { Undo-AclChange $journal -All -WhatIf }

        $run.Errors | Should -BeNullOrEmpty
        (Get-Write).Count | Should -Be $writes
        @(Get-Content -LiteralPath $journal) | Should -BeExactly $lines
        (Invoke-Recorded { Undo-AclChange $journal -All -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
    }

    It 'undoes a part of an item''s changes, and then the rest' {
        $id = $entries[1].id
        'one', 'two', 'three' | ForEach-Object { Set-ImpersonationRegistryEntry $id -Comments $_ @common }
        $changes = @(Get-AclChange $journal)
        (Invoke-Recorded { $changes[1] | Undo-AclChange -Confirm:$false }).Errors | Get-ErrorId | Should -BeExactly 'Drifted' -Because 'the third one stands on it'
        $changes[2] | Undo-AclChange -Confirm:$false
        (Get-ImpersonationRegistryEntry $id).Comments | Should -BeExactly 'two'
        $changes | Undo-AclChange -Confirm:$false
        Get-Stored | Should -BeExactly $before
    }

    It 'undoes items that are equal, each for itself' {
        1..2 | ForEach-Object { $null = New-ImpersonationRegistryEntry -Name N -Email n@example.com -IfExists Create -JournalPath "$TestDrive/other$_.jsonl" }
        $twins = @(Get-ImpersonationRegistryEntry | Where-Object Name -EQ N)
        $with = Get-Stored
        $twins | Remove-ImpersonationRegistryEntry -Force @common

        $run = Invoke-Recorded { Undo-AclChange $journal -Last -Confirm:$false }

        $run.Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $with
    }

    It 'resolves no removal by an answer that is about the address' {
        Remove-ImpersonationRegistryEntry $entries[1].id -Force @common
        Clear-LastOutcome
        Set-Content -LiteralPath $journal -Value ((Get-Content -LiteralPath $journal) -replace $entries[1].id, 'finance')

        $run = Invoke-Recorded { Get-AclChange $journal -ResolveUnknown -Verbose }

        $run.Output.State | Should -Be 'Unknown'
        $run.Errors | Should -BeNullOrEmpty
        "$($run.Verbose)" | Should -Match 'stays unknown: .*7003'
        Get-Content -LiteralPath $journal | Should -Not -Match '"finding"'
    }

    It 'reports in one error that a file is no journal: <Call>' -ForEach @(
        @{ Call = 'Get-AclChange $file' }, @{ Call = 'Undo-AclChange $file -Last' }
    ) {
        $file = Join-Path $TestDrive 'notes.txt'
        Set-Content -LiteralPath $file -Value (1..30 | ForEach-Object { "note $_" })

        $run = Invoke-Recorded ([scriptblock]::Create($Call))

        $run.Terminating | Get-ErrorId | Should -BeExactly 'JournalFailed'
        "$($run.Terminating)" | Should -BeLike "*notes.txt could not be read: it is not a journal, and was left as it is."
        $run.Warnings | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
    }

    It 'asks for the run where nothing is specified' {
        Invoke-ChildPowerShell -Connected 'Undo-AclChange' | Should -Match 'mandatory\W+parameters: RunId'
    }
}
