# Connect-CloudflareAccount, and what the environment gives in its place.

Describe 'Connect-CloudflareAccount' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
        $key = [Net.NetworkCredential]::new('', 'sandbox-global-key').SecurePassword
        $target = @{ AccountId = $sandbox.account_id; BaseUri = $sandbox.cloudflare }
    }
    BeforeEach {
        Reset-Sandbox $sandbox
        Disconnect-AclConnection -All
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends nothing and writes nothing' {
        Connect-CloudflareAccount @target -ApiToken $token | Should -BeNullOrEmpty

        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'writes the connection with -PassThru' {
        $connection = Connect-CloudflareAccount @target -ApiToken $token -PassThru

        $connection | Should -BeOfType AclAdmin.AclConnection
        $connection.Name | Should -BeExactly 'Cloudflare'
        $connection.Service | Should -BeExactly 'Cloudflare'
        $connection.IsDefault | Should -BeTrue
        $connection.AccountId | Should -BeExactly $sandbox.account_id
        $connection.BaseUri | Should -Be "$($sandbox.cloudflare)/"
    }

    It 'sends a token as a bearer token' {
        Connect-CloudflareAccount @target -ApiToken $token
        $null = Get-ImpersonationRegistryEntry -First 1

        $headers = (Get-SandboxRequest $sandbox).headers
        $headers.authorization | Should -BeExactly 'Bearer sandbox-cloudflare-token'
        $headers.PSObject.Properties.Name | Should -Not -Contain 'x-auth-key'
    }

    It 'removes what is pasted around a token: <Pasted>' -ForEach @(
        @{ Pasted = 'Bearer sandbox-cloudflare-token' }, @{ Pasted = "  bearer   sandbox-cloudflare-token`n" }, @{ Pasted = 'Authorization: BEARER sandbox-cloudflare-token' }
    ) {
        Connect-CloudflareAccount @target -ApiToken ([Net.NetworkCredential]::new('', $Pasted).SecurePassword)
        $null = Get-ImpersonationRegistryEntry -First 1

        (Get-SandboxRequest $sandbox).headers.authorization | Should -BeExactly 'Bearer sandbox-cloudflare-token'
    }

    It 'refuses a token with <What> and does not repeat it' -ForEach @(
        @{ What = 'a space'; Pasted = 'sandbox-cloudflare token' }, @{ What = 'a control character'; Pasted = "sandbox-cloudflare`u{7}token" }
        @{ What = 'nothing behind the scheme'; Pasted = 'Bearer ' }
    ) {
        $run = Invoke-Recorded { Connect-CloudflareAccount @target -ApiToken ([Net.NetworkCredential]::new('', $Pasted).SecurePassword) }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Terminating.ErrorDetails.Message | Should -Match 'space|line break|empty'
        "$($run.Terminating) $($run.Terminating.Exception)" | Should -Not -Match 'sandbox-cloudflare.token'
        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'sends address and key in their two headers: <Name>' -ForEach @(@{ Name = 'as parameters' }, @{ Name = 'as one credential' }) {
        $given = if ($Name -eq 'as parameters') { @{ Email = 'admin@example.com'; ApiKey = $key } }
        else { @{ Credential = [pscredential]::new('admin@example.com', $key) } }
        Connect-CloudflareAccount @target @given
        $null = Get-ImpersonationRegistryEntry -First 1

        $request = Get-SandboxRequest $sandbox
        $request.status | Should -Be 200
        $request.headers.'x-auth-email' | Should -BeExactly 'admin@example.com'
        $request.headers.'x-auth-key' | Should -BeExactly 'sandbox-global-key'
        $request.headers.PSObject.Properties.Name | Should -Not -Contain 'authorization'
    }

    It 'says where the credential came from: <Text>' -ForEach @(
        @{ Text = 'API token from parameter -ApiToken'; Given = { @{ ApiToken = $token } } }
        @{ Text = 'global API key from parameters -Email and -ApiKey'; Given = { @{ Email = 'a@example.com'; ApiKey = $key } } }
        @{ Text = 'global API key from parameter -Credential'; Given = { @{ Credential = [pscredential]::new('a@example.com', $key) } } }
    ) {
        $credential = & $Given
        (Connect-CloudflareAccount @target @credential -PassThru).Credential | Should -BeExactly $Text
    }

    It 'replaces a connection of the same name, in any case' {
        Connect-CloudflareAccount @target -ApiToken $token -Name work
        Connect-CloudflareAccount -AccountId other -ApiToken $token -BaseUri $sandbox.cloudflare -Name WORK

        (Get-AclConnection).AccountId | Should -BeExactly 'other'
    }

    It 'makes the latest connection the default, and -Connection goes by name or by object' {
        $first = Connect-CloudflareAccount @target -ApiToken $token -Name first -PassThru
        Connect-CloudflareAccount -AccountId 'fedcba9876543210fedcba9876543210' -ApiToken $token -BaseUri $sandbox.cloudflare -Name second
        $null = Get-ImpersonationRegistryEntry -First 1 -ErrorAction SilentlyContinue
        $null = Get-ImpersonationRegistryEntry -First 1 -Connection first
        $null = Get-ImpersonationRegistryEntry -First 1 -Connection $first

        (Get-SandboxRequest $sandbox).path -replace '.*/accounts/([^/]+)/.*', '$1' |
            Should -BeExactly @('fedcba9876543210fedcba9876543210', $sandbox.account_id, $sandbox.account_id)
    }

    It 'names the connections there are when -Connection names none of them' {
        Connect-CloudflareAccount @target -ApiToken $token -Name work

        { Get-ImpersonationRegistryEntry -Connection wrok } | Should -Throw "*There is no connection named 'wrok'. There are: work.*"
    }

    It 'refuses <Uri> as an address to send a credential to' -ForEach @(
        'http://api.example.com/', 'ftp://127.0.0.1/', 'https://user:pw@api.example.com/', 'https://api.example.com/?a=b', '/relative' |
            ForEach-Object { @{ Uri = $_ } }
    ) {
        { Connect-CloudflareAccount -AccountId a -ApiToken $token -BaseUri $Uri } | Should -Throw -ErrorId 'ValidationFailed,*'
        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'takes https anywhere' {
        (Connect-CloudflareAccount -AccountId a -ApiToken $token -BaseUri 'https://api.example.com/v4' -PassThru).BaseUri |
            Should -Be 'https://api.example.com/v4/'
    }

    It 'goes to the public service when no address is given' {
        (Connect-CloudflareAccount -AccountId a -ApiToken $token -PassThru).BaseUri | Should -Be 'https://api.cloudflare.com/client/v4/'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an account that cannot be one'; Given = { @{ AccountId = '../x'; ApiToken = $token } } }
        @{ What = 'an empty token'; Given = { @{ AccountId = 'a'; ApiToken = [securestring]::new() } } }
    ) {
        $arguments = & $Given
        { Connect-CloudflareAccount @arguments -BaseUri $sandbox.cloudflare } | Should -Throw -ErrorId 'ValidationFailed,*'
        Get-AclConnection | Should -BeNullOrEmpty
    }

    Context 'the environment in its place' {
        It 'is used by <Name>' -ForEach @(
            @{ Name = 'token'; Variables = @{ CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token' }
                Source = 'API token from environment variable CLOUDFLARE_API_TOKEN' }
            @{ Name = 'address and key'; Variables = @{ CLOUDFLARE_EMAIL = 'admin@example.com'; CLOUDFLARE_API_KEY = 'sandbox-global-key' }
                Source = 'global API key from environment variables CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY' }
        ) {
            $environment = $Variables + @{ CLOUDFLARE_ACCOUNT_ID = $sandbox.account_id; CLOUDFLARE_BASE_URL = $sandbox.cloudflare }
            $printed = Invoke-ChildPowerShell -Environment $environment (
                "(Get-AclConnection).Credential; Set-ImpersonationRegistryEntry -Id $($entries[1].id) -Comments env; (Get-AclConnection).RequestsSent")

            $printed.Trim() -split '\r?\n' | Should -BeExactly @($Source, '1')
            Get-SentBody | Should -BeExactly '{"comments":"env"}'
            (Get-SandboxRequest $sandbox).status | Should -Be 200
        }

        It 'is not used once there is a connection' {
            $printed = Invoke-ChildPowerShell -Connected -Environment @{ CLOUDFLARE_API_TOKEN = 'other'; CLOUDFLARE_BASE_URL = 'https://api.example.com' } (
                "Set-ImpersonationRegistryEntry -Id $($entries[1].id) -Comments c; Get-AclConnection | Where-Object IsDefault | ForEach-Object Name")

            $printed.Trim() -split '\r?\n' | Should -BeExactly @('CarrierX', 'Cloudflare')
            Get-SentBody | Should -BeExactly '{"comments":"c"}'
        }

        It 'asks for an account that nothing names' {
            $printed = Invoke-ChildPowerShell -Environment @{ CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token'; CLOUDFLARE_BASE_URL = $sandbox.cloudflare } (
                'Get-ImpersonationRegistryEntry; $Error[0].FullyQualifiedErrorId; $Error[0].ErrorDetails.RecommendedAction')

            $printed | Should -BeLike '*ValidationFailed,*Specify -AccountId, connect with one, or set CLOUDFLARE_ACCOUNT_ID.*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }
}
