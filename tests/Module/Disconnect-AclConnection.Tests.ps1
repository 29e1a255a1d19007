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

    It 'reports a name that no connection has, and goes on with the others' {
        $run = Invoke-Recorded { 'nobody', 'Cloudflare' | Disconnect-AclConnection; 'after' }

        $run.Terminating | Should -BeNullOrEmpty
        $run.Output | Should -BeExactly 'after'
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        $run.Errors[0].TargetObject | Should -BeExactly 'nobody'
        $run.Errors[0].ErrorDetails.Message | Should -BeExactly "There is no connection named 'nobody'."
        (Get-AclConnection).Name | Should -BeExactly 'CarrierX'
        (Invoke-Recorded { Disconnect-AclConnection nobody }).Errors | Should -HaveCount 1
        { Disconnect-AclConnection nobody -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'forgets nothing with -WhatIf' {
        Disconnect-AclConnection Cloudflare -WhatIf
        Disconnect-AclConnection -All -WhatIf

        (Get-AclConnection).Name | Should -BeExactly @('CarrierX', 'Cloudflare')
    }

    It 'forgets where only a preference asks for previews, as nothing at a service changes' {
        & { $WhatIfPreference = $true; Disconnect-AclConnection Cloudflare }

        (Get-AclConnection).Name | Should -BeExactly 'CarrierX'
    }
}
