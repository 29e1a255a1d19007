# A CSV on its way through: what a cell means, and that every row ends somewhere.

Describe 'A CSV piped to Set-ImpersonationRegistryEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # Writes lines as a CSV file, with @1 standing for the id of the second entry, and reads it back as a person would.
        function Import-Line {
            param([string[]] $Line)
            $file = Join-Path $TestDrive 'rows.csv'
            $Line | ForEach-Object { [regex]::Replace($_, '@(\d+)', { param($found) $entries[[int] $found.Groups[1].Value].id }) } | Set-Content -LiteralPath $file -Encoding utf8
            Import-Csv -LiteralPath $file
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'what a cell means' {
        It 'sends for each row what that row says and nothing that another one said' {
            Import-Line 'id,name,comments', '@1,Name A,hello', '@2,Name B,', '@3,,', '@4,Name D' | Set-ImpersonationRegistryEntry -ThrottleLimit 1

            Get-SentBody | Should -BeExactly @('{"name":"Name A","comments":"hello"}', '{"name":"Name B"}', '{"name":"Name D"}')
            (Get-SandboxRequest $sandbox).path | Should -Be ($entries[1, 2, 4].id | ForEach-Object { "$registryPath/$_" })
        }

        It 'leaves a bad cell''s row out, with the row itself as the error''s target' {
            $rows = Import-Line 'id,comments,is_email_regex', '@1,one,true', '@2,two,maybe', '@3,three,', '@4,,no'
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }

            $run.Errors | Should -HaveCount 1
            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            $run.Errors[0].CategoryInfo.Category | Should -Be 'InvalidData'
            [object]::ReferenceEquals($run.Errors[0].TargetObject, $rows[1]) | Should -BeTrue
            $run.Errors[0].ErrorDetails.Message | Should -BeExactly (
                "Row 2: column 'is_email_regex' is 'maybe'; allowed: true, false, yes, no, 1 or 0. Nothing was sent for this row.")
            Get-SentBody | Should -BeExactly @('{"comments":"one","is_email_regex":true}', '{"comments":"three"}', '{"is_email_regex":false}')
        }

        It 'reads <Cell> in is_email_regex as <Json>' -ForEach @(
            @{ Cell = 'true'; Json = 'true' }, @{ Cell = 'False'; Json = 'false' }, @{ Cell = 'YES'; Json = 'true' }
            @{ Cell = 'no'; Json = 'false' }, @{ Cell = '1'; Json = 'true' }, @{ Cell = '0'; Json = 'false' }
        ) {
            Import-Line 'id,is_email_regex', "@1,$Cell" | Set-ImpersonationRegistryEntry

            Get-SentBody | Should -BeExactly "{`"is_email_regex`":$Json}"
        }

        It 'names every bad cell of a row' {
            $run = Invoke-Recorded { Import-Line 'id,is_email_regex,directory_id,provenance', '@1,maybe,1.5,nowhere' | Set-ImpersonationRegistryEntry }

            $run.Errors | Should -HaveCount 1
            $run.Errors[0].ErrorDetails.Message | Should -BeLike (
                "*'is_email_regex' is 'maybe'*'directory_id' is '1.5'; allowed: a whole number*'provenance' is 'nowhere'; allowed: one of A1S_INTERNAL*")
        }

        It 'keeps quotes, line ends and letters of every script as they are' {
            $text = "Zo`u{eb} `u{2014} `u{540d}`u{524d} `u{2615}"
            Import-Line 'id,comments', "@1,`"say `"`"hi`"`",`n$text`"" | Set-ImpersonationRegistryEntry

            (Get-SentBody | ConvertFrom-Json).comments | Should -BeExactly "say `"hi`",`n$text"
        }

        It 'says of a row that says nothing that it is unchanged, and sends nothing' {
            $run = Invoke-Recorded { Import-Line 'id,comments', '@1,' | Set-ImpersonationRegistryEntry -Verbose }

            $run.Verbose | Should -BeLike "Row 1 *impersonation registry entry $($entries[1].id): unchanged."
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'makes an error of a row without an id' {
            $rows = Import-Line 'comments,id', 'short', 'empty,', 'kept,@1'
            $run = Invoke-Recorded { $rows + [pscustomobject] @{ comments = 'columnless' } | Set-ImpersonationRegistryEntry }

            $run.Errors.TargetObject.comments | Should -Be @('short', 'empty', 'columnless')
            $run.Errors | Get-ErrorId | Should -BeExactly @('ValidationFailed', 'ValidationFailed', 'ValidationFailed')
            $run.Errors.ErrorDetails.Message | Should -BeLike 'Row [124]: No impersonation registry entry is specified*'
            Get-SentBody | Should -BeExactly '{"comments":"kept"}'
        }

        It 'makes an error of a row whose columns contradict each other' {
            $run = Invoke-Recorded {
                Import-Line 'id,is_email_regex,IsEmailRegex', '@1,true,false', '@2,true,yes' | Set-ImpersonationRegistryEntry
            }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1:*column 'IsEmailRegex' specifies another value*"
            Get-SentBody | Should -BeExactly '{"is_email_regex":true}'
        }

        It 'makes an error of two columns of which one sets and one clears, in either order' {
            $run = Invoke-Recorded {
                Import-Line 'id,directory_id,DirectoryId', '@1,5,', '@2,,5' | Set-ImpersonationRegistryEntry -EmptyValue Clear
            }

            $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell')
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'clearing' {
        It 'clears what is empty with -EmptyValue Clear, also where a short row ends early' {
            Import-Line 'id,name,comments', '@1,Name A,', '@2,Name B' | Set-ImpersonationRegistryEntry -EmptyValue Clear -ThrottleLimit 1

            Get-SentBody | Should -BeExactly @('{"name":"Name A","comments":null}', '{"name":"Name B","comments":null}')
        }

        It 'makes an error of an empty cell that cannot be cleared' {
            $run = Invoke-Recorded { Import-Line 'id,name,comments', '@1,,x', '@2,Name B,y' | Set-ImpersonationRegistryEntry -EmptyValue Clear }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1: column 'name' is empty, and name cannot be cleared*"
            Get-SentBody | Should -BeExactly '{"name":"Name B","comments":"y"}'
        }

        It 'clears on every row what -Clear names, by <Name>' -ForEach @(@{ Name = 'DirectoryId' }, @{ Name = 'directory_id' }) {
            Import-Line 'id,comments', '@1,one', '@2,' | Set-ImpersonationRegistryEntry -Clear $Name -ThrottleLimit 1

            Get-SentBody | Should -BeExactly @('{"directory_id":null,"comments":"one"}', '{"directory_id":null}')
        }

        It 'puts -Clear before a column of the same field' {
            Import-Line 'id,comments', '@1,one' | Set-ImpersonationRegistryEntry -Clear Comments

            Get-SentBody | Should -BeExactly '{"comments":null}'
        }

        It 'ends for -Clear together with a value for the same field' {
            $run = Invoke-Recorded { Import-Line 'id', '@1' | Set-ImpersonationRegistryEntry -Clear comments -Comments 'x' }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Terminating.Exception.Message | Should -BeLike '*-Clear comments and a value for comments contradict each other*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'ends for -Clear of <Name>' -ForEach @(@{ Name = 'Name'; Part = '*does not take null*' }, @{ Name = 'nonsense'; Part = '*there is no such field*' }) {
            $run = Invoke-Recorded { Import-Line 'id', '@1' | Set-ImpersonationRegistryEntry -Clear $Name }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Terminating.Exception.Message | Should -BeLike $Part
            $run.Terminating.ErrorDetails.RecommendedAction | Should -BeExactly (
                'These can be cleared: Comments, DirectoryId, DirectoryNodeId, ExternalDirectoryNodeId, Provenance.')
        }
    }

    Context 'lists' {
        It 'splits a list cell at <Separator>, or reads it as JSON' -ForEach @(
            @{ Separator = ';'; Cells = '1800;1615', '"[""18;00"",""1,615""]"'; Bodies = '["1800","1615"]', '["18;00","1,615"]' }
            @{ Separator = '|'; Cells = '1800| 1615 ', '18;00'; Bodies = '["1800","1615"]', '["18;00"]' }
        ) {
            $lines = @('rule_sid,entries') + ($Cells | ForEach-Object { "$($rules[1].rule_sid),$_" })
            $option = if ($Separator -eq ';') { @{} } else { @{ ListSeparator = $Separator } }
            Import-Line $lines | Update-AccessControlRule -ThrottleLimit 1 @option

            Get-SentBody | Should -BeExactly ($Bodies | ForEach-Object { "{`"entries`":$_}" })
        }

        It 'makes an error of the list cell <Cell>' -ForEach @(
            @{ Cell = '1800;;1615' }, @{ Cell = '"[""1800"","' }, @{ Cell = '[]' }, @{ Cell = '[1800]' }, @{ Cell = '"[""""]"' }
        ) {
            $run = Invoke-Recorded { Import-Line 'rule_sid,entries', "$($rules[1].rule_sid),$Cell" | Update-AccessControlRule }

            $run.Errors | Should -HaveCount 1
            $run.Errors | Get-ErrorId | Should -BeIn 'InvalidCell', 'ValidationFailed'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }
}

Describe 'The account of rows' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'warns once of a column that matches nothing, with the nearest name' {
        $rows = $entries[1, 2] | ForEach-Object { [pscustomobject] @{ id = $_.id; comment = 'x'; zzz = 1; comments = 'c' } }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry }

        $run.Warnings | Should -BeExactly @(
            "Column 'comment' matches no parameter, so nothing is sent for it. Did you mean 'comments'?"
            "Column 'zzz' matches no parameter, so nothing is sent for it.")
        Get-SentBody | Should -BeExactly @('{"comments":"c"}', '{"comments":"c"}')
    }

    It 'sends no request that writes for 1,000 rows under -WhatIf' {
        $rows = foreach ($index in 0..999) { [pscustomobject] @{ id = $entries[$index % 49].id; comments = "c$index" } }
        # In a session without a host, as its thousand lines would go there.
        $session = New-Session
        $written = $session.AddCommand('Set-ImpersonationRegistryEntry').AddParameter('WhatIf').AddParameter('PassThru').Invoke($rows)

        $written | Should -BeNullOrEmpty
        $session.HadErrors | Should -BeFalse
        $session.Dispose()
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'ends every row as changed or as failed' {
        $rows = foreach ($index in 0..199) {
            $row = [pscustomobject] @{ id = $entries[$index % 49].id; comments = "c$index"; is_email_regex = '' }
            switch ($index % 20) {
                3 { $row.is_email_regex = 'maybe' }
                7 { $row.id = '00000000-0000-4000-8000-000000000000' }
                11 { $row.id = $entries[49].id }
                15 { $row.id = 'not/an/id' }
            }
            $row
        }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 8 }

        $run.Output.Count + $run.Errors.Count | Should -Be 200
        $run.Errors | Get-ErrorId | Group-Object -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" } |
            Should -BeExactly @('DirectorySyncedEntry 10', 'InvalidCell 10', 'NotFound 10', 'ValidationFailed 10')
        Compare-Object $run.Errors.TargetObject ($rows | Where-Object { [array]::IndexOf($rows, $_) % 20 -in 3, 7, 11, 15 }) | Should -BeNullOrEmpty
    }

    It 'gives a retry list that does the rest once it is corrected' {
        $rows = foreach ($index in 1..5) { [pscustomobject] @{ id = $entries[$index].id; comments = "c$index"; is_email_regex = ('', 'maybe')[$index -eq 3] } }
        $rows | Set-ImpersonationRegistryEntry -ErrorVariable failed -ErrorAction SilentlyContinue
        $retry = Join-Path $TestDrive 'retry.csv'
        $failed.TargetObject | Export-Csv -LiteralPath $retry

        Get-Content -LiteralPath $retry | Should -BeExactly @('"id","comments","is_email_regex"', "`"$($entries[3].id)`",`"c3`",`"maybe`"")
        (Get-Content -LiteralPath $retry) -replace 'maybe', 'no' | ConvertFrom-Csv | Set-ImpersonationRegistryEntry
        (Get-SentBody)[-1] | Should -BeExactly '{"comments":"c3","is_email_regex":false}'
        @(Get-SandboxState $sandbox entries)[1..5].comments | Should -BeExactly @('c1', 'c2', 'c3', 'c4', 'c5')
    }

    It 'takes an export back: what is only read is passed over without a warning' {
        $export = Get-ImpersonationRegistryEntry -First 2 | ConvertTo-Csv
        $run = Invoke-Recorded { $export | ConvertFrom-Csv | Select-Object -Skip 1 | Set-ImpersonationRegistryEntry -PassThru }

        $run.Warnings | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
        $run.Output[0].ToJson() -replace '"(last_modified|modified_at)":"[^"]*"' | Should -BeExactly (
            (ConvertTo-Json -Compress -InputObject $entries[1]) -replace '"(last_modified|modified_at)":"[^"]*"')
    }
}
