# Test-AclConnection: what a connection is good for, found out with requests that change nothing.

Describe 'Test-AclConnection' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function ConvertTo-Secret {
            param([string] $Text)
            [Net.NetworkCredential]::new('', $Text).SecurePassword
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'verifies a Cloudflare token and reads a list of one item' {
        $test = Test-AclConnection Cloudflare

        $test | Should -BeOfType AclAdmin.AclConnectionTest
        $test.Name | Should -BeExactly 'Cloudflare'
        $test.Service | Should -BeExactly 'Cloudflare'
        $test.Succeeded | Should -BeTrue
        $test.CredentialStatus | Should -BeExactly 'active'
        $test.CanRead | Should -BeTrue
        $test.Message | Should -BeExactly 'The credential can read. Whether it can write is not known: the service does not report it, and a test sends no write.'
        $log = Get-SandboxRequest $sandbox
        $log.method | Should -BeExactly @('GET', 'GET')
        $log.path | Should -BeExactly @('/client/v4/user/tokens/verify', $registryPath)
        $log[1].query | Should -BeExactly 'page=1&per_page=1'
    }

    It 'reads a list of one item with a CarrierX token' {
        $test = Test-AclConnection CarrierX

        $test.Succeeded | Should -BeTrue
        $test.CredentialStatus | Should -BeExactly 'accepted'
        $request = Get-SandboxRequest $sandbox
        $request.path | Should -BeExactly $rulesPath
        $request.query | Should -BeExactly 'limit=1&offset=0'
    }

    It 'tests every connection where none is named' {
        (Test-AclConnection).Name | Should -BeExactly @('CarrierX', 'Cloudflare')
    }

    It 'takes connections from the pipeline' {
        (Get-AclConnection | Test-AclConnection).Succeeded | Should -BeExactly @($true, $true)
    }

    It 'names what each cmdlet of the service needs, and does not guess what the token has' {
        $permissions = (Test-AclConnection Cloudflare).Permissions

        "$($permissions | Where-Object Command -EQ 'Get-ImpersonationRegistryEntry')" | Should -BeExactly 'Get-ImpersonationRegistryEntry: Cloud Email Security: Read'
        $permissions | Where-Object Command -In 'New-ImpersonationRegistryEntry', 'Set-ImpersonationRegistryEntry', 'Remove-ImpersonationRegistryEntry' |
            ForEach-Object Permission | Should -BeExactly (@('Cloud Email Security: Write') * 3)
        # What it could read shows that it may read; nothing shows whether it may write.
        $permissions | Where-Object Permission -EQ 'Cloud Email Security: Read' | ForEach-Object IsGranted | Sort-Object -Unique | Should -BeExactly $true
        $permissions | Where-Object Permission -NE 'Cloud Email Security: Read' | Where-Object { $null -ne $_.IsGranted } | Should -BeNullOrEmpty
        $permissions.Command -like '*AccessControl*' | Should -BeNullOrEmpty
        $permissions.Command | Should -Contain 'Undo-AclChange'
    }

    It 'shows of a token that may only read that it can read, and that writing is not known' {
        Connect-CloudflareAccount $sandbox.account_id (ConvertTo-Secret sandbox-cloudflare-read-token) -BaseUri $sandbox.cloudflare
        $test = Test-AclConnection Cloudflare

        $test.Succeeded | Should -BeTrue
        $test.CredentialStatus | Should -BeExactly 'active'
        $test.CanRead, $test.CanWrite | Should -BeExactly @($true, $null)
        $test.Message | Should -BeLike '*Whether it can write is not known*'
    }

    It 'has nothing to verify of a global key, and reads the list' {
        Connect-CloudflareAccount $sandbox.account_id -Email admin@example.com -ApiKey (ConvertTo-Secret sandbox-global-key) -BaseUri $sandbox.cloudflare
        $test = Test-AclConnection Cloudflare

        $test.Succeeded | Should -BeTrue
        $test.CredentialStatus | Should -BeExactly 'accepted'
        (Get-SandboxRequest $sandbox).path | Should -BeExactly $registryPath
    }

    It 'says of a credential that is refused that it is, without an error: <Service>' -ForEach @(@{ Service = 'Cloudflare' }, @{ Service = 'CarrierX' }) {
        Connect-CloudflareAccount $sandbox.account_id (ConvertTo-Secret wrong) -BaseUri $sandbox.cloudflare
        Connect-CarrierXAccount (ConvertTo-Secret wrong) -BaseUri $sandbox.carrierx
        $run = Invoke-Recorded { Test-AclConnection $Service }

        $run.Errors | Should -BeNullOrEmpty
        $run.Terminating | Should -BeNullOrEmpty
        $run.Output.Succeeded | Should -BeFalse
        $run.Output.CredentialStatus | Should -BeExactly 'refused'
        $run.Output.CanRead | Should -BeFalse
        $run.Output.Message | Should -BeLike '*40[01]*'
        $run.Output.Message | Should -Not -BeLike '*wrong*'
    }

    It 'distinguishes a credential that is refused from one without the permission' {
        Connect-CloudflareAccount $sandbox.account_id (ConvertTo-Secret well-formed-and-unknown) -BaseUri $sandbox.cloudflare -Name refused
        Connect-CloudflareAccount $sandbox.account_id (ConvertTo-Secret sandbox-cloudflare-bare-token) -BaseUri $sandbox.cloudflare -Name bare
        $refused, $bare = 'refused', 'bare' | Test-AclConnection

        $refused.CredentialStatus, $refused.ErrorId, $refused.CanRead | Should -BeExactly @('refused', 'AuthenticationFailed', $false)
        $refused.Message | Should -BeLike '*Invalid access token*'
        $bare.CredentialStatus, $bare.ErrorId, $bare.CanRead, $bare.IsVerified | Should -BeExactly @('active', 'PermissionDenied', $false, $true)
        $bare.Message | Should -BeLike '*lacks the permission*Cloud Email Security: Read*'
        $bare.Permissions | Where-Object Command -EQ 'Get-ImpersonationRegistryEntry' | ForEach-Object IsGranted | Should -BeExactly $false
    }

    It 'reports what can be read behind a gateway that has no verification' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 404; match = @{ path_contains = '/tokens/verify' } }
        $test = Test-AclConnection Cloudflare

        $test.Succeeded, $test.CredentialStatus, $test.IsVerified, $test.CanRead | Should -BeExactly @($true, 'accepted', $false, $true)
        $test.CanWrite, $test.ErrorId | Should -BeExactly @($null, $null)
    }

    It 'asks as an account''s token where the token is not a user''s' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path_contains = '/user/tokens/' } }
        $test = Test-AclConnection Cloudflare

        $test.CredentialStatus | Should -BeExactly 'active'
        (Get-SandboxRequest $sandbox).path |
            Should -BeExactly @('/client/v4/user/tokens/verify', "/client/v4/accounts/$($sandbox.account_id)/tokens/verify", $registryPath)
    }

    It 'explains a 403 by the permission that reading needs' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = 'impersonation_registry' } }
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ service = 'carrierx' } }
        $tests = Test-AclConnection

        $tests.Succeeded | Should -BeExactly @($false, $false)
        $tests.CanRead | Should -BeExactly @($false, $false)
        $tests.CredentialStatus | Should -BeExactly @('accepted', 'active')
        $tests[0].Message | Should -BeLike '*403*accesscontrol.read or accesscontrol.manage*'
        $tests[1].Message | Should -BeLike '*403*Cloud Email Security: Read*'
    }

    It 'says what is wrong with a service that does not answer' {
        Connect-CarrierXAccount (ConvertTo-Secret x) -BaseUri 'http://127.0.0.1:9/' -MaxRetryCount 0
        $test = Test-AclConnection CarrierX

        $test.Succeeded | Should -BeFalse
        $test.Message | Should -Not -BeNullOrEmpty
    }

    It 'knows the scopes of a token that it got with a password' {
        $credential = [pscredential]::new('sandbox-user', (ConvertTo-Secret sandbox-password))
        Connect-CarrierXAccount -Credential $credential -ClientId sandbox-client -ClientSecret (ConvertTo-Secret sandbox-secret) -BaseUri $sandbox.carrierx
        $test = Test-AclConnection CarrierX
        $permissions = $test.Permissions

        $test.CanWrite | Should -BeTrue
        $permissions.Command | Should -Contain 'Remove-AccessControlRule'
        $permissions.Command | Should -Contain 'Add-AccessControlListRule'
        # Rules are content with accesscontrol.manage, which the sandbox gives; lists need scopes of their owners.
        $lists = $permissions | Where-Object Permission -Like 'partners.*'
        $permissions | Where-Object Command -NE 'Undo-AclChange' | Where-Object Command -NotIn $lists.Command | ForEach-Object IsGranted | Sort-Object -Unique | Should -BeExactly $true
        $lists.IsGranted | Sort-Object -Unique | Should -BeExactly $false
        $test.Message | Should -BeNullOrEmpty
    }

    It 'fails where there is nothing to test' {
        Disconnect-AclConnection -All

        { Test-AclConnection -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*'
        { Test-AclConnection nobody -ErrorAction Stop } | Should -Throw '*There is no connection named*'
    }
}
