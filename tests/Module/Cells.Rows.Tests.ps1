# What counts as a row, which columns it has, and what the command line may add to it.

class CellsRow {
    [string] $id
    [string] $comments
    [object] $directory_id
}

Describe 'A row' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function New-Table {
            $table = [Data.DataTable]::new()
            foreach ($name in 'id', 'comments') { $null = $table.Columns.Add($name, [string]) }
            $null = $table.Columns.Add('directory_id', [decimal])
            $null = $table.Rows.Add($entries[1].id, [DBNull]::Value, 7)
            $null = $table.Rows.Add($entries[2].id, 'c', [DBNull]::Value)
            , $table
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'can be a DataRow, whose DBNull is empty' {
        $run = Invoke-Recorded { (New-Table).Rows | Set-ImpersonationRegistryEntry -ThrottleLimit 1 -StrictColumns }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @('{"directory_id":7}', '{"comments":"c"}')
    }

    It 'can be a DataRowView' {
        (New-Table).DefaultView | Set-ImpersonationRegistryEntry -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @('{"directory_id":7}', '{"comments":"c"}')
    }

    It 'can be one of several in an argument, or in one piped object: <Name>' -ForEach @(
        @{ Name = 'a DataTable'; Rows = { , (New-Table) } }
        @{ Name = 'a list'; Rows = { , [Collections.Generic.List[object]] @((New-Table).Rows) } }
        @{ Name = 'an array'; Rows = { , @((New-Table).Rows) } }
    ) {
        $rows = & $Rows
        Set-ImpersonationRegistryEntry -InputObject $rows -ThrottleLimit 1
        , $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @('{"directory_id":7}', '{"comments":"c"}', '{"directory_id":7}', '{"comments":"c"}')
    }

    It 'can have a list of one value in a cell, and not of several' {
        $rows = @(
            [pscustomobject] @{ id = $entries[1].id; comments = @('c'); directory_id = [Collections.ArrayList] @(7) }
            [pscustomobject] @{ id = $entries[2].id; comments = @('c', 'd') }
        )
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry }

        Get-SentBody | Should -BeExactly '{"comments":"c","directory_id":7}'
        $run.Errors.ErrorDetails.Message | Should -BeExactly "Row 2: column 'comments' is 'c, d': it is a list of 2 values; export the one that is meant. Nothing was sent for this row."
    }

    It 'can have headers in words: <Header>' -ForEach @(@{ Header = 'Email Address' }, @{ Header = 'E-mail Address' }, @{ Header = 'User principal name' }, @{ Header = 'PRIMARY_SMTP_ADDRESS' }) {
        $run = Invoke-Recorded { [pscustomobject] @{ 'Display name' = 'Ann'; $Header = 'ann@example.com' } | New-ImpersonationRegistryEntry }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly '{"name":"Ann","email":"ann@example.com","is_email_regex":false}'
    }

    It 'can be an instance of a class, with <Value> as a whole number' -ForEach @(@{ Value = 7.0 }, @{ Value = [decimal] 7.00 }, @{ Value = [single] 7 }) {
        $row = [CellsRow] @{ id = $entries[1].id; comments = 'c'; directory_id = $Value }
        $run = Invoke-Recorded { $row | Set-ImpersonationRegistryEntry }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly '{"comments":"c","directory_id":7}'
    }

    It 'can be an ordered hashtable that was cast' {
        [pscustomobject] ([ordered] @{ id = $entries[1].id; comments = 'c' }) | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly '{"comments":"c"}'
    }

    It 'can be an id, for a cmdlet that changes or removes an item' {
        $entries[1].id, " $($entries[2].id) ", [guid] $entries[3].id | Set-ImpersonationRegistryEntry -Comments 'c' -ThrottleLimit 1
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly ($entries[1, 2, 3].id | ForEach-Object { "$registryPath/$_" })

        Reset-Test
        $entries[1].id, $entries[2].id | Remove-ImpersonationRegistryEntry -Force -ThrottleLimit 1
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly ($entries[1, 2].id | ForEach-Object { "$registryPath/$_" })
    }

    It 'cannot be a line of a file, nor a text for a cmdlet that creates' {
        $run = Invoke-Recorded {
            'id,comments' | Set-ImpersonationRegistryEntry -Comments 'c'
            'Ann' | New-ImpersonationRegistryEntry -Email 'a@example.com'
        }

        $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell')
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*Import-Csv, not with Get-Content*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'takes the address of the directory''s column of the highest rank with a value (<Sent>)' -ForEach @(
        @{ Row = @{ UserPrincipalName = 'u@example.com'; PrimarySmtpAddress = 'p@example.com'; EmailAddress = 'e@example.com'; Mail = 'm@example.com' }; Sent = 'm@example.com' }
        @{ Row = @{ UserPrincipalName = 'u@example.com'; PrimarySmtpAddress = 'p@example.com'; EmailAddress = 'e@example.com'; Mail = '' }; Sent = 'e@example.com' }
        @{ Row = @{ UserPrincipalName = 'u@example.com'; PrimarySmtpAddress = 'p@example.com' }; Sent = 'p@example.com' }
        @{ Row = @{ UserPrincipalName = 'u@example.com'; Mail = $null }; Sent = 'u@example.com' }
        @{ Row = @{ Mail = 'm@example.com'; Email = 'own@example.com' }; Sent = 'own@example.com' }
    ) {
        [pscustomobject] ($Row + @{ DisplayName = 'Ann' }) | New-ImpersonationRegistryEntry

        $body = Get-SentBody | ConvertFrom-Json
        $body.name | Should -BeExactly 'Ann'
        $body.email | Should -BeExactly $Sent
    }

    It 'that names another item or account than the command line is an error (<Name>)' -ForEach @(
        @{ Name = '-Id'; Arguments = { @{ Id = $entries[2].id } } }
        @{ Name = '-AccountId'; Arguments = { @{ AccountId = $sandbox.account_id } } }
    ) {
        $rows = @(
            [pscustomobject] @{ id = $entries[1].id; account_id = 'elsewhere'; comments = 'c' }
            [pscustomobject] @{ id = $entries[2].id; account_id = $sandbox.account_id; comments = 'd' }
        )
        $given = & $Arguments
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry @given }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors[0].TargetObject | Should -Be $rows[0]
        $run.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1: column '*' specifies '*', but $Name specifies '*'. Nothing was sent for this row."
        Get-SentBody | Should -BeExactly '{"comments":"d"}'
    }

    It 'that names another item than $PSDefaultParameterValues is an error too' {
        $PSDefaultParameterValues = @{ 'Set-ImpersonationRegistryEntry:AccountId' = $sandbox.account_id }
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; account_id = 'elsewhere'; comments = 'c' } | Set-ImpersonationRegistryEntry }
        $PSDefaultParameterValues.Clear()

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'with an unknown column ends the run before anything is sent, with -StrictColumns' {
        $run = Invoke-Recorded {
            1..3 | ForEach-Object { [pscustomobject] @{ id = $entries[$_].id; coments = 'c' } } | Set-ImpersonationRegistryEntry -Name 'N' -StrictColumns
        }

        $run.Terminating.FullyQualifiedErrorId | Should -BeLike 'ValidationFailed,*'
        $run.Terminating.ErrorDetails.Message | Should -BeExactly "Row 1: Column 'coments' matches no parameter, and -StrictColumns accepts known columns only. Did you mean 'comments'?"
        $run.Errors | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'ends a run with -StrictColumns and loses none of the rows that were collected: <Name>' -ForEach @(
        @{ Name = 'entries to add'; Run = { $input | Update-AccessControlRule -StrictColumns }; Rows = { $rules[1..2] | ForEach-Object { [pscustomobject] @{ rule_sid = $_.rule_sid; add_entry = '7' } } } }
        @{ Name = 'rules to remove'; Run = { $input | Remove-AccessControlRule -Force -StrictColumns }; Rows = { Get-AccessControlRule $rules[1].rule_sid; Get-AccessControlRule $rules[2].rule_sid } }
    ) {
        $rows = @(& $Rows)
        Reset-Test
        $odd = [pscustomobject] @{ rule_sid = $rules[3].rule_sid; entrys = '7' }
        $run = Invoke-Recorded { $rows + $odd + $rows[0] | & $Run }

        $run.Terminating.ErrorDetails.Message | Should -BeLike "Row 3: Column 'entrys' matches no parameter*"
        $run.Terminating.TargetObject | Should -Be $odd
        $run.Errors | Get-ErrorId | Should -BeExactly @('NotSent', 'NotSent')
        $run.Errors.TargetObject | Should -Be $rows
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        $last = Get-AclRun -Last
        $last.Rows, $last.Failed, $last.EndedBy | Should -Be @(3, 3, 'Failed')
    }

    It 'that is empty is passed over after a run has ended as well' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; times = 1 }
        $run = Invoke-Recorded {
            @(
                [pscustomobject] @{ id = $entries[1].id; comments = 'a' }
                1..10 | ForEach-Object { [pscustomobject] @{ id = ' '; comments = '' } }
                [pscustomobject] @{ id = $entries[2].id; comments = 'b' }
            ) | Set-ImpersonationRegistryEntry -ThrottleLimit 1
        }

        $run.Terminating | Should -Not -BeNullOrEmpty
        $run.Errors.TargetObject.id | Should -BeExactly @($entries[1].id, $entries[2].id)
        (Get-AclRun -Last).Rows | Should -Be 2
    }

    It 'can be an id, a result or an object with an id, for a cmdlet that reads' {
        $ids = $entries[1, 2].id
        ($ids | Get-ImpersonationRegistryEntry).Id | Should -BeExactly $ids
        ([guid[]] $ids | Get-ImpersonationRegistryEntry).Id | Should -BeExactly $ids
        (Get-ImpersonationRegistryEntry $ids | Get-ImpersonationRegistryEntry).Id | Should -BeExactly $ids
        ($ids | ForEach-Object { [pscustomobject] @{ display_name_id = " $_"; name = 'n' } } | Get-ImpersonationRegistryEntry).Id | Should -BeExactly $ids
        (, $ids | Get-ImpersonationRegistryEntry).Id | Should -BeExactly $ids
        ($rules[1, 2].rule_sid | Get-AccessControlRule).RuleSid | Should -BeExactly $rules[1, 2].rule_sid
    }

    It 'of a retry list keeps its columns beside unlike rows, and its reason is ignored' {
        $file = Join-Path $TestDrive 'retry.csv'
        $run = Invoke-Recorded {
            [pscustomobject] @{ id = $entries[1].id; comments = '#N/A' }, [pscustomobject] @{ id = $entries[2].id; directory_id = 'x'; name = 'B' } | Set-ImpersonationRegistryEntry
        }
        $failed = $run.Errors
        $columns = $failed.TargetObject | ForEach-Object { $_.PSObject.Properties.Name } | Select-Object -Unique
        $failed | ForEach-Object {
            $row = $_.TargetObject | Select-Object (@($columns) + 'Problem')
            $row.Problem = $_.ErrorDetails.Message
            $row
        } | Export-Csv -LiteralPath $file -NoTypeInformation

        $rows = Import-Csv -LiteralPath $file
        $rows[0].comments = 'c'
        $rows[1].directory_id = '7'
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -StrictColumns -ThrottleLimit 1 }
        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @('{"comments":"c"}', '{"directory_id":7,"name":"B"}')
    }

    It 'with a result''s own columns is known, with -StrictColumns' {
        $file = Join-Path $TestDrive 'export.csv'
        Get-ImpersonationRegistryEntry -Id $entries[1].id | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding utf8
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Set-ImpersonationRegistryEntry -SkipUnchanged -StrictColumns }

        $run.Terminating | Should -BeNullOrEmpty
        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
    }
}
