# Naming items by an address or a name, and what previews and removals call them.

Describe 'Items named by a field' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function Get-CountLine { param($Run) ($Run.Information[0] -split ' in ')[0] }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context '-MatchBy' {
        It 'finds each row''s entry by its address, whatever its case, reads once, and does not send the address' {
            $rows = 1..3 | ForEach-Object { [pscustomobject] @{ email = $entries[$_].email.ToUpperInvariant(); comments = "c$_" } }
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -MatchBy Email -ThrottleLimit 1 }

            $run.Errors | Should -BeNullOrEmpty
            $requests = Get-SandboxRequest $sandbox
            $requests.method | Should -BeExactly @('GET', 'PATCH', 'PATCH', 'PATCH')
            $requests[1..3].path | Should -BeExactly (1..3 | ForEach-Object { "$registryPath/$($entries[$_].id)" })
            Get-SentBody | Should -BeExactly @('{"comments":"c1"}', '{"comments":"c2"}', '{"comments":"c3"}')
        }

        It 'takes the value as the id in a call without rows: <Name>' -ForEach @(
            @{ Name = 'Set'; Call = { Set-ImpersonationRegistryEntry $entries[1].email -MatchBy email -Comments x }; Method = 'PATCH' }
            @{ Name = 'Remove'; Call = { Remove-ImpersonationRegistryEntry -Id $entries[1].email -MatchBy Email -Force }; Method = 'DELETE' }
        ) {
            & $Call
            $request = Get-SandboxRequest $sandbox -Write
            "$($request.method) $($request.path)" | Should -BeExactly "$Method $registryPath/$($entries[1].id)"
        }

        It 'finds rows without ids for a removal, by a column that directories use for the name' {
            [pscustomobject] @{ 'Display Name' = $entries[1].name } | Remove-ImpersonationRegistryEntry -MatchBy Name -Force

            (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$($entries[1].id)"
        }

        It 'reads entries by address: from <Name>' -ForEach @(
            @{ Name = 'an argument'; Call = { Get-ImpersonationRegistryEntry $entries[1].email -MatchBy Email } }
            @{ Name = 'rows'; Call = { [pscustomobject] @{ email = $entries[1].email } | Get-ImpersonationRegistryEntry -MatchBy Email } }
            @{ Name = 'texts'; Call = { $entries[1].email | Get-ImpersonationRegistryEntry -MatchBy Email } }
            @{ Name = 'ids'; Call = { [pscustomobject] @{ id = $entries[1].id } | Get-ImpersonationRegistryEntry -MatchBy Id } }
        ) {
            (& $Call).Id | Should -BeExactly $entries[1].id
        }

        It 'keeps the name that identified a rule in its replacement' {
            $rule = $rules | Group-Object name | Where-Object Count -eq 1 | Select-Object -First 1 -ExpandProperty Group
            [pscustomobject] @{ name = "$($rule.name)".ToUpperInvariant(); entries = '1'; field = 'to'; operation = 'exact'; quantifier = 'any' } |
                Set-AccessControlRule -MatchBy Name

            (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly 'PUT'
            (Get-SentBody | ConvertFrom-Json).name | Should -BeExactly $rule.name
        }

        It 'is an error of the row where no or several items match, and the others go on' {
            $name = $rules | Group-Object name | Where-Object Count -gt 1 | Select-Object -First 1
            $rows = [pscustomobject] @{ name = $name.Name; quantifier = 'none' }, [pscustomobject] @{ name = 'nobody'; quantifier = 'none' },
                [pscustomobject] @{ name = ''; quantifier = 'none' }
            $run = Invoke-Recorded { $rows | Update-AccessControlRule -MatchBy Name }

            $run.Errors | Get-ErrorId | Should -BeExactly @('ValidationFailed', 'NotFound', 'ValidationFailed')
            $run.Errors[0].ErrorDetails.Message | Should -BeLike "*$($name.Group[0].rule_sid)*$($name.Group[1].rule_sid)*"
            $run.Errors[1].TargetObject | Should -Be $rows[1]
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'refuses a row whose id is another item''s' {
            $run = Invoke-Recorded {
                [pscustomobject] @{ id = $entries[2].id; email = $entries[1].email; comments = 'c' } | Set-ImpersonationRegistryEntry -MatchBy Email
            }
            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'ends the call for <Name>' -ForEach @(
            @{ Name = 'a field that identifies nothing'; Call = { Set-ImpersonationRegistryEntry x -MatchBy Comments -Name n }; Part = '*allowed: Email, Name, Id*' }
            @{ Name = 'a rule by address'; Call = { Remove-AccessControlRule x -MatchBy Email -Force }; Part = '*allowed: Name, Id*' }
            @{ Name = 'a new value for what identifies'; Call = { Set-ImpersonationRegistryEntry x -MatchBy Email -Email a@example.com }; Part = '*contradict*' }
        ) {
            $Call | Should -Throw $Part
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'offers what each list can be matched by' {
            $offered = (TabExpansion2 'Remove-AccessControlRule -MatchBy ').CompletionMatches.CompletionText
            $offered | Should -BeExactly @('Name', 'Id')
        }
    }

    Context 'removals' {
        It 'warns of an id that the service does not have, and not of one that the run has removed' {
            $rows = 'id', '00000000-0000-4000-8000-000000000000', $entries[1].id, $entries[1].id | ConvertFrom-Csv
            $run = Invoke-Recorded { $rows | Remove-ImpersonationRegistryEntry -Force -ThrottleLimit 1 }

            $run.Warnings | Should -BeExactly @(
                'impersonation registry entry 00000000-0000-4000-8000-000000000000: the service does not have it, so nothing is removed. Check the id.')
            Get-CountLine $run | Should -BeExactly '3 rows: 1 removed, 2 unchanged, 0 failed, 0 skipped'
        }

        It 'stays silent where a repeat finds the item gone' {
            Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1 }
            (Invoke-Recorded { Remove-ImpersonationRegistryEntry $entries[1].id -Force }).Warnings | Should -BeNullOrEmpty
        }

        It 'warns the same under -WhatIf, and counts the same' {
            $rows = 'id', '00000000-0000-4000-8000-000000000000', $entries[0].id | ConvertFrom-Csv
            $run = Invoke-Recorded { $rows | Remove-ImpersonationRegistryEntry -WhatIf }

            $run.Warnings | Should -HaveCount 1
            Get-CountLine $run | Should -BeExactly '2 rows: 1 would change, 1 unchanged, 0 failed'
        }
    }

    Context 'previews' {
        It 'name items by their present names, never by the new one, with one request each' {
            $printed = Invoke-ChildPowerShell -Connected (
                "Set-ImpersonationRegistryEntry $($entries[0].id) -Name Renamed -WhatIf; Remove-ImpersonationRegistryEntry $($entries[0].id) -WhatIf; " +
                "Set-AccessControlRule $($rules[1].rule_sid) -Name R -Entries 1 -Field to -Operation exact -Quantifier any -WhatIf")

            $printed | Should -BeLike "*`"Update name`" on target `"impersonation registry entry $($entries[0].id) (Finance Team)`": name `"Finance Team`" -> `"Renamed`"*"
            $printed | Should -BeLike "*`"Remove`" on target `"impersonation registry entry $($entries[0].id) (Finance Team)`"*"
            $printed | Should -BeLike "*`"Replace *`" on target `"access control rule $($rules[1].rule_sid) ($($rules[1].name))`"*"
            $printed | Should -Not -BeLike '*(Renamed)*'
            (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'GET', 'GET')
        }

        It 'read the list once for rows' {
            $null = Invoke-Recorded { $entries[1..20] | Select-Object id, @{ n = 'comments'; e = { 'new' } } | Set-ImpersonationRegistryEntry -WhatIf }
            Get-SandboxRequest $sandbox | Should -HaveCount 1
        }

        It 'report an id that the service does not have, and a read-only rule, as the real run does' {
            $readOnly = $rules | Where-Object read_only | Select-Object -First 1
            $rows = [pscustomobject] @{ sid = $readOnly.rule_sid; name = 'n' }, [pscustomobject] @{ sid = '00000000-0000-4000-8000-000000000000'; name = 'n' }
            $preview = Invoke-Recorded { $rows | Update-AccessControlRule -WhatIf }
            $real = Invoke-Recorded { $rows | Update-AccessControlRule }

            $preview.Errors | Get-ErrorId | Should -BeExactly @('ReadOnlyRule', 'NotFound')
            $real.Errors | Get-ErrorId | Should -BeExactly @('ReadOnlyRule', 'NotFound')
        }

        It 'count edits of entries as the real run does' {
            $sid = @($rules | Where-Object { -not $_.read_only })[0..3].rule_sid
            $present = @($rules | Where-Object rule_sid -EQ $sid[1])[0].entries
            $rows = [pscustomobject] @{ sid = $sid[0]; add_entry = '19001' }, [pscustomobject] @{ sid = $sid[1]; add_entry = $present[0] },
                [pscustomobject] @{ sid = $sid[2]; add_entry = '' }, [pscustomobject] @{ sid = $sid[0]; add_entry = '' },
                [pscustomobject] @{ sid = $sid[3]; remove_entry = '99999999' }
            $preview = Invoke-Recorded { $rows | Update-AccessControlRule -WhatIf }
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
            $real = Invoke-Recorded { $rows | Update-AccessControlRule }

            Get-CountLine $preview | Should -BeExactly '5 rows: 1 would change, 4 unchanged, 0 failed'
            Get-CountLine $real | Should -BeExactly '5 rows: 1 changed, 4 unchanged, 0 failed, 0 skipped'
        }
    }
}
