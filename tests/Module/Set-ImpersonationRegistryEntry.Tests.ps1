# Set-ImpersonationRegistryEntry: what is said reaches the service, and nothing else does.

Describe 'Set-ImpersonationRegistryEntry' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'with arguments' {
        It 'sends one PATCH to the entry, with the token and nothing but the field that was said' {
            Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'hello'

            $request = Get-SandboxRequest $sandbox
            $request.method | Should -Be 'PATCH'
            $request.path | Should -Be "$registryPath/$($entries[1].id)"
            $request.query | Should -BeNullOrEmpty
            $request.body | Should -BeExactly '{"comments":"hello"}'
            $request.headers.authorization | Should -BeExactly 'Bearer sandbox-cloudflare-token'
            $request.headers.'content-type' | Should -BeLike 'application/json*'
        }

        It 'sends each of the eight editable fields with its own JSON type' {
            $fields = @{
                Comments = 'c'; DirectoryId = 0; DirectoryNodeId = 12; Email = 'a@example.com'; ExternalDirectoryNodeId = 'x'
                IsEmailRegex = $false; Name = "`u{c4}nne `"Q`""; Provenance = 'a1s_internal'
            }
            Set-ImpersonationRegistryEntry -Id $entries[1].id @fields -WarningAction SilentlyContinue

            Get-SentBody | Should -BeExactly ('{"comments":"c","directory_id":0,"directory_node_id":12,"email":"a@example.com",' +
                "`"external_directory_node_id`":`"x`",`"is_email_regex`":false,`"name`":`"`u{c4}nne \`"Q\`"`",`"provenance`":`"A1S_INTERNAL`"}")
        }

        It 'takes the service''s own field names as parameter names' {
            Set-ImpersonationRegistryEntry -impersonation_registry_id $entries[1].id -is_email_regex $true -directory_id 1 -directory_node_id 2

            Get-SentBody | Should -BeExactly '{"directory_id":1,"directory_node_id":2,"is_email_regex":true}'
        }

        It 'reads a boolean argument in words' {
            Set-ImpersonationRegistryEntry -Id $entries[1].id -IsEmailRegex yes

            Get-SentBody | Should -BeExactly '{"is_email_regex":true}'
        }

        It 'sets the empty text for an empty argument and clears for $null' {
            Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments ''
            Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments $null

            Get-SentBody | Should -BeExactly @('{"comments":""}', '{"comments":null}')
        }

        It 'sends one PATCH for each of several ids' {
            Set-ImpersonationRegistryEntry -Id $entries[1, 2].id -Comments 'both' -ThrottleLimit 1

            (Get-SandboxRequest $sandbox).path | Should -Be @("$registryPath/$($entries[1].id)", "$registryPath/$($entries[2].id)")
            Get-SentBody | Should -BeExactly @('{"comments":"both"}', '{"comments":"both"}')
        }

        It 'refuses <Name> and sends nothing' -ForEach @(
            @{ Name = 'a name of 1,025 characters'; Said = @{ Name = 'n' * 1025 }; Part = '*name is 1,025 characters long; at most 1,024*' }
            @{ Name = 'null where the service takes none'; Said = @{ Email = $null }; Part = '*email cannot be cleared*' }
            @{ Name = 'an id that would leave its path'; Said = @{ Id = '../../user'; Comments = 'c' }; Part = "*'../../user' cannot be an id*" }
            @{ Name = 'an account that would leave its path'; Said = @{ AccountId = '../x'; Comments = 'c' }; Part = "*'../x' cannot be an id*" }
        ) {
            $arguments = @{ Id = $entries[1].id }
            foreach ($key in $Said.Keys) { $arguments[$key] = $Said[$key] }
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry @arguments }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike $Part
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'ends for an argument that is none of the allowed values' {
            { Set-ImpersonationRegistryEntry -Id $entries[1].id -Provenance nowhere } | Should -Throw "-Provenance is 'nowhere'; allowed: one of A1S_INTERNAL,*"
            { Set-ImpersonationRegistryEntry -Id $entries[1].id -IsEmailRegex maybe } | Should -Throw -ErrorId 'CannotConvertArgument,*'
            { Set-ImpersonationRegistryEntry -Id $entries[1].id -DirectoryId 1.5 } | Should -Throw -ErrorId 'CannotConvertArgument*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'warns of a deprecated field, once' {
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1, 2].id -ExternalDirectoryNodeId 'x' }

            $run.Warnings | Should -HaveCount 1
            $run.Warnings[0] | Should -BeLike '*deprecated external_directory_node_id*'
        }

        It 'goes to the account that is named, and says what the service needs when it is not allowed there' {
            $other = '0123456789abcdef0123456789abcdef'
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' -AccountId $other }

            (Get-SandboxRequest $sandbox).path | Should -BeLike "*/accounts/$other/email-security/*"
            $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
            $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*Cloud Email Security: Write*'
        }
    }

    Context 'with entries piped in' {
        It 'takes nothing but the identity from a typed entry' {
            Get-ImpersonationRegistryEntry -First 2 | Set-ImpersonationRegistryEntry -Comments 'new'

            Get-SandboxRequest $sandbox -Write | ForEach-Object path | Sort-Object |
                Should -Be ($entries[0, 1].id | ForEach-Object { "$registryPath/$_" } | Sort-Object)
            Get-SentBody | Should -BeExactly @('{"comments":"new"}', '{"comments":"new"}')
        }

        It 'sends a typed entry to the account that it was read from' {
            Get-ImpersonationRegistryEntry -Id $entries[1].id | ForEach-Object {
                $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
                Connect-CloudflareAccount -AccountId other -ApiToken $token -BaseUri $sandbox.cloudflare
                $_
            } | Set-ImpersonationRegistryEntry -Comments 'new'

            (Get-SandboxRequest $sandbox -Write).path | Should -Be "$registryPath/$($entries[1].id)"
        }

        It 'refuses a directory-synced entry without a request, and goes on with the next' {
            $synced = Get-ImpersonationRegistryEntry -Id $entries[49].id
            $run = Invoke-Recorded { $synced, (Get-ImpersonationRegistryEntry -Id $entries[1].id) | Set-ImpersonationRegistryEntry -Comments 'new' }

            $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
            $run.Errors[0].TargetObject | Should -Be $synced
            (Get-SandboxRequest $sandbox -Write).path | Should -Be "$registryPath/$($entries[1].id)"
        }

        It 'refuses a rule' {
            $run = Invoke-Recorded { Get-AccessControlRule -RuleSid $rules[1].rule_sid | Set-ImpersonationRegistryEntry -Comments 'new' }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }
    }

    Context 'asking and telling' {
        It 'names the fields and the person in what it asks' {
            $run = Invoke-Recorded {
                Get-ImpersonationRegistryEntry -Id $entries[0].id | Set-ImpersonationRegistryEntry -Comments 'c' -IsEmailRegex $true -Verbose
            }

            $run.Verbose | Should -Contain ('Performing the operation "Update comments, is_email_regex" on target ' +
                "`"impersonation registry entry $($entries[0].id) (Finance Team)`".")
        }

        It 'shows the old and the new values under -WhatIf, and sends nothing' {
            $printed = Invoke-ChildPowerShell -Connected ("Get-ImpersonationRegistryEntry -Id $($entries[0].id) | " +
                'Set-ImpersonationRegistryEntry -Comments c -IsEmailRegex $true -WhatIf')

            $printed | Should -BeLike ('*What if: Performing the operation "Update comments, is_email_regex" on target ' +
                "`"impersonation registry entry $($entries[0].id) (Finance Team)`": comments `"Board member`" -> `"c`"; is_email_regex false -> true*")
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'writes nothing without -PassThru, and the entry as it is now with it' {
            Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'first' | Should -BeNullOrEmpty
            $changed = Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'second' -PassThru

            $changed | Should -BeOfType AclAdmin.Client.Cloudflare.ImpersonationRegistryEntry
            $changed.Id | Should -Be $entries[1].id
            $changed.Comments | Should -BeExactly 'second'
            $changed.Name | Should -BeExactly $entries[1].name
            $changed.ModifiedAt.Kind | Should -Be 'Utc'
        }

        It 'says with -Verbose what was sent and what was answered' {
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' -Verbose }

            $account = $sandbox.account_id
            $run.Verbose -match
                "^PATCH accounts/$account/email-security/settings/impersonation_registry/$($entries[1].id) \{`"comments`":`"c`"\}: 200 in \d+ ms$" |
                Should -HaveCount 1
        }

        It 'shows with -Debug the whole exchange but the credential' {
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' -Debug }

            $run.Debug | Should -HaveCount 1
            $run.Debug[0] | Should -BeLike "PATCH $($sandbox.cloudflare)/accounts/*Authorization: `*`*`*`*`*`*`*`**{`"comments`":`"c`"}*200 OK*cf-ray: *"
        }
    }

    Context 'many at a time' {
        It 'gives outcomes back in the order of the rows, whichever answer comes first' {
            Add-SandboxFault $sandbox @{ kind = 'slow'; seconds = 0.1; every = 3 }
            $rows = $entries[0..29] | ForEach-Object { [pscustomobject] @{ id = $_.id; comments = 'c' } }
            $changed = $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 8 -PassThru

            $changed.Id | Should -BeExactly $rows.id
        }

        It 'keeps the order of changes to the same entry' {
            Add-SandboxFault $sandbox @{ kind = 'slow'; seconds = 0.1; every = 2 }
            $bodies = 1..6 | ForEach-Object { [pscustomobject] @{ id = $entries[1].id; comments = "c$_" } }
            $bodies | Set-ImpersonationRegistryEntry -ThrottleLimit 8

            Get-SentBody | Should -BeExactly (1..6 | ForEach-Object { "{`"comments`":`"c$_`"}" })
        }

        It 'sends one after the other with -ThrottleLimit 1' {
            Set-SandboxSetting $sandbox @{ latency_ms = 50 }
            $entries[0..7] | ForEach-Object { [pscustomobject] @{ id = $_.id; comments = 'c' } } | Set-ImpersonationRegistryEntry -ThrottleLimit 1

            (Get-SandboxRequest $sandbox).path | Should -Be ($entries[0..7].id | ForEach-Object { "$registryPath/$_" })
        }
    }
}
