# The error ids are a contract: what leads to each, what its record holds, and which of them end the pipeline.

Describe 'Error records' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $unknownId = '00000000-0000-4000-8000-000000000000'
    }
    BeforeEach {
        Reset-Test
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0; TimeoutSec = 1 }
        $row = [pscustomobject] @{ id = $entries[1].id; comments = 'c' }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'makes <Id> of <What>' -ForEach @(
        @{ Id = 'ValidationFailed'; What = 'a 400'; Fault = @{ kind = 'status'; status = 400 }; Category = 'InvalidArgument'
            Part = '400 Bad Request: 10400 Staged error 400'; Advice = 'Correct the value*' }
        @{ Id = 'ValidationFailed'; What = 'a 422'; Fault = @{ kind = 'status'; status = 422 }; Category = 'InvalidArgument'
            Part = '422 Unprocessable Entity'; Advice = 'Correct the value*' }
        @{ Id = 'PermissionDenied'; What = 'a 403'; Fault = @{ kind = 'status'; status = 403 }; Category = 'PermissionDenied'
            Part = '403 Forbidden'; Advice = '*Cloud Email Security: Write*' }
        @{ Id = 'NotFound'; What = 'a 404'; Fault = @{ kind = 'status'; status = 404 }; Category = 'ObjectNotFound'
            Part = '404 Not Found'; Advice = 'Check the id*' }
        @{ Id = 'Conflict'; What = 'a 409'; Fault = @{ kind = 'status'; status = 409 }; Category = 'ResourceExists'
            Part = '409 Conflict'; Advice = 'Read the present state*' }
        @{ Id = 'RateLimited'; What = 'a 429'; Fault = @{ kind = '429_no_header' }; Category = 'LimitsExceeded'
            Part = '429 Too Many Requests: 971 Please slow down'; Advice = 'Wait a few minutes*' }
        @{ Id = 'RateLimited'; What = 'a 429 in HTML'; Fault = @{ kind = '429_html' }; Category = 'LimitsExceeded'
            Part = '429 Too Many Requests'; Advice = 'Wait a few minutes*' }
        @{ Id = 'ApiError'; What = 'a 500 with a readable error'; Fault = @{ kind = 'status'; status = 500 }; Category = 'InvalidResult'
            Part = '500 Internal Server Error: 10500 Staged error 500'; Advice = $null }
        @{ Id = 'ApiError'; What = 'a 200 that says success:false'; Fault = @{ kind = 'success_false_200' }; Category = 'InvalidResult'
            Part = '200 OK: 10200 The operation did not succeed'; Advice = $null }
        @{ Id = 'UnexpectedResponse'; What = 'a page of HTML'; Fault = @{ kind = 'wrong_content' }; Category = 'ProtocolError'
            Part = '200 with * bytes of text/html instead of the promised JSON object'; Advice = '*proxy*' }
        @{ Id = 'UnexpectedResponse'; What = 'an empty 200'; Fault = @{ kind = 'empty_200' }; Category = 'ProtocolError'
            Part = '200 with an empty body'; Advice = '*proxy*' }
        @{ Id = 'UnexpectedResponse'; What = 'an array'; Fault = @{ kind = 'json_array' }; Category = 'ProtocolError'
            Part = '200 with 2 bytes of application/json'; Advice = '*proxy*' }
        @{ Id = 'UnexpectedResponse'; What = 'a redirect'; Fault = @{ kind = 'redirect' }; Category = 'ProtocolError'
            Part = '302 Found'; Advice = 'Redirects are not followed*' }
        @{ Id = 'Timeout'; What = 'no answer in time'; Fault = @{ kind = 'hang'; seconds = 30 }; Category = 'OperationTimeout'
            Part = 'no answer in 1 s'; Advice = 'Check the network*' }
        @{ Id = 'Unreachable'; What = 'a cut connection'; Fault = @{ kind = 'reset' }; Category = 'ResourceUnavailable'
            Part = ''; Advice = 'Check the network*' }
    ) {
        Add-SandboxFault $sandbox @($Fault + @{ times = 1 })
        $next = [pscustomobject] @{ id = $entries[2].id; comments = 'next' }
        $run = Invoke-Recorded { $row, $next | Set-ImpersonationRegistryEntry -ThrottleLimit 1 -PassThru }

        $run.Terminating | Should -BeNullOrEmpty
        $run.Errors | Should -HaveCount 1
        $record = $run.Errors[0]
        $record.FullyQualifiedErrorId | Should -BeExactly "$Id,AclAdmin.Commands.SetImpersonationRegistryEntryCommand"
        $record.CategoryInfo.Category | Should -Be $Category
        [object]::ReferenceEquals($record.TargetObject, $row) | Should -BeTrue
        $record.ErrorDetails.Message | Should -BeLike ("Row 1: PATCH accounts/*/impersonation_registry/$($row.id) on Cloudflare failed: $Part*")
        $record.ErrorDetails.RecommendedAction | Should -BeLike "$Advice"
        $record.Exception | Should -BeOfType AclAdmin.Client.AclException
        # The row after it is done.
        $run.Output.Id | Should -BeExactly $next.id
    }

    It 'names the service''s code, message, pointer and request id' {
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $unknownId -Comments 'c' }

        $run.Errors[0].TargetObject | Should -BeExactly $unknownId
        $run.Errors[0].Exception.StatusCode | Should -Be 404
        $run.Errors[0].Exception.ApiErrors[0].Message | Should -BeExactly 'Impersonation registry entry not found.'
        $run.Errors[0].Exception.RequestId | Should -BeLike '*-SBX'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike "PATCH *404 Not Found: $($run.Errors[0].Exception.ApiErrors[0].Code) *. Request id *-SBX."
    }

    It 'says of a CarrierX refusal what it says of a Cloudflare one' {
        $run = Invoke-Recorded { Update-AccessControlRule -RuleSid $unknownId -Operation exact; Update-AccessControlRule -RuleSid $rules[39].rule_sid -Name 'N' }

        $run.Errors | Get-ErrorId | Should -BeExactly @('NotFound', 'ReadOnlyRule')
        $run.Errors[0].ErrorDetails.Message | Should -BeLike (
            "PATCH accesscontrol/rules/$unknownId on CarrierX failed: 404 Not Found: Access control rule not found.")
        $run.Errors[1].Exception.StatusCode | Should -Be 403
        $run.Errors[1].ErrorDetails.Message | Should -BeLike 'The access control rule * is read-only*403*'
    }

    It 'makes NothingToUpdate of a call without rows that says nothing' {
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id }

        $run.Errors | Get-ErrorId | Should -BeExactly 'NothingToUpdate'
        $run.Errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $run.Errors[0].TargetObject | Should -BeExactly $entries[1].id
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike 'Specify at least one of -Comments,*-Provenance, or -Clear.'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'makes <Id> of a typed object that is known to be closed' -ForEach @(
        @{ Id = 'DirectorySyncedEntry'; Read = { Get-ImpersonationRegistryEntry -Id $entries[49].id }; Write = { Set-ImpersonationRegistryEntry -Name 'N' } }
        @{ Id = 'ReadOnlyRule'; Read = { Get-AccessControlRule -RuleSid $rules[39].rule_sid }; Write = { Update-AccessControlRule -Name 'N' } }
    ) {
        $closed = & $Read
        $run = Invoke-Recorded ([scriptblock]::Create("`$closed | $Write"))

        $run.Errors | Get-ErrorId | Should -BeExactly $Id
        $run.Errors[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        [object]::ReferenceEquals($run.Errors[0].TargetObject, $closed) | Should -BeTrue
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'names parameters in a call without rows and columns in a row: <Command>' -ForEach @(
        @{ Command = 'New-ImpersonationRegistryEntry'; Values = @{ name = 'X' }; Parameter = '-Email is missing; allowed: text.'; Column = 'email is missing; allowed: text.' }
        @{ Command = 'New-EmailAllowPolicy'; Values = @{ pattern = 'x'; is_regex = $true }; Parameter = '-PatternType is missing; allowed: one of EMAIL, DOMAIN, IP.'
            Column = 'pattern_type is missing; allowed: one of EMAIL, DOMAIN, IP.' }
        @{ Command = 'New-EmailContentPolicy'; Values = @{ name = 'x'; pattern = 'x'; enabled = $true }; Parameter = '-Targets is missing; allowed: one or more of SUBJECT, BODY.'
            Column = 'targets is missing; allowed: a JSON array, or items between separators, of SUBJECT, BODY.' }
        @{ Command = 'New-AccessControlRule'; Values = @{ field = 'from'; operation = 'exact'; quantifier = 'any' }
            Parameter = '-Entries is missing; allowed: one or more texts, none of them empty.'; Column = 'entries is missing; allowed: a JSON array *' }
        @{ Command = 'New-AccessControlList'; Values = @{ partner_sid = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714' }
            Parameter = '-Direction is missing; *'; Column = 'direction is missing; *' }
        @{ Command = 'Set-AccessControlRule'; Values = @{ rule_sid = ''; name = 'N'; field = 'from'; operation = 'exact'; entries = '1' }
            Parameter = '-Quantifier is missing; *'; Column = 'quantifier is missing; *' }
    ) {
        if ($Values.ContainsKey('rule_sid')) { $Values.rule_sid = $rules[1].rule_sid }
        $call = Invoke-Recorded { & $Command @Values }
        $rows = Invoke-Recorded { [pscustomobject] $Values | & $Command }

        $call.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $call.Errors[0].ErrorDetails.Message | Should -BeLike "$Parameter*"
        $call.Errors[0].ErrorDetails.Message | Should -Not -Match '[a-z]_[a-z]'
        $call.Errors[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Correct the arguments and run the command again.'
        $rows.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $rows.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1: $Column*"
        $rows.Errors[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Correct the value and run the row again.'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    Context 'advises on the account' {
        BeforeAll {
            # Another account's id, and a text that cannot be one: Cloudflare answers 403 and 404 with 7003.
            $foreign = '11111111111111111111111111111111'
            $mistyped = 'o23e105f4ecef8ad9ca31a8372d0c353'
        }

        It 'of the parameter: Get-<_>' -ForEach 'ImpersonationRegistryEntry', 'EmailAllowPolicy', 'EmailBlockedSender', 'EmailContentPolicy', 'EmailDomain',
        'EmailSendingDomainRestriction', 'EmailTrustedDomain', 'EmailUrlIgnorePattern' {
            $noun = $_
            $run = Invoke-Recorded { & "Get-$noun" -AccountId $foreign; & "Get-$noun" -AccountId $mistyped }

            $run.Errors | Get-ErrorId | Should -BeExactly @('PermissionDenied', 'NotFound')
            $advice = $run.Errors.ErrorDetails.RecommendedAction
            $advice[0] | Should -BeLike "Give the credential the permission *check the account id $foreign (it came from parameter -AccountId or the row's column AccountId)*"
            $advice[1] | Should -BeLike "Check the ids: *check the account id $mistyped (it came from parameter -AccountId or the row's column AccountId)*"
        }

        It 'of the column, of the connection and of the environment' {
            $column = Invoke-Recorded { $row | Select-Object *, @{ Name = 'account_id'; Expression = { $foreign } } | Set-ImpersonationRegistryEntry }
            Connect-CloudflareAccount $foreign ([Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword) -BaseUri $sandbox.cloudflare -Name Other
            $connection = Invoke-Recorded { Get-ImpersonationRegistryEntry -Connection Other }
            Disconnect-AclConnection -All
            $values = @{ CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token'; CLOUDFLARE_ACCOUNT_ID = $foreign; CLOUDFLARE_BASE_URL = $sandbox.cloudflare }
            try {
                foreach ($name in $values.Keys) { [Environment]::SetEnvironmentVariable($name, $values[$name]) }
                $environment = Invoke-Recorded { Test-EmailDomain $unknownId }
            }
            finally {
                foreach ($name in $values.Keys) { [Environment]::SetEnvironmentVariable($name, $null) }
            }

            $column.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*check the account id $foreign (it came from *the row's column AccountId)*"
            $connection.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*check the account id $foreign (it came from the connection 'Other')*"
            $environment.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*check the account id $foreign (it came from environment variable CLOUDFLARE_ACCOUNT_ID)*"
        }

        It 'and takes a removal in an account that is none for an error, not for done' {
            $run = Invoke-Recorded { Remove-ImpersonationRegistryEntry $entries[1].id -AccountId $mistyped -Force; Remove-ImpersonationRegistryEntry $unknownId -Force }

            $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
            $run.Errors[0].TargetObject | Should -BeExactly $entries[1].id
        }
    }

    It 'advises nothing that the cmdlets do not have' {
        Add-SandboxFault $sandbox @{ kind = '429_no_header' }
        $run = Invoke-Recorded { $row | Set-ImpersonationRegistryEntry }

        $named = [regex]::Matches($run.Errors[0].ErrorDetails.RecommendedAction, '(?<=\s-)[A-Z]\w+').Value
        $named | Where-Object { $_ -notin (Get-Command Connect-CloudflareAccount).Parameters.Keys } | Should -BeNullOrEmpty
    }
}

Describe 'Errors that end the pipeline' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $wrong = [Net.NetworkCredential]::new('', 'wrong-token').SecurePassword
    }
    BeforeEach {
        Reset-Test
        $rows = foreach ($index in 0..48) { [pscustomobject] @{ id = $entries[$index].id; comments = "c$index" } }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'NotConnected: ends <Command> before a row is read, and says how to connect' -ForEach @(
        @{ Command = 'Get-ImpersonationRegistryEntry'; Connect = 'Connect-CloudflareAccount'; Argument = @{} }
        @{ Command = 'Set-ImpersonationRegistryEntry'; Connect = 'Connect-CloudflareAccount'; Argument = @{ Id = 'x'; Comments = 'c' } }
        @{ Command = 'Get-AccessControlRule'; Connect = 'Connect-CarrierXAccount'; Argument = @{} }
        @{ Command = 'Update-AccessControlRule'; Connect = 'Connect-CarrierXAccount'; Argument = @{ RuleSid = 'x'; Name = 'N' } }
        @{ Command = 'Set-AccessControlRule'; Connect = 'Connect-CarrierXAccount'; Argument = @{ RuleSid = 'x'; Name = 'N' } }
    ) {
        Disconnect-AclConnection -All
        $run = Invoke-Recorded { & $Command @Argument }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'NotConnected'
        $run.Terminating.CategoryInfo.Category | Should -Be 'ConnectionError'
        $run.Terminating.ErrorDetails.RecommendedAction | Should -BeLike "Use $Connect,*"
    }

    It 'NotConnected: so does a connection to the other service' {
        { Get-AccessControlRule -Connection Cloudflare } | Should -Throw "*'Cloudflare' goes to Cloudflare, not to CarrierX*" -ErrorId 'NotConnected,*'
    }

    It 'AuthenticationFailed: ends for <What>, and says where the credential came from' -ForEach @(
        @{ What = 'a malformed token'; Fault = $null; Shown = 'GET accounts/*400 Bad Request: 6003*(because of 6111*' }
        @{ What = 'a 401 without a body'; Fault = @{ kind = 'status'; status = 401; body = 'empty' }; Shown = 'GET accounts/*401 Unauthorized*' }
    ) {
        if ($Fault) { Add-SandboxFault $sandbox $Fault } else { Connect-CloudflareAccount $sandbox.account_id $wrong -BaseUri $sandbox.cloudflare }
        $run = Invoke-Recorded { Get-ImpersonationRegistryEntry }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
        $run.Terminating.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $run.Terminating.ErrorDetails.Message | Should -BeLike $Shown
        $run.Terminating.ErrorDetails.RecommendedAction | Should -BeExactly (
            'Check the API token (it came from parameter -ApiToken): it may be mistyped, expired or revoked. Then connect again.')
    }

    It 'AuthenticationFailed: a malformed global key, with its 400, ends too' {
        Connect-CloudflareAccount $sandbox.account_id -Email admin@example.com -ApiKey $wrong -BaseUri $sandbox.cloudflare

        { Get-ImpersonationRegistryEntry } | Should -Throw '*400 Bad Request: 6003*6103*' -ErrorId 'AuthenticationFailed,*'
    }

    It 'AuthenticationFailed: mid-run, each row that was taken is either changed or has an error record of its own' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path_contains = $rows[20].id } }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 2 }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
        $run.Terminating.TargetObject | Should -Be $rows[20]
        $failed = @(@($run.Errors.TargetObject) + $run.Terminating.TargetObject | Sort-Object -Property id -Unique)
        $taken = $run.Output.Count + $failed.Count
        @($run.Output.Id) + @($failed.id) | Sort-Object | Should -BeExactly ($rows[0..($taken - 1)].id | Sort-Object)
        @(Get-SandboxRequest $sandbox -Write | Where-Object applied) | Should -HaveCount $run.Output.Count
    }

    It 'AuthenticationFailed: -ErrorVariable alone is the retry list of the rows that were taken' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path_contains = $rows[20].id } }
        try { $rows | Set-ImpersonationRegistryEntry -ErrorVariable failed -ErrorAction SilentlyContinue }
        catch { $_.TargetObject | Should -Be $rows[20] }

        $listed = @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.TargetObject.id })
        $listed | Should -Contain $rows[20].id
    }
}
