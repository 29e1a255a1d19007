# What the engine does to piped values, trap by trap: no field may be sent, lost or wiped because of it.

Describe 'Pipeline traps: what a row says' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # A row for the second entry or rule, with the columns of a hashtable.
        function New-Row {
            param([System.Collections.IDictionary] $Column, [int] $Index = 1, [switch] $Rule)
            $row = if ($Rule) { [ordered] @{ rule_sid = $rules[$Index].rule_sid } } else { [ordered] @{ id = $entries[$Index].id } }
            foreach ($key in $Column.Keys) { $row[$key] = $Column[$key] }
            [pscustomobject] $row
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'stale bound set: a later row does not say what an earlier one said' {
        (New-Row @{ comments = 'hello' }), (New-Row @{ name = 'B' } 2), (New-Row @{} 3) | Set-ImpersonationRegistryEntry -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @('{"comments":"hello"}', '{"name":"B"}')
    }

    It 'a failed row keeps its keys: the row after <Failing> says only its own' -ForEach @(
        @{ Failing = 'a bad cell'; Column = @{ comments = 'wrong'; is_email_regex = 'maybe' } }
        @{ Failing = 'a text that is too long'; Column = @{ comments = 'wrong'; name = 'n' * 1025 } }
        @{ Failing = 'an id that is none'; Column = @{ id = 'no/id'; comments = 'wrong' } }
        @{ Failing = 'an empty id'; Column = @{ id = ''; comments = 'wrong' } }
        @{ Failing = 'an id that is not there'; Column = @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'wrong' } }
    ) {
        $run = Invoke-Recorded { (New-Row $Column), (New-Row @{ name = 'B' } 2) | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }

        $run.Errors | Should -HaveCount 1
        (Get-SandboxRequest $sandbox -Write)[-1].path | Should -Be "$registryPath/$($entries[2].id)"
        @(Get-SentBody)[-1] | Should -BeExactly '{"name":"B"}'
    }

    It 'dropped conversions: the entry column <Name> = ''<Cell>'' is sent as <Json>' -ForEach @(
        @{ Name = 'is_email_regex'; Cell = 'True'; Json = 'true' }, @{ Name = 'is_email_regex'; Cell = ' no '; Json = 'false' }
        @{ Name = 'is_email_regex'; Cell = '1'; Json = 'true' }, @{ Name = 'is_email_regex'; Cell = $true; Json = 'true' }
        @{ Name = 'IsEmailRegex'; Cell = 0; Json = 'false' }, @{ Name = 'IsEmailRegex'; Cell = $false; Json = 'false' }
        @{ Name = 'directory_id'; Cell = '1'; Json = '1' }, @{ Name = 'DirectoryId'; Cell = ' -7 '; Json = '-7' }
        @{ Name = 'directory_id'; Cell = 5; Json = '5' }, @{ Name = 'directory_node_id'; Cell = 2.0; Json = '2' }
        @{ Name = 'directory_node_id'; Cell = '9007199254740993'; Json = '9007199254740993' }
        @{ Name = 'provenance'; Cell = 'a1s_internal'; Json = '"A1S_INTERNAL"' }, @{ Name = 'comments'; Cell = 12; Json = '"12"' }
        @{ Name = 'comments'; Cell = ' kept '; Json = '" kept "' }, @{ Name = 'comments'; Cell = 'null'; Json = '"null"' }
    ) {
        $run = Invoke-Recorded { New-Row @{ $Name = $Cell } | Set-ImpersonationRegistryEntry }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SentBody) -replace '^\{"[a-z_]+":(.*)\}$', '$1' | Should -BeExactly $Json
    }

    It 'dropped conversions: the entry column <Name> = ''<Cell>'' is an error, not a row without it' -ForEach @(
        'maybe', '2', 'ja', 'truefalse' | ForEach-Object { @{ Name = 'is_email_regex'; Cell = $_ } }
        'x', '1.5', '1e3', '0x10', '1,000', '99999999999999999999' | ForEach-Object { @{ Name = 'directory_id'; Cell = $_ } }
        'A1S', '0', 'A1S_INTERNAL,SNOOPY-OFFICE_365' | ForEach-Object { @{ Name = 'provenance'; Cell = $_ } }
        @{ Name = 'directory_node_id'; Cell = 1.5 }, @{ Name = 'is_email_regex'; Cell = 2 }
        @{ Name = 'comments'; Cell = @{ a = 1 } }, @{ Name = 'comments'; Cell = @('a', 'b') }
    ) {
        $row = New-Row @{ $Name = $Cell; email = 'a@example.com' }
        $run = Invoke-Recorded { $row | Set-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors[0].TargetObject | Should -Be $row
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'dropped conversions: the rule column <Name> = ''<Cell>'' is sent as <Json>' -ForEach @(
        @{ Name = 'operation'; Cell = 'EXACT'; Json = '"exact"' }, @{ Name = 'Field'; Cell = 'from_did'; Json = '"from_did"' }
        @{ Name = 'entries'; Cell = 'a;b'; Json = '["a","b"]' }, @{ Name = 'entries'; Cell = 'a,b'; Json = '["a,b"]' }
        @{ Name = 'entries'; Cell = '["a;b","c"]'; Json = '["a;b","c"]' }, @{ Name = 'entries'; Cell = @('a', 'b'); Json = '["a","b"]' }
        @{ Name = 'entries'; Cell = 1800; Json = '["1800"]' }, @{ Name = 'Entries'; Cell = @(1800, 1615); Json = '["1800","1615"]' }
    ) {
        $run = Invoke-Recorded { New-Row @{ $Name = $Cell } -Rule | Update-AccessControlRule }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SentBody) -replace '^\{"[a-z_]+":(.*)\}$', '$1' | Should -BeExactly $Json
    }

    It 'dropped conversions: the rule column <Name> = ''<Cell>'' is an error, not a row without it' -ForEach @(
        'ex', '1', 'exact,prefix', 'equals' | ForEach-Object { @{ Name = 'operation'; Cell = $_ } }
        'a;;b', ';', '["a"', '[1]' | ForEach-Object { @{ Name = 'entries'; Cell = $_ } }
    ) {
        $run = Invoke-Recorded { New-Row @{ $Name = $Cell; name = 'n' } -Rule | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'an empty cell and a missing one ($null) say nothing in <Name>' -ForEach @(
        'name', 'email', 'is_email_regex', 'comments', 'provenance', 'directory_id', 'directory_node_id', 'external_directory_node_id' |
            ForEach-Object { @{ Name = $_ } }
    ) {
        $run = Invoke-Recorded { (New-Row @{ $Name = '' }), (New-Row @{ $Name = $null }) | Set-ImpersonationRegistryEntry }

        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeNullOrEmpty
    }

    It 'no value at all: a column filled by a command that wrote nothing leaves its field alone' {
        $nothing = [pscustomobject] @{ id = $entries[1].id; name = 'A'; comments = $(if ($false) { 'x' }) }
        $nothing | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly '{"name":"A"}'
    }

    It 'short rows: the cells that are missing at the end say nothing' {
        'id,comments,name,is_email_regex', "$($entries[1].id),one", "$($entries[2].id),two,B,1" | ConvertFrom-Csv |
            Set-ImpersonationRegistryEntry -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @('{"comments":"one"}', '{"comments":"two","name":"B","is_email_regex":true}')
    }

    It 'switch columns: a column named <Name> switches nothing' -ForEach @(
        'PassThru', 'WhatIf', 'Confirm', 'Clear', 'EmptyValue', 'Verbose' | ForEach-Object { @{ Name = $_ } }
    ) {
        $run = Invoke-Recorded {
            (New-Row @{ $Name = 'true'; comments = 'c' }), (New-Row @{ $Name = $null; comments = '' }) | Set-ImpersonationRegistryEntry
        }

        $run.Output | Should -BeNullOrEmpty
        $run.Verbose | Should -BeNullOrEmpty
        $run.Warnings | Should -BeLike "Column '$Name' matches no parameter*"
        Get-SentBody | Should -BeExactly '{"comments":"c"}'
    }

    It 'property names differing in case: columns are matched without it' {
        [pscustomobject] @{ ID = $entries[1].id; COMMENTS = 'c'; Is_Email_Regex = 'yes' } | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly '{"comments":"c","is_email_regex":true}'
    }

    It 'alias columns: the identity may be called <Name>' -ForEach @('Id', 'impersonation_registry_id', 'display_name_id' | ForEach-Object { @{ Name = $_ } }) {
        [pscustomobject] @{ $Name = $entries[1].id; comments = 'c' } | Set-ImpersonationRegistryEntry

        (Get-SandboxRequest $sandbox).path | Should -Be "$registryPath/$($entries[1].id)"
    }

    It 'alias columns: a rule''s identity may be called <Name>' -ForEach @('RuleSid', 'rule_sid', 'sid', 'id' | ForEach-Object { @{ Name = $_ } }) {
        [pscustomobject] @{ $Name = $rules[1].rule_sid; operation = 'exact' } | Update-AccessControlRule

        (Get-SandboxRequest $sandbox).path | Should -Be "$rulesPath/$($rules[1].rule_sid)"
    }

    It 'alias columns: two that name different things are an error' {
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; display_name_id = $entries[2].id; comments = 'c' } | Set-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'blank headers: the column that becomes H1 is warned of, and the rest is sent' {
        $run = Invoke-Recorded { 'id,,comments', "$($entries[1].id),x,c" | ConvertFrom-Csv -WarningAction Ignore | Set-ImpersonationRegistryEntry }

        $run.Warnings | Should -BeExactly "Column 'H1' matches no parameter, so nothing is sent for it."
        Get-SentBody | Should -BeExactly '{"comments":"c"}'
    }
}
