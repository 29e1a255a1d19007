# New-ImpersonationRegistryEntry: each row makes one entry, and never two. What it does about entries that are there already is in New-IfExists.Tests.ps1.

Describe 'New-ImpersonationRegistryEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # What the service has now and did not have at the start.
        function Get-NewEntry {
            Get-SandboxState $sandbox entries | Where-Object { $entries.id -notcontains $_.id }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'with arguments' {
        It 'reads the list once and sends one POST to the account''s registry, and says that the address is no expression where nothing else was said' {
            $null = New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com'

            $look, $request = Get-SandboxRequest $sandbox
            $look.method | Should -BeExactly 'GET'
            $look.path | Should -BeExactly $registryPath
            $look.query | Should -BeExactly 'page=1&per_page=1000'
            @($request) | Should -HaveCount 1
            $request.method | Should -BeExactly 'POST'
            $request.path | Should -BeExactly $registryPath
            $request.query | Should -BeNullOrEmpty
            $request.body | Should -BeExactly '{"email":"ann@example.com","name":"Ann","is_email_regex":false}'
            (Get-NewEntry).name | Should -BeExactly 'Ann'
        }

        It 'sends every field that was said with its own JSON type' {
            $null = New-ImpersonationRegistryEntry -Name 'Ann' -Email '^ann@' -IsEmailRegex yes -Comments '' -DirectoryId 1 -DirectoryNodeId 2 -Provenance a1s_internal

            Get-SentBody | Should -BeExactly ('{"comments":"","directory_id":1,"directory_node_id":2,"email":"^ann@","is_email_regex":true,' +
                '"name":"Ann","provenance":"A1S_INTERNAL"}')
        }

        It 'writes the new entry, <Name>' -ForEach @(@{ Name = 'without -PassThru'; Other = @{} }, @{ Name = 'and once with -PassThru'; Other = @{ PassThru = $true } }) {
            $made = New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' @Other

            @($made) | Should -HaveCount 1
            $made | Should -BeOfType AclAdmin.Client.Cloudflare.ImpersonationRegistryEntry
            $made.Id | Should -BeExactly (Get-NewEntry).id
            $made.IsEmailRegex | Should -BeFalse
        }

        It 'refuses <Name> without a request' -ForEach @(
            @{ Name = 'an entry without an address'; Said = @{ Name = 'Ann' }; Part = '*email is missing*' }
            @{ Name = 'an entry without a name'; Said = @{ Email = 'ann@example.com' }; Part = '*name is missing*' }
            @{ Name = 'an entry of which nothing is said'; Said = @{}; Part = '*email is missing*name is missing*' }
            @{ Name = 'an address without a domain'; Said = @{ Name = 'Ann'; Email = 'ann' }; Part = "*email 'ann' cannot be an address*" }
            @{ Name = 'an address with a gap'; Said = @{ Name = 'Ann'; Email = 'an n@example.com' }; Part = '*cannot be an address*' }
            @{ Name = 'one bad address of two'; Said = @{ Name = 'Ann'; Email = 'ann@example.com, b@' }; Part = '*cannot be an address*' }
            @{ Name = 'a name of 1,025 characters'; Said = @{ Name = 'n' * 1025; Email = 'ann@example.com' }; Part = '*1,025 characters long*' }
            @{ Name = 'null for a name'; Said = @{ Name = $null; Email = 'ann@example.com' }; Part = '*name cannot be cleared*' }
        ) {
            $run = Invoke-Recorded { New-ImpersonationRegistryEntry @Said }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike $Part
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'takes several addresses between commas' {
            $null = New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com, ann@example.net'

            (Get-NewEntry).email | Should -BeExactly 'ann@example.com, ann@example.net'
        }

        It 'warns of an expression that does not compile here, and sends it' {
            $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email '^a++@example\.com$' -IsEmailRegex $true }

            $run.Warnings | Should -HaveCount 1
            $run.Warnings[0] | Should -BeLike "*email '^a++@example\.com$' may not be a regular expression*Java's dialect*sent as it is."
            $run.Errors | Should -BeNullOrEmpty
            (Get-NewEntry).email | Should -BeExactly '^a++@example\.com$'
        }

        It 'does not warn of an expression that compiles' {
            (Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email '^ann@' -IsEmailRegex $true }).Warnings | Should -BeNullOrEmpty
        }

        It 'writes nothing to the service under -WhatIf, and says what it would do' {
            $printed = Invoke-ChildPowerShell -Connected 'New-ImpersonationRegistryEntry -Name Ann -Email ann@example.com -WhatIf'

            $printed | Should -BeLike ('*What if: Performing the operation "Create email, name, is_email_regex" on target ' +
                '"impersonation registry entry Ann": email null -> "ann@example.com"; name null -> "Ann"; *')
            (Get-SandboxRequest $sandbox).method | Should -BeExactly 'GET'
        }
    }

    Context 'with rows' {
        It 'takes the columns of the dashboard''s own export: <Header>' -ForEach @(
            @{ Header = 'Display_Name,Email' }, @{ Header = '"Display Name","Email"' }, @{ Header = 'name,email' }, @{ Header = 'NAME,EMAIL' }
        ) {
            $run = Invoke-Recorded { "$Header`nAnn,ann@example.com`n`"O'Brien, Bo`",bo@example.com" | ConvertFrom-Csv | New-ImpersonationRegistryEntry -ThrottleLimit 1 }

            Get-SentBody | Should -BeExactly @(
                '{"name":"Ann","email":"ann@example.com","is_email_regex":false}'
                '{"name":"O''Brien, Bo","email":"bo@example.com","is_email_regex":false}')
            $run.Warnings | Should -BeNullOrEmpty
        }

        It 'reads a file, and the strict cells of it' {
            $file = Join-Path $TestDrive 'new.csv'
            "Display_Name,Email,is_email_regex,comments`nAnn,^ann@,yes,`nBo,bo@example.com,no,note" | Set-Content -LiteralPath $file
            $null = Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry -ThrottleLimit 1

            Get-SentBody | Should -BeExactly @(
                '{"name":"Ann","email":"^ann@","is_email_regex":true}'
                '{"name":"Bo","email":"bo@example.com","is_email_regex":false,"comments":"note"}')
        }

        It 'reports a bad row with its number, and makes the others' {
            $rows = "name,email,is_email_regex`nAnn,ann@example.com,`nBo,bo@example.com,maybe`nCy,,`nDi,di@example.com," | ConvertFrom-Csv
            $run = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'ValidationFailed')
            $run.Errors.TargetObject | Should -Be @($rows[1], $rows[2])
            $run.Errors[1].ErrorDetails.Message | Should -BeLike 'Row 3: *email is missing*'
            $run.Output.Name | Should -BeExactly @('Ann', 'Di')
            (Get-NewEntry).name | Sort-Object | Should -BeExactly @('Ann', 'Di')
        }

        It 'says nothing of a row twice: each has its own values only' {
            $null = "name,email,comments`nAnn,ann@example.com,note`nBo,bo@example.com," | ConvertFrom-Csv | New-ImpersonationRegistryEntry -ThrottleLimit 1

            @(Get-SentBody)[1] | Should -BeExactly '{"name":"Bo","email":"bo@example.com","is_email_regex":false}'
        }

        It 'makes one entry of two identical rows, and two with -IfExists Create' {
            $rows = "name,email`nAnn,ann@example.com`nAnn,ann@example.com" | ConvertFrom-Csv
            $null = $rows | New-ImpersonationRegistryEntry -ThrottleLimit 8
            @(Get-NewEntry) | Should -HaveCount 1

            $null = $rows | New-ImpersonationRegistryEntry -ThrottleLimit 8 -IfExists Create
            @(Get-NewEntry) | Should -HaveCount 3
        }
    }
}
