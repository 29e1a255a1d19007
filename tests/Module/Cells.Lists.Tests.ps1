# Items of lists: only cells are split, and a forgotten separator does not pass in silence.

Describe 'The items of a list' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'takes an argument as one entry (<Argument>)' -ForEach @(
        @{ Argument = 'gift card;code'; Sent = '["gift card;code"]' }
        @{ Argument = '["a"]'; Sent = '["[\"a\"]"]' }
        @{ Argument = @('a;b', 'c,d'); Sent = '["a;b","c,d"]' }
        @{ Argument = '1.5E+10'; Sent = '["1.5E+10"]' }
    ) {
        Update-AccessControlRule $rules[1].rule_sid -Entries $Argument

        Get-SentBody | Should -BeExactly "{`"entries`":$Sent}"
    }

    It 'adds and removes an argument as one entry' {
        $sid = $rules[1].rule_sid
        Update-AccessControlRule $sid -Entries 'a;b', 'keep'
        Update-AccessControlRule $sid -AddEntry 'c;d' -RemoveEntry 'a;b'

        (Get-SentBody)[1] | Should -BeExactly '{"entries":["keep","c;d"]}'
    }

    It 'reads what a script block returns as a cell' {
        [pscustomobject] @{ sid = $rules[1].rule_sid; numbers = '1800;1615' } | Update-AccessControlRule -Entries { $_.numbers } -WarningAction Ignore

        Get-SentBody | Should -BeExactly '{"entries":["1800","1615"]}'
    }

    It 'warns once in a run, with the separator in force' {
        $run = Invoke-Recorded {
            1..3 | ForEach-Object { [pscustomobject] @{ rule_sid = $rules[$_].rule_sid; entries = '1800,1615|x' } } |
                Update-AccessControlRule -ListSeparator '|' -ThrottleLimit 1
        }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "*'1800,1615' contains a comma, and items stand between '|'*"
        Get-SentBody | Should -BeExactly (@('{"entries":["1800,1615","x"]}') * 3)
    }

    It 'refuses <Cell> in <Column> of an exact rule' -ForEach @(
        @{ Column = 'entries'; Cell = '1800,1615' }, @{ Column = 'add_entry'; Cell = "1800`n1615" }, @{ Column = 'remove_entry'; Cell = '1800,1615' }
        @{ Column = 'entries'; Cell = '1800|1615' }, @{ Column = 'entries'; Cell = '15550100001 15550100002' }
        @{ Column = 'entries'; Cell = "1800$([char] 0x200B)" + '1' }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ rule_sid = $rules[1].rule_sid; operation = 'exact'; $Column = $Cell } | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses <Cell> in add_entry: a spreadsheet shortened it' -ForEach @(@{ Cell = '1.5551E+10' }, @{ Cell = '1,5551E+10' }, @{ Cell = '15550100;4.41E+11' }) {
        $run = Invoke-Recorded { [pscustomobject] @{ rule_sid = $rules[1].rule_sid; add_entry = $Cell } | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike '*looks like a number that a spreadsheet shortened; format the column as text*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'sends expressions and JSON arrays with a comma as they are' {
        $run = Invoke-Recorded {
            @(
                [pscustomobject] @{ rule_sid = $rules[1].rule_sid; operation = 'exact'; entries = '["a,b"]' }
                [pscustomobject] @{ rule_sid = $rules[2].rule_sid; operation = ''; entries = '["1800,1615"]' }
            ) | Update-AccessControlRule -ThrottleLimit 1
        }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @('{"operation":"exact","entries":["a,b"]}', '{"entries":["1800,1615"]}')
    }
}
