# Invoke-AclRequest: a request of one's own, within the connection's base address.

Describe 'Invoke-AclRequest' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'writes the answer as an object' {
        $answer = Invoke-AclRequest /accounts/$($sandbox.account_id)/email-security/settings/impersonation_registry/$($entries[0].id) -Connection Cloudflare

        $answer.success | Should -BeTrue
        $answer.result.email | Should -BeExactly $entries[0].email
        $answer.result.created_at | Should -BeOfType string
    }

    It 'puts the account in the place of {account_id}, and escapes the query' {
        $null = Invoke-AclRequest 'accounts/{account_id}/email-security/settings/impersonation_registry' -Connection Cloudflare `
            -Query ([ordered]@{ per_page = 5; search = 'a&b=c'; none = $null; direction = 'asc' })

        $request = Get-SandboxRequest $sandbox
        $request.path | Should -BeExactly $registryPath
        $request.query | Should -BeExactly 'per_page=5&search=a%26b%3Dc&direction=asc'
    }

    It 'reads a list to its end with -All: <Service>' -ForEach @(
        @{ Service = 'Cloudflare'; Path = 'accounts/{account_id}/email-security/settings/impersonation_registry'; Query = @{ per_page = 30 }; Count = 100; Id = 'id' }
        @{ Service = 'CarrierX'; Path = 'accesscontrol/rules'; Query = @{ limit = 20 }; Count = 50; Id = 'rule_sid' }
    ) {
        $items = Invoke-AclRequest $Path -Query $Query -All -Connection $Service

        $items.$Id | Sort-Object -Unique | Should -HaveCount $Count
        @(Get-SandboxRequest $sandbox).Count | Should -BeIn 3, 4, 5
    }

    It 'sends <Name>' -ForEach @(
        @{ Name = 'a hashtable'; Body = [ordered]@{ comments = 'a"b'; is_email_regex = $false; directory_id = 5; external_directory_node_id = $null } }
        @{ Name = 'an object'; Body = [pscustomobject]@{ comments = 'a"b'; is_email_regex = $false; directory_id = 5; external_directory_node_id = $null } }
        @{ Name = 'JSON'; Body = '{ "comments": "a\"b", "is_email_regex": false, "directory_id": 5, "external_directory_node_id": null }' }
    ) {
        $answer = Invoke-AclRequest "accounts/{account_id}/email-security/settings/impersonation_registry/$($entries[0].id)" -Method Patch -Body $Body -Connection Cloudflare

        Get-SentBody | Should -BeExactly '{"comments":"a\"b","is_email_regex":false,"directory_id":5,"external_directory_node_id":null}'
        $answer.result.comments | Should -BeExactly 'a"b'
    }

    It 'sends lists, nested values and times as JSON has them' {
        $body = [ordered]@{ list = 1, 'b', $true; nested = @{ deep = @([pscustomobject]@{ x = 1.5 }) }; at = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) }
        $null = Invoke-Recorded { Invoke-AclRequest accesscontrol/rules -Method POST -Body $body -Connection CarrierX }

        Get-SentBody | Should -BeExactly '{"list":[1,"b",true],"nested":{"deep":[{"x":1.5}]},"at":"2026-01-02T03:04:05Z"}'
    }

    It 'refuses a body that is no JSON, without sending: <Name>' -ForEach @(
        @{ Name = 'broken text'; Body = '{"a":' }, @{ Name = 'empty text'; Body = '' }, @{ Name = 'text behind'; Body = '{} {}' }
        @{ Name = 'a secret'; Body = @{ a = [securestring]::new() } }, @{ Name = 'NaN'; Body = @{ a = [double]::NaN } }
    ) {
        $run = Invoke-Recorded { Invoke-AclRequest accesscontrol/rules -Method POST -Body $Body -Connection CarrierX }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses a path that leads elsewhere, without sending: <Path>' -ForEach @(
        @('https://evil.example/x', 'http://127.0.0.1/x', '//evil.example/x', '///x', '..', '../x', 'a/../../x', 'a/./b', 'a/%2e%2e/b', 'a/%2E./b', 'a/..%2fb', 'a%2f..%2fb'
            'a/%252e%252e/b', 'a/b%5c..', 'a\..\b', '\\evil.example\x', 'a//b', 'a/', '/', 'a?b=c', 'a%3fb', 'a#b', 'a b', "a`tb", "a`r`nX: y", 'a%0d%0ab', 'a%00b', 'a%zz'
            'javascript:x', '.') | ForEach-Object { @{ Path = $_ } }
    ) {
        $run = Invoke-Recorded { Invoke-AclRequest $Path -Connection CarrierX }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'keeps what looks like an address a segment' {
        $null = Invoke-Recorded { Invoke-AclRequest '@evil.example/a:b' -Connection CarrierX }

        (Get-SandboxRequest $sandbox).path | Should -BeLike '/core/v2/*evil.example/a*b'
    }

    It 'sends a write only when it is wanted' {
        Invoke-AclRequest accesscontrol/rules -Method POST -Body @{ name = 'x' } -Connection CarrierX -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        Invoke-AclRequest "accesscontrol/rules/$($rules[0].rule_sid)" -Connection CarrierX -WhatIf | Should -Not -BeNullOrEmpty
    }

    It 'writes nothing for an answer without content, and reports refusals like any cmdlet' {
        Invoke-AclRequest "accesscontrol/rules/$($rules[0].rule_sid)" -Method DELETE -Connection CarrierX | Should -BeNullOrEmpty
        $run = Invoke-Recorded { Invoke-AclRequest "accesscontrol/rules/$($rules[0].rule_sid)" -Connection CarrierX }

        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
    }

    It 'refuses what does not go together: <Name>' -ForEach @(
        @{ Name = 'a body for GET'; Script = { Invoke-AclRequest a -Body @{ b = 1 } -Connection CarrierX } }
        @{ Name = 'pages of a write'; Script = { Invoke-AclRequest a -Method PUT -All -Connection CarrierX } }
        @{ Name = 'all pages and one'; Script = { Invoke-AclRequest a -All -Query @{ offset = 5 } -Connection CarrierX } }
    ) {
        (Invoke-Recorded $Script).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'uses the only service that is connected, and asks for -Connection where there are two' {
        { Invoke-AclRequest accesscontrol/rules } | Should -Throw '*Several services are connected: Cloudflare, CarrierX.*'
        Disconnect-AclConnection Cloudflare
        (Invoke-AclRequest accesscontrol/rules -Query @{ limit = 1 }).items | Should -HaveCount 1
    }
}
