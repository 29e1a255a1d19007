# Remove-ImpersonationRegistryEntry: asks first, lists before it removes, and takes "gone already" as done.

Describe 'Remove-ImpersonationRegistryEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $id = $entries[1].id

        function Get-Removed {
            $left = Get-SandboxState $sandbox entries
            $entries | Where-Object { $left.id -notcontains $_.id }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'asking' {
        It 'removes nothing and fails where nobody can be asked' {
            $printed = Invoke-ChildPowerShell -Connected "Remove-ImpersonationRegistryEntry -Id $id; `$Error.Count"

            $printed | Should -BeLike '*NonInteractive*'
            $printed.Trim() | Should -Not -BeLike '0*'
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'removes nothing and fails in a host that cannot ask' {
            $session = New-Session
            { $session.AddCommand('Remove-ImpersonationRegistryEntry').AddParameter('Id', $id).Invoke() } | Should -Throw
            $session.Dispose()

            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'removes with <Name>, in a host that cannot ask' -ForEach @(
            @{ Name = '-Confirm:$false'; Said = @{ Confirm = $false } }, @{ Name = '-Force'; Said = @{ Force = $true } }
            @{ Name = '-Force -WhatIf:$false'; Said = @{ Force = $true; WhatIf = $false } }
        ) {
            $session = New-Session
            $session.AddCommand('Remove-ImpersonationRegistryEntry').AddParameter('Id', $id).AddParameters($Said).Invoke() | Should -BeNullOrEmpty
            $session.HadErrors | Should -BeFalse
            $session.Dispose()

            $request = Get-SandboxRequest $sandbox
            $request.method | Should -BeExactly 'DELETE'
            $request.path | Should -BeExactly "$registryPath/$id"
            $request.body | Should -BeNullOrEmpty
            (Get-Removed).id | Should -BeExactly $id
        }

        It 'removes nothing with -Force -WhatIf' {
            $session = New-Session
            $null = $session.AddCommand('Remove-ImpersonationRegistryEntry').AddParameter('Id', $id).AddParameter('Force').AddParameter('WhatIf').Invoke()
            $session.Dispose()

            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'removes nothing with -Force where $WhatIfPreference is set' {
            $session = New-Session
            $null = $session.AddScript("`$WhatIfPreference = `$true; Remove-ImpersonationRegistryEntry $id -Force").Invoke()
            $session.Dispose()

            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'asks with -Force -Confirm, so it fails in a host that cannot ask' {
            $session = New-Session
            { $session.AddCommand('Remove-ImpersonationRegistryEntry').AddParameter('Id', $id).AddParameter('Force').AddParameter('Confirm').Invoke() } |
                Should -Throw
            $session.Dispose()

            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'names what it would remove' {
            $printed = Invoke-ChildPowerShell -Connected "Get-ImpersonationRegistryEntry $($entries[0].id) | Remove-ImpersonationRegistryEntry -Force -WhatIf"

            $printed | Should -BeLike "*What if: Performing the operation `"Remove`" on target `"impersonation registry entry $($entries[0].id) (Finance Team)`".*"
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'says with -Force -Verbose what it removes' {
            (Invoke-Recorded { Remove-ImpersonationRegistryEntry $id -Force -Verbose }).Verbose |
                Should -Contain "Performing the operation `"Remove`" on target `"impersonation registry entry $id`"."
        }
    }

    Context 'removing' {
        It 'removes each of several ids' {
            Remove-ImpersonationRegistryEntry -Id $entries[1, 2].id -Force

            (Get-Removed).id | Should -BeExactly $entries[1, 2].id
        }

        It 'takes one that is gone already as done' {
            $run = Invoke-Recorded { 'id', '00000000-0000-4000-8000-000000000000', $id | ConvertFrom-Csv | Remove-ImpersonationRegistryEntry -Force }

            $run.Errors | Should -BeNullOrEmpty
            $run.Terminating | Should -BeNullOrEmpty
            $run.Information | Should -HaveCount 1
            $run.Information[0] | Should -BeLike '2 rows: 1 removed, 1 unchanged, 0 failed, 0 skipped in *(2 requests, 0 repeated)'
        }

        It 'repeats a DELETE whose answer was lost, and counts it as done' {
            Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1 }
            $run = Invoke-Recorded { 'id', $id | ConvertFrom-Csv | Remove-ImpersonationRegistryEntry -Force }

            $run.Errors | Should -BeNullOrEmpty
            (Get-SandboxRequest $sandbox).status | Should -BeExactly @(0, 404)
            (Get-Removed).id | Should -BeExactly $id
            $run.Information[0] | Should -BeLike '1 row: 1 removed, 0 unchanged, 0 failed, 0 skipped in *(2 requests, 1 repeated)'
        }

        It 'refuses an id that would leave its path' {
            $run = Invoke-Recorded { Remove-ImpersonationRegistryEntry '../../user' -Force }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'goes on after a row that fails' {
            Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = $id } }
            $rows = 'id', $id, '', $entries[2].id | ConvertFrom-Csv
            $run = Invoke-Recorded { $rows | Remove-ImpersonationRegistryEntry -Force }

            $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
            $run.Errors[0].TargetObject | Should -Be $rows[0]
            (Get-Removed).id | Should -BeExactly $entries[2].id
        }
    }

    Context 'with rows' {
        It 'takes an exported file, by its ids alone and without a warning' {
            $file = Join-Path $TestDrive 'entries.csv'
            Get-ImpersonationRegistryEntry -First 3 | Export-Csv -LiteralPath $file
            $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Remove-ImpersonationRegistryEntry -Confirm:$false }

            $run.Warnings | Should -BeNullOrEmpty
            (Get-Removed).id | Should -BeExactly $entries[0..2].id
        }

        It 'reports a row without an id, and removes the others' {
            $rows = "id,name`n$id,a`n,b" | ConvertFrom-Csv
            $run = Invoke-Recorded { $rows | Remove-ImpersonationRegistryEntry -Force }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Errors[0].TargetObject | Should -Be $rows[1]
            (Get-Removed).id | Should -BeExactly $id
        }

        It 'refuses a synced entry that it knows, without a request, and removes the others' {
            $run = Invoke-Recorded { Get-ImpersonationRegistryEntry $entries[49].id, $id | Remove-ImpersonationRegistryEntry -Force }

            $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
            (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$id"
        }

        It 'reads its own list to the end before it removes the first' {
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 1050; synced_every = 0 }
            $run = Invoke-Recorded { Get-ImpersonationRegistryEntry | Remove-ImpersonationRegistryEntry -Confirm:$false -ThrottleLimit 16 }

            $run.Errors | Should -BeNullOrEmpty
            Get-SandboxState $sandbox entries | Should -BeNullOrEmpty
            $methods = (Get-SandboxRequest $sandbox).method
            $methods | Should -HaveCount 1052
            $methods[0, 1] | Should -BeExactly @('GET', 'GET')
            $methods[2..1051] | Sort-Object -Unique | Should -BeExactly 'DELETE'
            $run.Information[0] | Should -BeLike '1,050 rows: 1,050 removed, 0 unchanged, 0 failed, 0 skipped in *(1,050 requests, 0 repeated)'
        }
    }
}
