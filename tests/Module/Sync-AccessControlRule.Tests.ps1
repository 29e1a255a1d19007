# Sync-AccessControlRule: the rows are the desired state of the rules.

Describe 'Sync-AccessControlRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'tells rules by name where rows have no sid, and sends only what differs' {
        $rows = @(
            [pscustomobject] @{ rule_sid = $rules[0].rule_sid; quantifier = 'none' }
            [pscustomobject] @{ name = 'Brand new'; entries = '1800;1615'; field = 'called'; operation = 'prefix'; quantifier = 'any' }
        )
        $run = Invoke-Recorded { $rows | Sync-AccessControlRule -ThrottleLimit 1 -PassThru }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox -Write).method | Should -BeExactly @('PATCH', 'POST')
        @(Get-SentBody)[1] | Should -BeExactly '{"name":"Brand new","entries":["1800","1615"],"field":"called","operation":"prefix","quantifier":"any"}'
        $run.Output[0].ToChange | Should -Be 1
        $run.Output[0].ToCreate | Should -Be 1
        $run.Output[0].NotListed | Should -BeGreaterThan 40

        $again = Invoke-Recorded { $rows | Sync-AccessControlRule -PassThru }
        $again.Output[0].HasChanges | Should -BeFalse
    }

    It 'never removes a read-only rule, and asks before each removal' {
        $rows = $rules | Where-Object rule_sid -NE $rules[1].rule_sid | Select-Object rule_sid
        $printed = Invoke-ChildPowerShell -Connected "Get-AccessControlRule | Where-Object RuleSid -NE $($rules[1].rule_sid) | Sync-AccessControlRule -RemoveUnlisted"
        $printed | Should -BeLike '*NonInteractive*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty

        $run = Invoke-Recorded { $rows | Where-Object rule_sid -NE $rules[39].rule_sid | Sync-AccessControlRule -RemoveUnlisted -Confirm:$false }
        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox -Write | ForEach-Object { "$($_.method) $($_.path)" }) | Should -BeExactly "DELETE $rulesPath/$($rules[1].rule_sid)"
    }
}
