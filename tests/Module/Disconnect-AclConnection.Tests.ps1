# Disconnect-AclConnection: what is forgotten cannot be used again.

Describe 'Disconnect-AclConnection' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'forgets the one that is named, in any case, and leaves the others' {
        Disconnect-AclConnection cloudflare | Should -BeNullOrEmpty

        (Get-AclConnection).Name | Should -BeExactly 'CarrierX'
        { Get-ImpersonationRegistryEntry } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'takes connections from the pipeline' {
        Get-AclConnection | Disconnect-AclConnection

        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline' {
        'CarrierX', 'Cloudflare' | Disconnect-AclConnection

        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'forgets every one with -All, and is content when there is none' {
        Disconnect-AclConnection -All
        Disconnect-AclConnection -All

        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'says with -Verbose what was forgotten' {
        (Invoke-Recorded { Disconnect-AclConnection Cloudflare -Verbose }).Verbose | Should -BeExactly "Disconnected 'Cloudflare' from Cloudflare."
    }

    It 'makes another connection of the same service the default' {
        Connect-CloudflareAccount -AccountId other -ApiToken $token -BaseUri $sandbox.cloudflare -Name second
        Disconnect-AclConnection second

        (Get-AclConnection Cloudflare).IsDefault | Should -BeTrue
        $null = Get-ImpersonationRegistryEntry -First 1
        (Get-SandboxRequest $sandbox).status | Should -Be 200
    }

    It 'leaves one that has taken the name since' {
        $old = Get-AclConnection Cloudflare
        Connect-CloudflareAccount -AccountId other -ApiToken $token -BaseUri $sandbox.cloudflare
        $old | Disconnect-AclConnection

        (Get-AclConnection Cloudflare).AccountId | Should -BeExactly 'other'
    }

    It 'ends for a name that none has' {
        { Disconnect-AclConnection nobody } | Should -Throw "*There is no connection named 'nobody'*"
    }
}
