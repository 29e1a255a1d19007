# Get-ImpersonationRegistryEntry: what is asked of the service, and what comes out.

Describe 'Get-ImpersonationRegistryEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # The queries of the requests, without their escapes.
        function Get-SentQuery { Get-SandboxRequest $sandbox | ForEach-Object { [uri]::UnescapeDataString($_.query) } }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'by id' {
        It 'reads one entry with all that the service sent' {
            $entry = Get-ImpersonationRegistryEntry -Id $entries[49].id

            (Get-SandboxRequest $sandbox).path | Should -Be "$registryPath/$($entries[49].id)"
            $entry | Should -BeOfType AclAdmin.Client.Cloudflare.ImpersonationRegistryEntry
            $entry.Id | Should -BeExactly $entries[49].id
            $entry.Name | Should -BeExactly $entries[49].name
            $entry.Email | Should -BeExactly $entries[49].email
            $entry.IsEmailRegex | Should -BeExactly $entries[49].is_email_regex
            $entry.Comments | Should -BeExactly $entries[49].comments
            $entry.Provenance | Should -BeExactly 'SNOOPY-OFFICE_365'
            $entry.IsDirectorySynced | Should -BeTrue
            $entry.DirectoryId | Should -BeExactly 7
            $entry.DirectoryNodeId | Should -BeExactly 100050
            $entry.ExternalDirectoryNodeId | Should -BeExactly $entries[49].external_directory_node_id
            $entry.AccountId | Should -BeExactly $sandbox.account_id
            $entry.CreatedAt.Kind | Should -Be 'Utc'
            $entry.CreatedAt.ToString('yyyy-MM-ddTHH:mm:ss') | Should -BeLike "$($entries[49].created_at.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss'))"
        }

        It 'takes ids by position, by several names and from rows' {
            $given = @(
                Get-ImpersonationRegistryEntry $entries[1].id
                Get-ImpersonationRegistryEntry -display_name_id $entries[2].id
                [pscustomobject] @{ impersonation_registry_id = $entries[3].id } | Get-ImpersonationRegistryEntry
                [pscustomobject] @{ display_name_id = $entries[4].id } | Get-ImpersonationRegistryEntry
                Get-ImpersonationRegistryEntry $entries[5].id | Get-ImpersonationRegistryEntry
            )

            $given.Id | Should -BeExactly $entries[1..5].id
        }

        It 'makes an error of an id that is not there, and goes on' {
            $unknown = '00000000-0000-4000-8000-000000000000'
            $run = Invoke-Recorded { Get-ImpersonationRegistryEntry -Id $unknown, $entries[1].id }

            $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
            $run.Errors[0].TargetObject | Should -BeExactly $unknown
            $run.Output.Id | Should -BeExactly $entries[1].id
        }

        It 'refuses an id that would leave its path' {
            $run = Invoke-Recorded { Get-ImpersonationRegistryEntry -Id '..' }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'as a list' {
        It 'reads everything in the service''s order, in pages of 1,000' {
            (Get-ImpersonationRegistryEntry).Id | Should -BeExactly $entries.id

            Get-SentQuery | Should -BeExactly 'page=1&per_page=1000'
        }

        It 'reads page after page' {
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 2500 }
            $read = Get-ImpersonationRegistryEntry

            $read.Id | Should -BeExactly (Get-SandboxState $sandbox entries | ForEach-Object id)
            Get-SentQuery | Should -BeExactly @('page=1&per_page=1000', 'page=2&per_page=1000', 'page=3&per_page=1000')
        }

        It 'asks for no more than -First' {
            (Get-ImpersonationRegistryEntry -First 3).Id | Should -BeExactly $entries[0..2].id

            Get-SentQuery | Should -BeExactly 'page=1&per_page=3'
        }

        It 'leaves out what -Skip says' {
            (Get-ImpersonationRegistryEntry -Skip 10 -First 2).Id | Should -BeExactly $entries[10, 11].id
            (Get-ImpersonationRegistryEntry -Skip 98).Id | Should -BeExactly $entries[98, 99].id
            Get-ImpersonationRegistryEntry -Skip 100 | Should -BeNullOrEmpty
        }

        It 'asks for nothing with -First 0' {
            Get-ImpersonationRegistryEntry -First 0 | Should -BeNullOrEmpty

            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'counts with -IncludeTotalCount, and says how sure it is' {
            $all = Get-ImpersonationRegistryEntry -IncludeTotalCount -First 2
            $found = Get-ImpersonationRegistryEntry -IncludeTotalCount -First 1 -Search finance

            "$($all[0])" | Should -BeExactly '100'
            $all[0].Accuracy | Should -Be 1
            $all | Should -HaveCount 3
            $found[0].Accuracy | Should -BeLessThan 1
        }

        It 'stops reading when nothing more is wanted' {
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 2500 }
            $null = Get-ImpersonationRegistryEntry | Select-Object -First 1

            Get-SandboxRequest $sandbox | Should -HaveCount 1
        }

        It 'lets the service search and choose' {
            (Get-ImpersonationRegistryEntry -Search 'finance').Id | Should -Contain $entries[0].id
            (Get-ImpersonationRegistryEntry -Provenance snoopy-office_365).Id | Should -BeExactly $entries[49, 99].id

            Get-SentQuery | Should -BeExactly @('page=1&per_page=1000&search=finance', 'page=1&per_page=1000&provenance=SNOOPY-OFFICE_365')
        }

        It 'escapes what it searches for' {
            $null = Get-ImpersonationRegistryEntry -Search "a&per_page=1 Zo`u{eb}#"

            (Get-SandboxRequest $sandbox).query | Should -BeExactly 'page=1&per_page=1000&search=a%26per_page%3D1%20Zo%C3%AB%23'
        }

        It 'lets the service sort: <OrderBy>' -ForEach @(
            @{ OrderBy = 'Name'; Sent = 'name' }, @{ OrderBy = 'email'; Sent = 'email' }, @{ OrderBy = 'CreatedAt'; Sent = 'created_at' }
        ) {
            $up = (Get-ImpersonationRegistryEntry -OrderBy $OrderBy -First 5).Id
            $down = (Get-ImpersonationRegistryEntry -OrderBy $OrderBy -Descending -First 5).Id

            Get-SentQuery | Should -BeExactly @("page=1&per_page=5&order=$Sent&direction=asc", "page=1&per_page=5&order=$Sent&direction=desc")
            $down | Should -Not -Be $up
        }

        It 'refuses a value that the service does not know' {
            { Get-ImpersonationRegistryEntry -OrderBy Colour } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            $run = Invoke-Recorded { Get-ImpersonationRegistryEntry -Provenance nowhere }
            @($run.Errors) + $run.Terminating | Where-Object { $_ } | Should -HaveCount 1
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }
}
