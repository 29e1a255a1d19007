# Update-AccessControlRule -AddEntry and -RemoveEntry: each rule is read once and written once, however many rows speak of it.

Describe 'Update-AccessControlRule with single entries' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        # The reference's own sample: 1800 and 1615.
        $sid = $rules[0].rule_sid

        function Get-Entry {
            param([string] $RuleSid = $sid)
            (Get-SandboxState $sandbox rules | Where-Object rule_sid -EQ $RuleSid).entries
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'adds 40 numbers of 40 rows with one GET and one PATCH, in the order of the rows' {
        $rows = 1..40 | ForEach-Object { [pscustomobject] @{ rule_sid = $sid; AddEntry = "1900$_" } }
        $run = Invoke-Recorded { $rows | Update-AccessControlRule -ThrottleLimit 16 }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH')
        (Get-SandboxRequest $sandbox).path | Should -BeExactly @("$rulesPath/$sid", "$rulesPath/$sid")
        Get-SentBody | Should -BeExactly "{`"entries`":$(ConvertTo-Json -Compress -InputObject (@('1800', '1615') + $rows.AddEntry))}"
        $run.Information[0] | Should -BeLike '40 rows: 40 changed, 0 unchanged, 0 failed, 0 skipped in *(2 requests, 0 repeated)'
    }

    It 'adds and removes by argument' {
        Update-AccessControlRule $sid -AddEntry 1900, 1877 -RemoveEntry 1800

        Get-SentBody | Should -BeExactly '{"entries":["1615","1900","1877"]}'
    }

    It 'leaves alone what the rule has already, and sends each new one once' {
        Update-AccessControlRule $sid -AddEntry 1615, 1900, 1900

        Get-SentBody | Should -BeExactly '{"entries":["1800","1615","1900"]}'
    }

    It 'carries out rows in order: what one row adds, a later one removes' {
        "rule_sid,AddEntry,RemoveEntry`n$sid,1900,`n$sid,,1900`n$sid,1877,1800" | ConvertFrom-Csv | Update-AccessControlRule

        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH')
        Get-SentBody | Should -BeExactly '{"entries":["1615","1877"]}'
    }

    It 'reads lists in cells: <Name>' -ForEach @(
        @{ Name = 'between semicolons'; Cell = '1900;1877'; Said = @{} }, @{ Name = 'as JSON'; Cell = '["1900","1877"]'; Said = @{} }
        @{ Name = 'by -ListSeparator'; Cell = '1900|1877'; Said = @{ ListSeparator = '|' } }
    ) {
        [pscustomobject] @{ rule_sid = $sid; add_entry = $Cell } | Update-AccessControlRule @Said

        Get-SentBody | Should -BeExactly '{"entries":["1800","1615","1900","1877"]}'
    }

    It 'sends other fields that a row says with the same PATCH' {
        Update-AccessControlRule $sid -AddEntry 1900 -Quantifier all

        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH')
        $sent = Get-SentBody | ConvertFrom-Json
        $sent.entries | Should -BeExactly @('1800', '1615', '1900')
        $sent.quantifier | Should -BeExactly 'all'
    }

    It 'writes nothing where there is nothing to change: <Name>' -ForEach @(
        @{ Name = 'there already'; Said = @{ AddEntry = '1800' } }, @{ Name = 'not there'; Said = @{ RemoveEntry = '1999' } }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ rule_sid = $sid } | Update-AccessControlRule @Said }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).method | Should -BeExactly 'GET'
        $run.Information[0] | Should -BeLike '1 row: 0 changed, 1 unchanged, 0 failed, 0 skipped in *'
    }

    It 'warns of an entry to remove that the rule does not have: <Name>' -ForEach @(
        @{ Name = 'in a run'; With = @{} }, @{ Name = 'in a dry run'; With = @{ WhatIf = $true } }, @{ Name = 'confirmed beforehand'; With = @{ Confirm = $false } }
    ) {
        $rows = "rule_sid,AddEntry,RemoveEntry`n$sid,1877,`n$sid,,1999;1615`n$sid,,1877" | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Update-AccessControlRule @With }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "access control rule $sid*: it does not have the entry 1999, so nothing is removed there. Entries are compared exactly."
        Get-SentBody | Should -Be $(if (-not $With.WhatIf) { '{"entries":["1800"]}' })
    }

    It 'refuses <Name>, without a request' -ForEach @(
        @{ Name = 'to add and to remove the same'; Said = @{ AddEntry = '1900', '1877'; RemoveEntry = '1900' }; Part = "*'1900' is to be added and to be removed*" }
        @{ Name = 'a whole list besides'; Said = @{ AddEntry = '1900'; Entries = '1' }; Part = '*entries and single entries to add or remove contradict*' }
    ) {
        $run = Invoke-Recorded { Update-AccessControlRule $sid @Said }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike $Part
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses a row with a whole list besides, and carries out the others' {
        $rows = "rule_sid,AddEntry,Entries`n$sid,1900,`n$sid,1877,1`n$sid,1866," | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].TargetObject | Should -Be $rows[1]
        Get-SentBody | Should -BeExactly '{"entries":["1800","1615","1900","1866"]}'
    }

    It 'refuses to leave a rule without entries, and writes nothing' {
        $run = Invoke-Recorded { Update-AccessControlRule $sid -RemoveEntry 1800, 1615 }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Leave at least one entry, or remove the rule.'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'reads and writes each of several rules once, though their rows are mixed' {
        $sids = $rules[0..4].rule_sid
        $rows = foreach ($number in 1..4) { foreach ($one in $sids) { [pscustomobject] @{ rule_sid = $one; AddEntry = "1900$number" } } }
        $rows | Update-AccessControlRule -ThrottleLimit 8

        $log = Get-SandboxRequest $sandbox
        $log | Where-Object method -EQ 'GET' | ForEach-Object path | Sort-Object | Should -BeExactly ($sids | ForEach-Object { "$rulesPath/$_" } | Sort-Object)
        $log | Where-Object method -EQ 'PATCH' | ForEach-Object path | Sort-Object | Should -BeExactly ($sids | ForEach-Object { "$rulesPath/$_" } | Sort-Object)
        foreach ($index in 0..4) {
            Get-Entry $sids[$index] | Should -BeExactly ($rules[$index].entries + '19001', '19002', '19003', '19004')
        }
    }

    It 'makes an error record of each row of a rule that fails, and carries out the others: <Name>' -ForEach @(
        @{ Name = 'one that is not there'; Other = '00000000-0000-4000-8000-000000000000'; Id = 'NotFound' }
        @{ Name = 'a read-only one'; Other = $null; Id = 'ReadOnlyRule' }
    ) {
        if (-not $Other) { $Other = $rules[39].rule_sid }
        $rows = foreach ($number in 1..3) { foreach ($one in $Other, $sid) { [pscustomobject] @{ rule_sid = $one; AddEntry = "1900$number" } } }
        $run = Invoke-Recorded { $rows | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly @($Id, $Id, $Id)
        $run.Errors.TargetObject | Should -Be @($rows[0], $rows[2], $rows[4])
        $run.Errors[1].ErrorDetails.Message | Should -BeLike 'Row 3: *'
        Get-Entry | Should -BeExactly @('1800', '1615', '19001', '19002', '19003')
        $run.Information[0] | Should -BeLike '6 rows: 3 changed, 0 unchanged, 3 failed, 0 skipped in *'
    }

    It 'keeps the order of rows that edit single entries and rows that say the whole list of the same rule' {
        $rows = [pscustomobject] @{ rule_sid = $sid; AddEntry = '1900' }, [pscustomobject] @{ rule_sid = $sid; Entries = '1877' }
        $rows | Update-AccessControlRule

        Get-Entry | Should -BeExactly '1877'
    }

    It 'takes typed rules' {
        Get-AccessControlRule -First 2 | Update-AccessControlRule -AddEntry 1900

        Get-Entry $rules[1].rule_sid | Should -BeExactly ($rules[1].entries + '1900')
        Get-Entry | Should -BeExactly @('1800', '1615', '1900')
    }

    It 'writes the rule once with -PassThru' {
        $changed = 1..3 | ForEach-Object { [pscustomobject] @{ rule_sid = $sid; AddEntry = "1900$_" } } | Update-AccessControlRule -PassThru

        @($changed) | Should -HaveCount 1
        $changed.Entries | Should -BeExactly @('1800', '1615', '19001', '19002', '19003')
    }

    It 'sends no write under -WhatIf, and says what it would add and remove' {
        $printed = Invoke-ChildPowerShell -Connected "Update-AccessControlRule $sid -AddEntry 1900, 1877 -RemoveEntry 1800 -WhatIf"

        $printed | Should -BeLike "*What if: Performing the operation `"Add entries 1900, 1877; Remove entries 1800`" on target `"access control rule $sid (N/A)`": entries ``[`"1800`",`"1615`"``] -> ``[`"1615`",`"1900`",`"1877`"``]*"
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}
