# Move-AccessControlRuleEntry: entries are added to one rule first, and removed from the other only when the first has them.

Describe 'Move-AccessControlRuleEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $from = $rules[2].rule_sid
        $to = $rules[3].rule_sid

        function Get-Entry { param($Sid) (Get-SandboxState $sandbox rules | Where-Object rule_sid -EQ $Sid).entries }
    }
    BeforeEach {
        Reset-Test
        foreach ($rule in $from, $to) { Update-AccessControlRule $rule -Field called -Operation prefix -Quantifier any }
        Update-AccessControlRule $from -Name Source -Entries (1..250 | ForEach-Object { "1800$_" })
        Update-AccessControlRule $to -Name Target -Entries 1900
        $writes = @(Get-SandboxRequest $sandbox -Write).Count
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'adds first and removes afterwards, by name, in two writes' {
        Move-AccessControlRuleEntry -From Source -To Target -Entries 18007, 18009

        $sent = @(Get-SandboxRequest $sandbox -Write)[$writes..100]
        $sent.path | Should -BeExactly "$rulesPath/$to", "$rulesPath/$from"
        $sent[0].body | Should -BeExactly '{"entries":["1900","18007","18009"]}'
        Get-Entry $from | Should -HaveCount 248
    }

    It 'moves piped entries together' {
        '18001', '18002' | Move-AccessControlRuleEntry $from $to
        "Entry`n18003" | ConvertFrom-Csv | Move-AccessControlRuleEntry $from $to
        Get-Entry $to | Should -BeExactly '1900', '18001', '18002', '18003'
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount ($writes + 4)
    }

    It 'removes nothing where the add is refused or its answer is lost, and the same call does the rest' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 422; times = 1; match = @{ method = 'PATCH' } }
        $run = Invoke-Recorded { Move-AccessControlRuleEntry $from $to 18007 }
        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].TargetObject | Should -BeExactly $to
        Get-Entry $from | Should -Contain 18007
        Get-Entry $to | Should -BeExactly '1900'

        Add-SandboxFault $sandbox @{ kind = 'status'; status = 422; times = 1; match = @{ method = 'PATCH'; path_contains = $from } }
        (Invoke-Recorded { Move-AccessControlRuleEntry $from $to 18007 }).Errors[0].TargetObject | Should -BeExactly $from
        Get-Entry $from | Should -Contain 18007
        Get-Entry $to | Should -BeExactly '1900', '18007'
        Move-AccessControlRuleEntry $from $to 18007
        Get-Entry $from | Should -Not -Contain 18007
        Get-Entry $to | Should -BeExactly '1900', '18007'
        (Invoke-Recorded { Move-AccessControlRuleEntry $from $to 18007 -WarningAction Continue }).Warnings | Should -BeNullOrEmpty
    }

    It 'sends nothing for a move that cannot be: <Name>' -ForEach @(
        @{ Name = 'the last entries'; Id = 'ValidationFailed'; Call = { Move-AccessControlRuleEntry $to $from 1900 } }
        @{ Name = 'one rule'; Id = 'ValidationFailed'; Call = { Move-AccessControlRuleEntry $from Source 18001 } }
        @{ Name = 'no such rule'; Id = 'NotFound'; Call = { Move-AccessControlRuleEntry $from nowhere 18001 } }
        @{ Name = 'a read-only rule'; Id = 'ReadOnlyRule'; Call = { Move-AccessControlRuleEntry $from $rules[39].rule_sid 18001 } }
    ) {
        (Invoke-Recorded $Call).Errors | Get-ErrorId | Should -BeExactly $Id
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
    }

    It 'warns of an entry that the rule does not have, and does not add it' {
        $run = Invoke-Recorded { Move-AccessControlRuleEntry $from $to 18001, 77 }
        $run.Warnings | Should -BeLike '*does not have the entry 77*'
        Get-Entry $to | Should -BeExactly '1900', '18001'
    }

    It 'shows with -WhatIf what comes and goes, not two lists of 250, and sends nothing' {
        $session = New-Session
        try {
            $null = $session.AddScript("param(`$from, `$to) Start-Transcript -Path '$TestDrive/t.txt' | Out-Null; Move-AccessControlRuleEntry `$from `$to 18007 -WhatIf; Stop-Transcript | Out-Null").AddArgument($from).AddArgument($to).Invoke()
        }
        finally { $session.Runspace.Dispose(); $session.Dispose() }
        $shown = (Get-Content "$TestDrive/t.txt" -Raw) -replace '\x1b\[[\d;]*m' -replace '\r?\n'
        $shown | Should -BeLike '*"Add entries 18007" on target*(Target)*: entries `["1900"`] -> `["1900","18007"`]*"Remove entries 18007" on target*(Source)*: entries - `["18007"`], 249 stay*'
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
    }

    It 'is journalled as two changes of one run, and undone' {
        $journal = "$TestDrive/move.jsonl"
        $before = (Get-Entry $from), (Get-Entry $to) | ConvertTo-Json -Compress
        Move-AccessControlRuleEntry $from $to 18007, 18009 -JournalPath $journal
        (Get-AclChange $journal).Id | Should -BeExactly $to, $from
        Undo-AclChange -JournalPath $journal -Last -Force
        (Get-Entry $from), (Get-Entry $to) | ConvertTo-Json -Compress | Should -BeExactly $before
    }
}
