# Many rows in one request: the same outcomes, errors and order as row by row. BatchTests and LostBatchTests of the library go further.

Describe 'Batches' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        function Get-Stored { param([string] $Segment = 'allow_policies') Invoke-SandboxControl $sandbox "state/$Segment" | ForEach-Object { $_ } }
        function Get-Sent { @(Get-SandboxRequest $sandbox -Write | ForEach-Object { "$($_.method) $($_.path -replace '^.*/settings/')" }) }
    }
    BeforeEach {
        Reset-Test
        $ids = @((Get-Stored).id)
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'send the rows of a file in one request, and write the results in the order of the rows' {
        $run = Invoke-Recorded { 5, 3, 4 | ForEach-Object { [pscustomobject] @{ id = $ids[$_]; comments = "edit $_" } } | Set-EmailAllowPolicy -PassThru }

        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Comments | Should -BeExactly 'edit 5', 'edit 3', 'edit 4'
        Get-Sent | Should -BeExactly 'POST allow_policies/batch'
        $run.Information[-1] | Should -Match '^3 rows: 3 changed, 0 unchanged, 0 failed, 0 skipped in '
    }

    It 'send each row alone with -BatchSize 1, a call without rows, and the rows of a list whose batch promises nothing' {
        $rows = $ids[1, 2] | ForEach-Object { [pscustomobject] @{ id = $_; comments = 'x' } }
        $rows | Set-EmailAllowPolicy -BatchSize 1
        Set-EmailAllowPolicy $ids[3] -Comments x
        Get-Sent | Should -Not -Contain 'POST allow_policies/batch'
        Get-Sent | Should -HaveCount 3

        (Get-Command Set-EmailUrlIgnorePattern).Parameters.Keys | Should -Not -Contain BatchSize
        (Get-Command New-EmailSendingDomainRestriction).Parameters.Keys | Should -Not -Contain BatchSize
        (Get-Command Remove-EmailSendingDomainRestriction).Parameters.Keys | Should -Contain BatchSize
        { $rows | Set-EmailAllowPolicy -BatchSize 1001 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'give a refused row an error of its own, with the row as its target, and carry out the others' {
        $rows = 0..9 | ForEach-Object { [pscustomobject] @{ id = if ($_ -eq 6) { [guid]::Empty.ToString() } else { $ids[$_] }; comments = "edit $_" } }

        $run = Invoke-Recorded { $rows | Set-EmailAllowPolicy }

        $run.Errors | Should -HaveCount 1
        $run.Errors[0].TargetObject | Should -Be $rows[6]
        $run.Errors[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        @(Get-Stored | Where-Object comments -Like 'edit *') | Should -HaveCount 9
        $run.Information[-1] | Should -Match '^10 rows: 9 changed, 0 unchanged, 1 failed, 0 skipped in '
    }

    It 'send nothing under -WhatIf, and only what differs with -SkipUnchanged' {
        $rows = $ids[1..4] | ForEach-Object { [pscustomobject] @{ id = $_; comments = 'same' } }
        $rows | Set-EmailAllowPolicy -WhatIf
        Get-Sent | Should -BeNullOrEmpty

        $rows[0..1] | Set-EmailAllowPolicy
        $run = Invoke-Recorded { $rows | Set-EmailAllowPolicy -SkipUnchanged }
        $run.Information[-1] | Should -Match '^4 rows: 2 changed, 2 unchanged, '
        @(Get-SandboxRequest $sandbox -Write)[-1].body | Should -Match '"patches":\[\{"id":"[^"]+","comments":"same"\},\{"id":"[^"]+","comments":"same"\}\]'
    }

    It 'create, leave what is there alone, and remove again' {
        $rows = 'a@example.org', 'b@example.org', (Get-Stored)[0].pattern | ForEach-Object { [pscustomobject] @{ pattern = $_; pattern_type = 'EMAIL' } }
        $run = Invoke-Recorded { $rows | New-EmailAllowPolicy -IfExists Update }
        $run.Errors | Should -BeNullOrEmpty
        $made = @($run.Output | Where-Object Pattern -Like '*.org')
        $made.Pattern | Should -BeExactly 'a@example.org', 'b@example.org'
        Get-Sent | Should -Contain 'POST allow_policies/batch'

        $made | Remove-EmailAllowPolicy -Force
        (Get-Stored).id | Should -BeExactly $ids
        (Get-Sent)[-1] | Should -BeExactly 'POST allow_policies/batch'
        @(Get-SandboxRequest $sandbox -Write)[-1].body | Should -BeExactly "{`"deletes`":[{`"id`":`"$($made[0].Id)`"},{`"id`":`"$($made[1].Id)`"}],`"patches`":[],`"puts`":[],`"posts`":[]}"
    }

    It 'remove sending domain restrictions with the one array that their batch has' {
        $gone = @(Get-EmailSendingDomainRestriction -First 2)
        $gone | Remove-EmailSendingDomainRestriction -Force
        @(Get-SandboxRequest $sandbox -Write)[-1].body | Should -BeExactly "{`"deletes`":[{`"id`":`"$($gone[0].Id)`"},{`"id`":`"$($gone[1].Id)`"}]}"
        (Get-Stored sending_domain_restrictions).id | Should -Not -Contain $gone[0].Id
    }

    It 'are journalled change by change, and undone' {
        $journal = Join-Path $TestDrive 'batch.jsonl'
        $before = @((Get-Stored)[1..3].comments)
        $ids[1..3] | ForEach-Object { [pscustomobject] @{ id = $_; comments = 'journalled' } } | Set-EmailAllowPolicy -JournalPath $journal

        $changes = @(Get-AclChange -JournalPath $journal)
        $changes | Should -HaveCount 3
        @($changes.State | Sort-Object -Unique) | Should -Be 'Applied'
        ($changes.RequestId | Sort-Object -Unique) | Should -HaveCount 1
        Undo-AclChange -JournalPath $journal -Last -Confirm:$false
        @((Get-Stored)[1..3].comments) | Should -Be $before
    }
}
