# Select-AclConnection: which connection is used when none is named; the environment's is one like any other.

Describe 'Select-AclConnection' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
        $bad = [Net.NetworkCredential]::new('', 'well-formed-and-unknown').SecurePassword
        $variables = 'CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_BASE_URL', 'CARRIERX_ACCESS_TOKEN', 'CARRIERX_BASE_URL'
    }
    BeforeEach {
        Reset-Test
        Connect-CloudflareAccount -AccountId other -ApiToken $token -BaseUri $sandbox.cloudflare -Name second
    }
    AfterEach { $variables | ForEach-Object { Remove-Item "env:$_" -ErrorAction Ignore } }
    AfterAll { Stop-Sandbox $sandbox }

    It 'makes a connection the default of its service, and leaves the other service alone' {
        Select-AclConnection cloudflare | Should -BeNullOrEmpty

        (Get-AclConnection | Where-Object IsDefault).Name | Should -BeExactly @('CarrierX', 'Cloudflare')
        $null = Get-ImpersonationRegistryEntry -First 1
        (Get-SandboxRequest $sandbox).path | Should -BeExactly $registryPath
    }

    It 'accepts a connection from the pipeline and writes it with -PassThru' {
        (Get-AclConnection Cloudflare | Select-AclConnection -PassThru).IsDefault | Should -BeTrue
    }

    It 'reports a name that no connection has' {
        $run = Invoke-Recorded { 'nobody' | Select-AclConnection; 'after' }

        $run.Output | Should -BeExactly 'after'
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
    }

    It 'lists, selects, tests, uses and forgets the environment''s connections like any other' {
        $env:CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token'
        $env:CLOUDFLARE_ACCOUNT_ID = $sandbox.account_id
        $env:CLOUDFLARE_BASE_URL = $sandbox.cloudflare
        $env:CARRIERX_ACCESS_TOKEN = '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $env:CARRIERX_BASE_URL = $sandbox.carrierx

        (Get-AclConnection environment).Service | Should -BeExactly @('Cloudflare', 'CarrierX')
        (Get-AclConnection environment).IsDefault | Should -BeExactly @($false, $false)
        (Get-ImpersonationRegistryEntry -Connection environment -First 1).AccountId | Should -BeExactly $sandbox.account_id
        @(Get-AccessControlRule -Connection Environment -First 1) | Should -HaveCount 1
        (Test-AclConnection environment).Succeeded | Should -BeExactly @($true, $true)

        Select-AclConnection environment
        (Get-AclConnection environment).IsDefault | Should -BeExactly @($true, $true)
        (Get-AclConnection second).IsDefault | Should -BeFalse

        Get-AclConnection environment | Where-Object Service -EQ Cloudflare | Disconnect-AclConnection
        (Get-AclConnection environment).Service | Should -BeExactly 'CarrierX'
        (Get-AclConnection Cloudflare).IsDefault | Should -BeTrue
        Disconnect-AclConnection environment
        Get-AclConnection environment | Should -BeNullOrEmpty
        { Get-AccessControlRule -Connection environment } | Should -Throw -ErrorId 'NotConnected,*'

        # Another value is another connection.
        $env:CLOUDFLARE_ACCOUNT_ID = 'other'
        (Get-AclConnection environment).AccountId | Should -BeExactly 'other'
        Disconnect-AclConnection -All
        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'keeps the name of the environment''s connections for them' {
        { Connect-CloudflareAccount other $token -BaseUri $sandbox.cloudflare -Name Environment } | Should -Throw "*'environment' is reserved*"
    }

    It 'keeps no credential that -Verify finds refused, and leaves the default' {
        { Connect-CloudflareAccount $sandbox.account_id $bad -BaseUri $sandbox.cloudflare -Name bad -Verify } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        { Connect-CarrierXAccount $bad -BaseUri $sandbox.carrierx -Name CarrierX -Verify } | Should -Throw -ErrorId 'AuthenticationFailed,*'

        (Get-AclConnection).Name | Should -BeExactly @('CarrierX', 'Cloudflare', 'second')
        (Get-AclConnection second).IsDefault | Should -BeTrue
        @(Get-AccessControlRule -First 1) | Should -HaveCount 1
    }

    It 'keeps with -Verify a credential that the service accepts, and warns where it cannot read' {
        $bare = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-bare-token').SecurePassword
        Connect-CloudflareAccount $sandbox.account_id $token -BaseUri $sandbox.cloudflare -Name good -Verify
        (Get-AclConnection good).IsDefault | Should -BeTrue
        $run = Invoke-Recorded { Connect-CloudflareAccount $sandbox.account_id $bare -BaseUri $sandbox.cloudflare -Name bare -Verify }

        $run.Warnings | Should -BeLike '*lacks the permission*'
        (Get-AclConnection bare).IsDefault | Should -BeTrue
    }

    It 'sends nothing without -Verify' {
        Connect-CloudflareAccount other $bad -BaseUri $sandbox.cloudflare -Name bad
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses a connection that came from another process, and advises to connect there: <Name>' -ForEach @(
        @{ Name = 'read'; Script = { Get-ImpersonationRegistryEntry -Connection $copy } }
        @{ Name = 'select'; Script = { Select-AclConnection $copy } }
        @{ Name = 'test'; Script = { Test-AclConnection $copy } }
        @{ Name = 'disconnect'; Script = { Disconnect-AclConnection $copy } }
    ) {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-AclConnection second)))

        $Script | Should -Throw "*The connection 'second' comes from another process*Connect inside the script block*"
    }

    It 'has limits for one call, and leaves those of the connection: <Name>' -ForEach @(
        @{ Name = 'read'; Script = { Get-ImpersonationRegistryEntry -First 1 -MaxRetryCount $count -Connection Cloudflare } }
        @{ Name = 'write'; Script = { Set-ImpersonationRegistryEntry $entries[0].id -Comments x -MaxRetryCount $count -Connection Cloudflare } }
        @{ Name = 'request'; Script = { Invoke-AclRequest 'accounts/{account_id}/tokens/verify' -MaxRetryCount $count -Connection Cloudflare } }
    ) {
        Connect-Sandbox $sandbox
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503; retry_after = '0'; times = 1 }
        $count = 0
        (Invoke-Recorded $Script).Errors | Should -HaveCount 1
        Get-SandboxRequest $sandbox | Should -HaveCount 1
        (Get-AclConnection Cloudflare).RequestsSent | Should -Be 1

        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503; retry_after = '0'; times = 1 }
        $count = 1
        (Invoke-Recorded $Script).Errors | Should -BeNullOrEmpty
        (Get-AclConnection Cloudflare).RequestsSent | Should -Be 3
    }

    It 'has a time limit for one call' {
        Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 60; times = 1 }
        $run = Invoke-Recorded { Get-ImpersonationRegistryEntry -First 1 -TimeoutSec 1 -MaxRetryCount 0 }

        $run.Errors | Get-ErrorId | Should -BeExactly 'Timeout'
        "$($run.Errors)" | Should -BeLike '*no answer in 1 s*'
    }
}
