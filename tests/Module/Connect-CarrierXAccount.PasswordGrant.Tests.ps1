# Connect-CarrierXAccount with a user's name and password: tokens are got, renewed and taken back, and nobody sees any of it.

Describe 'Connect-CarrierXAccount -Credential' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $tokenPath = '/core/v2/oauth/token'

        function ConvertTo-Secret {
            param([string] $Text)
            [Net.NetworkCredential]::new('', $Text).SecurePassword
        }

        function Connect-User {
            param([string] $Word = 'sandbox-password', [hashtable] $Option = @{})
            Connect-CarrierXAccount -Credential ([pscredential]::new('sandbox-user', (ConvertTo-Secret $Word))) -ClientId sandbox-client `
                -ClientSecret (ConvertTo-Secret sandbox-secret) -BaseUri $sandbox.carrierx @Option
        }

        # The requests as "GET 200", in order.
        function Get-Exchange {
            Get-SandboxRequest $sandbox | ForEach-Object { "$($_.method) $($_.status)" }
        }

        function Get-SentToken {
            Get-SandboxRequest $sandbox | ForEach-Object { $_.headers.authorization } | Where-Object { $_ } | ForEach-Object { $_.Substring(7) } | Select-Object -Unique
        }
    }
    BeforeEach {
        Reset-Sandbox $sandbox
        Set-SandboxSetting $sandbox @{ token_lifetime_seconds = 3600 }
        Disconnect-AclConnection -All
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'gets a token at once, with what CarrierX wants in the form' {
        Connect-User | Should -BeNullOrEmpty

        $request = Get-SandboxRequest $sandbox
        $request.method | Should -BeExactly 'POST'
        $request.path | Should -BeExactly $tokenPath
        $request.body | Should -BeExactly ('grant_type=password&client_id=sandbox-client&client_secret=sandbox-secret' +
            '&username=sandbox-user&password=sandbox-password')
        $request.headers.'content-type' | Should -BeLike 'application/x-www-form-urlencoded*'
        $request.headers.PSObject.Properties.Name | Should -Not -Contain 'authorization'
    }

    It 'says where the credential came from and not what it is' {
        (Connect-User -Option @{ PassThru = $true }).Credential | Should -BeExactly 'user name and password from parameter -Credential'
    }

    It 'uses one token for many requests' {
        Connect-User
        $null = Get-AccessControlRule -First 1
        $rules[1..5] | Select-Object rule_sid, @{ Name = 'name'; Expression = { 'N' } } | Update-AccessControlRule

        @(Get-Exchange | Where-Object { $_ -like 'POST*' }) | Should -HaveCount 1
        Get-SentToken | Should -HaveCount 1
    }

    It 'refuses a wrong password at once, keeps no connection and asks once' {
        { Connect-User -Word wrong } | Should -Throw -ErrorId 'AuthenticationFailed,*'

        Get-AclConnection | Should -BeNullOrEmpty
        Get-Exchange | Should -BeExactly 'POST 401'
    }

    It 'repeats the request for a token when its answer is lost' {
        Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1 }
        Connect-User

        Get-Exchange | Should -BeExactly @('POST 0', 'POST 200')
    }

    It 'renews a token that is about to expire before it is used' {
        Set-SandboxSetting $sandbox @{ token_lifetime_seconds = 1 }
        Connect-User
        # Longer than the token lives, so that it is due for renewal on any machine.
        Start-Sleep -Milliseconds 1100
        Set-SandboxSetting $sandbox @{ token_lifetime_seconds = 3600 }
        $null = Get-AccessControlRule -First 1
        $null = Get-AccessControlRule -First 1

        Get-Exchange | Should -BeExactly @('POST 200', 'POST 200', 'GET 200', 'GET 200')
        Get-SentToken | Should -HaveCount 1
    }

    It 'renews once for many requests at a time' {
        Set-SandboxSetting $sandbox @{ token_lifetime_seconds = 1 }
        Connect-User
        # Longer than the token lives, so that it is due for renewal on any machine.
        Start-Sleep -Milliseconds 1100
        Set-SandboxSetting $sandbox @{ token_lifetime_seconds = 3600; latency_ms = 20 }
        $run = Invoke-Recorded { $rules[1..12] | Select-Object rule_sid, @{ Name = 'name'; Expression = { 'N' } } | Update-AccessControlRule -ThrottleLimit 12 }
        Set-SandboxSetting $sandbox @{ latency_ms = 0 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Exchange | Where-Object { $_ -like 'POST*' }) | Should -HaveCount 2
    }

    It 'gets another token after a 401, and sends the request again' {
        Connect-User
        # The reset forgets the tokens that were issued.
        Reset-Sandbox $sandbox
        (Get-AccessControlRule -First 1).RuleSid | Should -BeExactly $rules[0].rule_sid

        Get-Exchange | Should -BeExactly @('GET 401', 'POST 200', 'GET 200')
        Get-SentToken | Should -HaveCount 2
    }

    It 'gets one other token for many requests that are refused together' {
        Connect-User
        Reset-Sandbox $sandbox
        $run = Invoke-Recorded { $rules[1..12] | Select-Object rule_sid, @{ Name = 'name'; Expression = { 'N' } } | Update-AccessControlRule -ThrottleLimit 12 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Exchange | Where-Object { $_ -like 'POST*' }) | Should -HaveCount 1
        @(Get-Exchange | Where-Object { $_ -eq 'PATCH 200' }) | Should -HaveCount 12
    }

    It 'does so once: a second 401 ends the run' {
        Connect-User
        Reset-Sandbox $sandbox
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ method = 'GET' } }

        { Get-AccessControlRule -First 1 } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        Get-Exchange | Should -BeExactly @('GET 401', 'POST 200', 'GET 401')
    }

    It 'shows no password, client secret or token on any stream, at -Verbose -Debug' {
        $all = @(
            Invoke-Recorded { Connect-User -Option @{ PassThru = $true; Verbose = $true; Debug = $true } }
            Invoke-Recorded { Get-AccessControlRule -First 1 -Verbose -Debug }
        )
        $tokens = @(Get-SentToken)
        Reset-Sandbox $sandbox
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ method = 'PATCH' } }
        $all += @(
            Invoke-Recorded { Get-AccessControlRule -First 1 -Verbose -Debug }
            Invoke-Recorded { Update-AccessControlRule $rules[1].rule_sid -Name N -Verbose -Debug }
            Invoke-Recorded { Connect-User -Word 'sandbox-password-2' -Option @{ Verbose = $true; Debug = $true } }
            Invoke-Recorded { Get-AclConnection | Format-List * -Force; Disconnect-AclConnection CarrierX -Revoke -Verbose -Debug }
        )
        $tokens += @(Get-SentToken)

        $text = foreach ($run in $all) {
            $run.Output | Out-String -Width 400
            $run.Verbose
            $run.Debug
            $run.Warnings
            @($run.Errors) + $run.Terminating | Where-Object { $_ } | ForEach-Object { $_.Exception.ToString(); $_ | Format-List * -Force | Out-String -Width 400 }
        }
        $text = $text -join "`n"
        $text | Should -BeLike '*Authorization: `*`*`*`*`*`*`*`**'
        foreach ($secret in @('sandbox-password', 'sandbox-secret') + $tokens) { $text.Contains($secret) | Should -BeFalse -Because 'secrets stay secret' }
        $tokens.Count | Should -BeGreaterThan 1
    }

    It 'takes the token back at the service with Disconnect-AclConnection -Revoke' {
        Connect-User
        $null = Get-AccessControlRule -First 1
        $token = Get-SentToken
        Disconnect-AclConnection CarrierX -Revoke

        Get-AclConnection | Should -BeNullOrEmpty
        $last = @(Get-SandboxRequest $sandbox)[-1]
        $last.method | Should -BeExactly 'DELETE'
        $last.path | Should -BeLike '/core/v2/oauth/tokens/*'
        $last.status | Should -Be 204
        $old = Invoke-WebRequest "$($sandbox.carrierx)/accesscontrol/rules?limit=1" -Headers @{ Authorization = "Bearer $token" } -SkipHttpErrorCheck
        $old.StatusCode | Should -Be 401
    }

    It 'revokes and forgets nothing under <How>' -ForEach @(
        @{ How = '$WhatIfPreference'; Run = { $WhatIfPreference = $true; Disconnect-AclConnection CarrierX -Revoke } }
        @{ How = '-WhatIf'; Run = { Disconnect-AclConnection CarrierX -Revoke -WhatIf } }
        @{ How = '-All -WhatIf'; Run = { Disconnect-AclConnection -All -Revoke -WhatIf } }
    ) {
        Connect-User
        & $Run

        (Get-AclConnection).Name | Should -BeExactly 'CarrierX'
        Get-Exchange | Should -BeExactly 'POST 200'
        $null = Get-AccessControlRule -First 1
        Get-Exchange | Should -BeExactly @('POST 200', 'GET 200')
    }

    It 'leaves the token valid without -Revoke, and sends nothing' {
        Connect-User
        Disconnect-AclConnection CarrierX

        Get-Exchange | Should -BeExactly 'POST 200'
    }

    It 'does not take back a token that was given, and says so' {
        Connect-CarrierXAccount (ConvertTo-Secret '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13') -BaseUri $sandbox.carrierx
        $run = Invoke-Recorded { Disconnect-AclConnection CarrierX -Revoke }

        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike '*was not obtained by AclAdmin, so it stays valid*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
