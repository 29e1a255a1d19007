# Answers that fail for the moment: every row arrives in spite of them, and nobody is troubled with an error.

Describe 'A bulk edit while answers fail' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 200; synced_every = 0 }
        $seeded = Get-SandboxState $sandbox entries

        # Back to the two hundred entries, none of them synced, and a connection that has met nothing yet.
        function Reset-Fault {
            Reset-Test
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = 200; synced_every = 0 }
        }
    }
    BeforeEach { Reset-Fault }
    AfterAll { Stop-Sandbox $sandbox }

    It 'applies 200 rows while 5 % of the answers are <Name>' -ForEach @(
        foreach ($status in 408, 429, 500, 502, 503, 504) { @{ Name = "status $status"; Fault = @{ kind = 'status'; status = $status }; Applied = $false } }
        foreach ($body in 'html', 'empty', 'null') { @{ Name = "503 with $body"; Fault = @{ kind = 'status'; body = $body }; Applied = $false } }
        foreach ($kind in '429_no_header', '429_html', '429_null', '429_empty', 'reset', 'wrong_content', 'json_array', 'json_scalar', 'empty_200') {
            @{ Name = $kind; Fault = @{ kind = $kind }; Applied = $false }
        }
        @{ Name = '503 with Retry-After'; Fault = @{ kind = 'status'; retry_after = '0' }; Applied = $false }
        @{ Name = '429_retry_after_seconds'; Fault = @{ kind = '429_retry_after_seconds'; times = 2 }; Applied = $false }
        @{ Name = '429_retry_after_date'; Fault = @{ kind = '429_retry_after_date'; times = 2 }; Applied = $false }
        @{ Name = 'hang'; Fault = @{ kind = 'hang'; seconds = 0.1 }; Applied = $false }
        foreach ($kind in 'reset_after_apply', 'truncate') { @{ Name = $kind; Fault = @{ kind = $kind }; Applied = $true } }
        foreach ($kind in 'slow', 'bom') { @{ Name = $kind; Fault = @{ kind = $kind; seconds = 0.1 }; Applied = $true } }
    ) {
        # Which answers fail follows from the rows, so no row fails twice. Where few are to fail, the twentieth of all does: who that is means nothing.
        $when = if ($Fault.ContainsKey('times')) { @{ every = 20 } } else { @{ every = 20; per_item = $true; stagger = $true; seed = 5 } }
        Add-SandboxFault $sandbox (@{ match = @{ method = 'PATCH' } } + $when + $Fault)
        $rows = foreach ($index in 0..199) { [pscustomobject] @{ id = $seeded[$index].id; comments = "row $index" } }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 64 }

        $run.Terminating | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Id | Should -BeExactly $rows.id
        $now = Get-SandboxState $sandbox entries
        $now.comments | Should -BeExactly $rows.comments
        $now.name | Should -BeExactly $seeded.name

        # A repeat is a second request; it has a second effect only where the first one's answer alone was lost.
        $counters = Invoke-SandboxControl $sandbox counters
        $fired = (Invoke-SandboxControl $sandbox faults | ForEach-Object { $_ }).fired
        $fired | Should -BeGreaterOrEqual $(if ($Fault.ContainsKey('times')) { $Fault.times } else { 10 })
        $repeats = if ($Name -in 'slow', 'bom') { 0 } else { $fired }
        $counters.writes | Should -Be (200 + $repeats)
        $counters.applied | Should -Be $(if ($Applied) { 200 + $repeats } else { 200 })
    }
}

Describe 'Telling of repeats and waits' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'says with -Verbose what failed and which try it was' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 502; times = 1 }
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' -Verbose }

        $tries = @($run.Verbose -match '^PATCH ')
        $tries[0] | Should -BeLike '*{"comments":"c"}: 502 Bad Gateway in * ms'
        $tries[-1] | Should -BeLike '*{"comments":"c"} (try 2): 200 in * ms'
        $run.Errors | Should -BeNullOrEmpty
    }

    It 'warns once of a wait that the service asked for, however many rows wait' -ForEach @(
        @{ Kind = '429_retry_after_seconds' }, @{ Kind = '429_retry_after_date' }
    ) {
        Add-SandboxFault $sandbox @{ kind = $Kind; seconds = 2; times = 1 }
        $run = Invoke-Recorded {
            $entries[0..9] | ForEach-Object { [pscustomobject] @{ id = $_.id; comments = 'c' } } | Set-ImpersonationRegistryEntry
        }

        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -Match '^The service asked to slow down\. Waiting \d s\.$'
        $run.Errors | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox -Write | Where-Object applied) | Should -HaveCount 10
    }

    It 'does not make a wait that is longer than -MaxRetryAfterSec, and says so' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryAfterSec = 5 }
        Add-SandboxFault $sandbox @{ kind = '429_retry_after_seconds'; seconds = 60 }
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' }

        $run.Errors | Get-ErrorId | Should -BeExactly 'RateLimited'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike '*asked to wait 60 s, longer than the 5 s that are waited*'
        Get-SandboxRequest $sandbox | Should -HaveCount 1
    }

    It 'sends a request again as often as -MaxRetryCount says: <Count>' -ForEach @(@{ Count = 0 }, @{ Count = 2 }) {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = $Count }
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503 }
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' }

        $run.Errors | Should -HaveCount 1
        $run.Errors[0].Exception.Attempts | Should -Be ($Count + 1)
        Get-SandboxRequest $sandbox | Should -HaveCount ($Count + 1)
    }

    It 'does not send again what the service refused for good, and looks up once why' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 400 }
        $null = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' }

        # It is looked up once why.
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('PATCH', 'GET')
    }

    It 'does not follow a redirect, so the token goes nowhere else' {
        Add-SandboxFault $sandbox @{ kind = 'redirect'; location = "$($sandbox.control)/health" }
        $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' }

        $run.Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*Redirects are not followed*'
        Get-SandboxRequest $sandbox -Write | Should -HaveCount 1
    }
}
