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

    It 'refuses <Cell> in an entry to add to an exact rule: <Cause>' -ForEach @(
        @{ Cell = '15550100001.0'; Cause = "'15550100001.0' has decimals" }
        @{ Cell = '1800;+15550100001,00'; Cause = "'+15550100001,00' has decimals" }
        @{ Cell = '1/2/2026'; Cause = "'1/2/2026' is a date" }
        @{ Cell = '2026-01-02'; Cause = "'2026-01-02' is a date" }
        @{ Cell = 'Jan-55'; Cause = "'Jan-55' is a date" }
        @{ Cell = '2-Jan'; Cause = "'2-Jan' is a date" }
        @{ Cell = '"15550100001"'; Cause = 'is in quotation marks' }
        @{ Cell = '1800,1615'; Cause = 'contains a comma' }
        @{ Cell = '1800|1615'; Cause = 'contains a bar' }
        @{ Cell = '1800&1615'; Cause = "contains a '&'" }
        @{ Cell = '15550100001 / 15550100002'; Cause = 'contains a slash' }
        @{ Cell = '15550100001 15550100002'; Cause = 'contains a blank' }
        @{ Cell = "1800$([char] 0x200B)1"; Cause = 'U+200B' }
    ) {
        $rule = $rules | Where-Object { $_.operation -eq 'exact' -and $_.field -ne 'message' -and -not $_.read_only } | Select-Object -First 1
        $run = Invoke-Recorded { $Cell, '1900' | ForEach-Object { [pscustomobject] @{ rule_sid = $rule.rule_sid; add_entry = $_ } } | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors.ErrorDetails.Message | Should -BeLike "Row 1: column 'add_entry' is *$Cause*. Nothing was sent for this row."
        # The other row for the same rule goes on.
        (Get-SentBody | ConvertFrom-Json).entries | Should -BeExactly (@($rule.entries) + '1900')
        $run.Information[-1] | Should -BeLike '2 rows: 1 changed, 0 unchanged, 1 failed*'
    }

    It 'sends <Cell> in an entry to add to a rule of expressions, or of words, as it is' -ForEach @(
        @{ Cell = '15550100001.0'; Kind = { $_.operation -eq 'regexp' } }, @{ Cell = '1800|1615'; Kind = { $_.operation -eq 'regexp' } }
        @{ Cell = '1/2/2026'; Kind = { $_.field -eq 'message' -and $_.operation -ne 'regexp' } }
    ) {
        $rule = $rules | Where-Object { -not $_.read_only } | Where-Object $Kind | Select-Object -First 1
        $run = Invoke-Recorded { [pscustomobject] @{ rule_sid = $rule.rule_sid; add_entry = $Cell } | Update-AccessControlRule }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        (Get-SentBody | ConvertFrom-Json).entries | Should -BeExactly (@($rule.entries) + $Cell)
    }

    It 'warns of a number that a spreadsheet changed, once, where a row does not show what the rule compares' {
        $run = Invoke-Recorded { 1..2 | ForEach-Object { [pscustomobject] @{ rule_sid = $rules[$_].rule_sid; entries = '1800;1/2/2026' } } | Update-AccessControlRule -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "Column 'entries': '1/2/2026' is a date, which a spreadsheet makes of a number*. It is sent as it is. Rows that follow are not warned of."
        Get-SentBody | Should -BeExactly (@('{"entries":["1800","1/2/2026"]}') * 2)
    }

    It 'names a semicolon where another separator is in force' {
        $run = Invoke-Recorded { [pscustomobject] @{ name = 'N'; field = 'from'; operation = 'prefix'; quantifier = 'any'; entries = '1800;1615|1900' } | New-AccessControlRule -ListSeparator '|' }

        $run.Errors.ErrorDetails.Message | Should -BeLike "*'1800;1615' contains a semicolon, and items stand between '|'*"
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}
