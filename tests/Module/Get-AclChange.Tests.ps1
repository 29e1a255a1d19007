# The journal of the writing cmdlets, and Get-AclChange, which reads it.

Describe 'Get-AclChange' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $journal = Join-Path $TestDrive 'changes.jsonl'
    }
    BeforeEach {
        Reset-Test
        Remove-Item -LiteralPath $journal -ErrorAction Ignore
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'shows what <Name> did, before and after' -ForEach @(
        @{ Name = 'Set-ImpersonationRegistryEntry'; Verb = 'Update'; Field = 'comments'; Sent = '{"comments":"new"}'
            Call = { Set-ImpersonationRegistryEntry $entries[1].id -Comments new -JournalPath $journal } }
        @{ Name = 'New-ImpersonationRegistryEntry'; Verb = 'Create'; Field = 'email'; Sent = '{"email":"n@example.com","name":"N","is_email_regex":false}'
            Call = { New-ImpersonationRegistryEntry -Name N -Email n@example.com -JournalPath $journal } }
        @{ Name = 'Remove-ImpersonationRegistryEntry'; Verb = 'Delete'; Field = 'id'; Sent = ''
            Call = { Remove-ImpersonationRegistryEntry $entries[2].id -Force -JournalPath $journal } }
        @{ Name = 'Update-AccessControlRule'; Verb = 'Update'; Field = 'name'; Sent = '{"name":"R"}'
            Call = { Update-AccessControlRule $rules[1].rule_sid -Name R -JournalPath $journal } }
        @{ Name = 'Update-AccessControlRule -AddEntry'; Verb = 'Update'; Field = 'entries'; Sent = $null
            Call = { Update-AccessControlRule $rules[1].rule_sid -AddEntry 777 -JournalPath $journal } }
        @{ Name = 'Set-AccessControlRule'; Verb = 'Replace'; Field = 'entries'; Sent = '{"entries":["1"],"field":"called","name":"n","operation":"prefix","quantifier":"none"}'
            Call = { Set-AccessControlRule $rules[1].rule_sid -Name n -Field called -Operation prefix -Quantifier none -Entries 1 -JournalPath $journal } }
        @{ Name = 'Remove-AccessControlRule'; Verb = 'Delete'; Field = 'rule_sid'; Sent = ''
            Call = { Remove-AccessControlRule $rules[2].rule_sid -Force -JournalPath $journal } }
    ) {
        & $Call | Out-Null

        $change = @(Get-AclChange $journal)
        $change | Should -HaveCount 1
        $change[0].Action | Should -Be $Verb
        $change[0].State | Should -Be 'Applied'
        $change[0].Differences.Name | Should -Contain $Field
        if ($null -ne $Sent) { Get-SentBody | Should -BeExactly $Sent }
        $change[0].Run.CommandLine | Should -Match ([regex]::Escape(($Name -split ' ')[0]))
    }

    It 'takes the journal of the connection, and of the environment where there is none' {
        Connect-Sandbox $sandbox -Option @{ JournalPath = $journal }
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one
        Set-ImpersonationRegistryEntry $entries[1].id -Comments two -JournalPath ''
        Set-ImpersonationRegistryEntry $entries[1].id -Comments three -JournalPath $null
        (Get-AclChange).Body | Should -BeExactly '{"comments":"one"}'

        Connect-Sandbox $sandbox
        $env:ACLADMIN_JOURNAL_PATH = $journal
        try { Set-ImpersonationRegistryEntry $entries[1].id -Comments four }
        finally { $env:ACLADMIN_JOURNAL_PATH = $null }
        (Get-AclChange $journal)[-1].Body | Should -BeExactly '{"comments":"four"}'
    }

    It 'resolves a relative path against the location' {
        Push-Location $TestDrive
        try { Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath ./changes.jsonl }
        finally { Pop-Location }
        $journal | Should -Exist
    }

    It 'has nothing of a run under -WhatIf' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath $journal -WhatIf
        $journal | Should -Not -Exist
    }

    It 'filters by run, id, time and state' {
        $begin = [datetime]::UtcNow
        1..3 | ForEach-Object { Set-ImpersonationRegistryEntry $entries[$_].id -Comments one -JournalPath $journal }
        $all = @(Get-AclChange $journal)

        (Get-AclChange $journal -RunId $all[1].RunId).Id | Should -BeExactly $entries[2].id
        (Get-AclChange $journal -Id "$($entries[3].id.Substring(0, 8))*").Number | Should -Be 1
        @(Get-AclChange $journal -After $begin).Count | Should -Be 3
        Get-AclChange $journal -Before $begin | Should -BeNullOrEmpty
        Get-AclChange $journal -State Failed, Unknown | Should -BeNullOrEmpty
        @(Get-AclChange $journal -State Applied).Count | Should -Be 3
    }

    It 'warns of torn and foreign lines' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments one -JournalPath $journal
        Add-Content -LiteralPath $journal -Value 'hello', '{"v":1,"ty'

        $run = Invoke-Recorded { Get-AclChange $journal }
        $run.Output | Should -HaveCount 1
        $run.Warnings | Should -HaveCount 2
    }

    It 'fits 80 columns and reads like a diff' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments ('long ' * 40) -JournalPath $journal
        $text = Get-AclChange $journal | Out-String -Width 80
        $lines = $text -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines | Should -Contain '-  comments: "Reviewed in Q1, next review in Q3"'
        @($lines -match '^\+  comments: "long long').Count | Should -Be 1
    }

    It 'ends a run whose journal cannot be written before anything is sent' {
        $rows = 1..40 | ForEach-Object { [pscustomobject] @{ id = $entries[$_].id; comments = 'x' } }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -JournalPath (Join-Path $TestDrive 'none/changes.jsonl') }

        $run.Errors | Get-ErrorId | Sort-Object -Unique | Should -Be 'JournalFailed', 'NotSent'
        $run.Errors.TargetObject | Should -HaveCount 40
        $run.Terminating | Get-ErrorId | Should -Be 'JournalFailed'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is not repeated by a rerun with the same journal: <Name>' -ForEach @(
        @{ Name = 'updates'; Call = { $rows | Set-ImpersonationRegistryEntry -JournalPath $journal } }
        @{ Name = 'creates without looking'; Call = { $new | New-ImpersonationRegistryEntry -IfExists Create -JournalPath $journal } }
        @{ Name = 'removals'; Call = { $rows | Remove-ImpersonationRegistryEntry -Force -JournalPath $journal } }
    ) {
        $rows = 1..6 | ForEach-Object { [pscustomobject] @{ id = $entries[$_].id; comments = 'x' } }
        $new = 1, 1, 2 | ForEach-Object { [pscustomobject] @{ name = "N$_"; email = "n$_@example.com" } }
        & $Call | Out-Null
        $count = @(Get-SandboxRequest $sandbox -Write).Count

        $run = Invoke-Recorded $Call

        $run.Errors | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox -Write).Count | Should -Be $count
        $run.Information[-1] | Should -Match '\d rows: 0 \w+, [36] unchanged, 0 failed'
    }

    It 'asks with -ResolveUnknown what became of <Name>' -ForEach @(
        @{ Name = 'an update that was applied'; State = 'Applied'; Undo = $false }
        @{ Name = 'an update that was not'; State = 'NotApplied'; Undo = $true }
    ) {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments x -JournalPath $journal
        if ($Undo) { Set-ImpersonationRegistryEntry $entries[1].id -Comments $entries[1].comments }
        # As after a kill: neither outcome nor end.
        (Get-Content -LiteralPath $journal)[0, 1] -replace '"pid":\d+', '"pid":1' | Set-Content -LiteralPath $journal

        (Get-AclChange $journal).State | Should -Be 'Unknown'
        (Get-AclChange $journal -ResolveUnknown -WhatIf).State | Should -Be 'Unknown'
        (Get-AclChange $journal -ResolveUnknown).State | Should -Be $State
        (Get-AclChange $journal).State | Should -Be $State
        @(Get-SandboxRequest $sandbox -Write).Count | Should -Be (1 + $Undo)
    }

    It 'reads the service for -ResolveUnknown within the limits of the call' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments x -JournalPath $journal
        (Get-Content -LiteralPath $journal)[0, 1] -replace '"pid":\d+', '"pid":1' | Set-Content -LiteralPath $journal
        Reset-Test
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503 }

        $run = Invoke-Recorded { Get-AclChange $journal -ResolveUnknown -TimeoutSec 5 -MaxRetryCount 0 }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ApiError'
        $run.Output.State | Should -Be 'Unknown'
        @(Get-SandboxRequest $sandbox).Count | Should -Be 1
    }

    It 'is sent again where the service shows something else by now' {
        Set-ImpersonationRegistryEntry $entries[1].id -Comments x -JournalPath $journal
        Set-ImpersonationRegistryEntry $entries[1].id -Comments y
        Set-ImpersonationRegistryEntry $entries[1].id -Comments x -JournalPath $journal

        Get-SentBody | Should -BeExactly '{"comments":"x"}', '{"comments":"y"}', '{"comments":"x"}'
    }
}

Describe 'Completing a run' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        Reset-Test
        $journal = Join-Path $TestDrive 'completed.jsonl'
        Set-ImpersonationRegistryEntry $entries[1].id -Comments first -JournalPath $journal
        1..2 | ForEach-Object { [pscustomobject] @{ id = $entries[$_].id; comments = 'second' } } | Set-ImpersonationRegistryEntry -JournalPath $journal
        $runs = @((Get-AclChange $journal).RunId | Select-Object -Unique)
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'offers the runs of the journal to <Command>, the latest first, with when and what' -ForEach @(@{ Command = 'Get-AclChange' }, @{ Command = 'Undo-AclChange' }, @{ Command = 'Export-AclChangeReport -Path x.html' }) {
        $line = "$Command -JournalPath '$journal' -RunId "
        $found = (TabExpansion2 $line $line.Length).CompletionMatches

        $found.CompletionText | Should -BeExactly $runs[1], $runs[0]
        $found[0].ListItemText | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ Set-ImpersonationRegistryEntry, 2 changes$'
        $found[1].ListItemText | Should -Match ', 1 change$'
    }

    It 'offers nothing where there is no journal' {
        $line = "Undo-AclChange -JournalPath '$journal.missing' -RunId "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Not -Contain $runs[0]
    }
}
