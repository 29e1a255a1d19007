# Remove-AccessControlRule: asks first, lists before it removes, and takes "gone already" as done.

Describe 'Remove-AccessControlRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $sid = $rules[1].rule_sid

        function Get-Removed {
            $left = Get-SandboxState $sandbox rules
            $rules | Where-Object { $left.rule_sid -notcontains $_.rule_sid }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'removes nothing and fails where nobody can be asked' {
        $printed = Invoke-ChildPowerShell -Connected "Remove-AccessControlRule $sid"

        $printed | Should -BeLike '*NonInteractive*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'removes with <Name>, in a host that cannot ask' -ForEach @(
        @{ Name = '-Confirm:$false'; Said = @{ Confirm = $false } }, @{ Name = '-Force'; Said = @{ Force = $true } }
    ) {
        $session = New-Session
        $session.AddCommand('Remove-AccessControlRule').AddParameter('RuleSid', $sid).AddParameters($Said).Invoke() | Should -BeNullOrEmpty
        $session.HadErrors | Should -BeFalse
        $session.Dispose()

        $request = Get-SandboxRequest $sandbox -Write
        $request.method | Should -BeExactly 'DELETE'
        $request.path | Should -BeExactly "$rulesPath/$sid"
        $request.body | Should -BeNullOrEmpty
        (Get-Removed).rule_sid | Should -BeExactly $sid
    }

    It 'removes nothing with <Name>' -ForEach @(
        @{ Name = '-Force -WhatIf'; Said = @{ Force = $true; WhatIf = $true } }
        @{ Name = '-Confirm:$false -WhatIf'; Said = @{ Confirm = $false; WhatIf = $true } }
    ) {
        $session = New-Session
        $null = $session.AddCommand('Remove-AccessControlRule').AddParameter('RuleSid', $sid).AddParameters($Said).Invoke()
        $session.Dispose()

        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'asks with -Force -Confirm, so it fails in a host that cannot ask' {
        $session = New-Session
        { $session.AddCommand('Remove-AccessControlRule').AddParameter('RuleSid', $sid).AddParameter('Force').AddParameter('Confirm').Invoke() } |
            Should -Throw
        $session.Dispose()

        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'takes one that is gone already as done' {
        $run = Invoke-Recorded { Remove-AccessControlRule '00000000-0000-4000-8000-000000000000', $sid -Force }

        $run.Errors | Should -BeNullOrEmpty
        $run.Terminating | Should -BeNullOrEmpty
        (Get-Removed).rule_sid | Should -BeExactly $sid
    }

    It 'repeats a DELETE whose answer was lost, and counts it as done' {
        Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1; match = @{ method = 'DELETE' } }
        $run = Invoke-Recorded { 'rule_sid', $sid | ConvertFrom-Csv | Remove-AccessControlRule -Force }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox -Write).status | Should -BeExactly @(0, 404)
        (Get-Removed).rule_sid | Should -BeExactly $sid
        $run.Information[0] | Should -BeLike '1 row: 1 removed, 0 unchanged, 0 failed, 0 skipped in *(4 requests, 1 repeated)'
    }

    It 'takes an exported file, by its sids alone and without a warning' {
        $file = Join-Path $TestDrive 'rules.csv'
        Get-AccessControlRule -First 7 | Select-Object -Skip 4 | Export-Csv -LiteralPath $file
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Remove-AccessControlRule -Confirm:$false }

        $run.Warnings | Should -BeNullOrEmpty
        (Get-Removed).rule_sid | Should -BeExactly $rules[4..6].rule_sid
    }

    It 'refuses a read-only rule that it knows, without a request, and removes the others' {
        $run = Invoke-Recorded { Get-AccessControlRule $rules[39].rule_sid, $sid | Remove-AccessControlRule -Force }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ReadOnlyRule'
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$rulesPath/$sid"
    }

    It 'refuses an entry of the registry' {
        $run = Invoke-Recorded { Get-ImpersonationRegistryEntry -First 1 | Remove-AccessControlRule -Force }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'reads its own list to the end before it removes the first' {
        $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ rules = 1050 }
        $run = Invoke-Recorded { Get-AccessControlRule | Remove-AccessControlRule -Confirm:$false -ThrottleLimit 16 }

        # Every 40th is read-only.
        $run.Errors | Should -HaveCount 26
        $run.Errors | Get-ErrorId | Sort-Object -Unique | Should -BeExactly 'ReadOnlyRule'
        @(Get-SandboxState $sandbox rules) | Should -HaveCount 26
        $methods = (Get-SandboxRequest $sandbox).method
        $methods | Should -HaveCount 1028
        # Two for the rules and two for the lists that they may be in.
        $methods[0..3] | Sort-Object -Unique | Should -BeExactly 'GET'
        $methods[4..1027] | Sort-Object -Unique | Should -BeExactly 'DELETE'
        $run.Information[0] | Should -BeLike '1,050 rows: 1,024 removed, 0 unchanged, 26 failed, 0 skipped in *(1,026 requests, 0 repeated)'
    }
}
