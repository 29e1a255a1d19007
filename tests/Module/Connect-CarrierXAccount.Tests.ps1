# Connect-CarrierXAccount, and what the environment gives in its place.

Describe 'Connect-CarrierXAccount' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $text = '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $token = [Net.NetworkCredential]::new('', $text).SecurePassword
    }
    BeforeEach {
        Reset-Sandbox $sandbox
        Disconnect-AclConnection -All
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends nothing and writes nothing' {
        Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx | Should -BeNullOrEmpty

        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'writes the connection with -PassThru' {
        $connection = Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx -Name voice -PassThru

        $connection | Should -BeOfType AclAdmin.AclConnection
        $connection.Name | Should -BeExactly 'voice'
        $connection.Service | Should -BeExactly 'CarrierX'
        $connection.IsDefault | Should -BeTrue
        $connection.AccountId | Should -BeNullOrEmpty
        $connection.Credential | Should -BeExactly 'access token from parameter -AccessToken'
        $connection.BaseUri | Should -Be "$($sandbox.carrierx)/"
    }

    It 'sends the token as a bearer token' {
        Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx
        $null = Get-AccessControlRule -First 1

        (Get-SandboxRequest $sandbox).headers.authorization | Should -BeExactly "Bearer $text"
    }

    It 'leaves the other service''s default alone' {
        Connect-CloudflareAccount -AccountId a -ApiToken $token -BaseUri $sandbox.cloudflare
        Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx

        (Get-AclConnection | Where-Object IsDefault).Name | Should -BeExactly @('CarrierX', 'Cloudflare')
    }

    It 'paces nothing until the service tells a limit' {
        (Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx -PassThru).RequestsLeft | Should -BeNullOrEmpty
    }

    It 'refuses a plain address' {
        { Connect-CarrierXAccount $token -BaseUri 'http://api.example.com/' } | Should -Throw -ErrorId 'ValidationFailed,*'
    }

    It 'has the environment in its place' {
        $printed = Invoke-ChildPowerShell -Environment @{ CARRIERX_ACCESS_TOKEN = $text; CARRIERX_BASE_URL = $sandbox.carrierx } (
            "(Get-AclConnection).Credential; Update-AccessControlRule -RuleSid $($rules[1].rule_sid) -Name env")

        $printed.Trim() | Should -BeExactly 'access token from environment variable CARRIERX_ACCESS_TOKEN'
        Get-SentBody | Should -BeExactly '{"name":"env"}'
        (Get-SandboxRequest $sandbox).headers.authorization | Should -BeExactly "Bearer $text"
    }

    It 'takes back with the variable what the variable gave' {
        $printed = Invoke-ChildPowerShell -Environment @{ CARRIERX_ACCESS_TOKEN = $text } (
            '@(Get-AclConnection).Count; Remove-Item Env:CARRIERX_ACCESS_TOKEN; @(Get-AclConnection).Count')

        $printed.Trim() -split '\r?\n' | Should -BeExactly @('1', '0')
    }
}
