# Get-AclConnection: where requests go and what is left to spend.

Describe 'Get-AclConnection' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach {
        Reset-Test
        Set-SandboxSetting $sandbox @{ limit = $true; quota = 1200; window_seconds = 300 }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'shows every connection, sorted by name, and sends nothing' {
        (Get-AclConnection).Name | Should -BeExactly @('CarrierX', 'Cloudflare')
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'chooses by wildcard, in any case: <Pattern>' -ForEach @(
        @{ Pattern = 'cloud*'; Names = 'Cloudflare' }, @{ Pattern = 'CARRIERX'; Names = 'CarrierX' }, @{ Pattern = 'c*r*'; Names = 'CarrierX', 'Cloudflare' }
        @{ Pattern = 'none*'; Names = $null }
    ) {
        Get-AclConnection $Pattern | ForEach-Object Name | Should -BeExactly $Names
    }

    It 'reports a name that no connection has, and offers the names there are' {
        $run = Invoke-Recorded { Get-AclConnection none }

        $run.Terminating | Should -BeNullOrEmpty
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        $run.Errors[0].ErrorDetails.Message | Should -BeExactly "There is no connection named 'none'."
        (TabExpansion2 'Get-AclConnection c' 19).CompletionMatches.CompletionText | Should -BeExactly 'CarrierX', 'Cloudflare'
    }

    It 'counts the requests, repeats included' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503; retry_after = '0'; times = 1 }
        $null = Get-ImpersonationRegistryEntry -First 1

        (Get-AclConnection Cloudflare).RequestsSent | Should -Be 2
        (Get-AclConnection CarrierX).RequestsSent | Should -Be 0
    }

    It 'shows no more than the documented limit less a tenth until the service says what is left' {
        (Get-AclConnection Cloudflare).RequestsLeft | Should -BeIn (1..1080)
        (Get-AclConnection Cloudflare).ResetsIn | Should -BeNullOrEmpty
    }

    It 'shows what the service says is left, and until when' {
        $null = Invoke-SandboxControl $sandbox spend -Method Post -Body @{ credential = 'token'; count = 699 }
        $null = Get-ImpersonationRegistryEntry -First 1

        $connection = Get-AclConnection Cloudflare
        $connection.RequestsLeft | Should -BeIn 499, 500
        $connection.ResetsIn | Should -BeGreaterThan ([timespan]::Zero)
        $connection.ResetsIn | Should -BeLessOrEqual ([timespan]::FromSeconds(300))
    }
}
