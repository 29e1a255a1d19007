# Update-AccessControlRule: the PATCH of a rule.

Describe 'Update-AccessControlRule' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends the reference''s sample as it stands there' {
        Update-AccessControlRule -RuleSid c9109b54-13f2-4157-ba23-2984b3a207dc -Operation exact

        $request = Get-SandboxRequest $sandbox
        $request.method | Should -BeExactly 'PATCH'
        $request.path | Should -BeExactly '/core/v2/accesscontrol/rules/c9109b54-13f2-4157-ba23-2984b3a207dc'
        $request.query | Should -BeNullOrEmpty
        $request.body | Should -BeExactly '{"operation":"exact"}'
        $request.headers.authorization | Should -BeExactly 'Bearer 6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
    }

    It 'sends each of the five fields' {
        Update-AccessControlRule $rules[1].rule_sid -Name 'N' -Field called -Operation PREFIX -Quantifier any -Entries 1800, 1615

        Get-SentBody | Should -BeExactly '{"entries":["1800","1615"],"field":"called","name":"N","operation":"prefix","quantifier":"any"}'
    }

    It 'leaves alone what was not said' {
        Update-AccessControlRule $rules[1].rule_sid -Quantifier none
        $now = @(Get-SandboxState $sandbox rules)[1]

        $now.quantifier | Should -BeExactly 'none'
        $now.quantifier = $rules[1].quantifier
        ConvertTo-Json $now | Should -BeExactly (ConvertTo-Json $rules[1])
    }

    It 'sends one entry as a list' {
        Update-AccessControlRule $rules[1].rule_sid -Entries 1800

        Get-SentBody | Should -BeExactly '{"entries":["1800"]}'
    }

    It 'refuses -<Name> ''<Value>'' before sending' -ForEach @(
        @{ Name = 'Operation'; Value = 'equals' }, @{ Name = 'Field'; Value = 'caller' }, @{ Name = 'Quantifier'; Value = 'some' }
        @{ Name = 'Entries'; Value = @() }, @{ Name = 'Entries'; Value = '1800', '' }, @{ Name = 'Name'; Value = $null }
    ) {
        $argument = @{ $Name = $Value }
        $run = Invoke-Recorded { Update-AccessControlRule $rules[1].rule_sid @argument }

        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'has nothing that could be cleared' {
        $run = Invoke-Recorded { Update-AccessControlRule $rules[1].rule_sid -Clear Name }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Terminating.ErrorDetails.RecommendedAction | Should -BeExactly 'No field of this kind can be cleared.'
    }

    It 'takes nothing but the identity from a typed rule' {
        Get-AccessControlRule -First 3 | Update-AccessControlRule -Quantifier none -ThrottleLimit 1

        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly ($rules[0..2].rule_sid | ForEach-Object { "$rulesPath/$_" })
        Get-SentBody | Should -BeExactly @('{"quantifier":"none"}', '{"quantifier":"none"}', '{"quantifier":"none"}')
    }

    It 'refuses a read-only rule without a request, and goes on with the next' {
        $run = Invoke-Recorded { Get-AccessControlRule $rules[39].rule_sid, $rules[1].rule_sid | Update-AccessControlRule -Quantifier none }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ReadOnlyRule'
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$rulesPath/$($rules[1].rule_sid)"
    }

    It 'takes rows of a CSV, and an export back' {
        Get-AccessControlRule $rules[2].rule_sid | ConvertTo-Csv | ConvertFrom-Csv | Select-Object RuleSid, Entries, ReadOnly | Update-AccessControlRule

        Get-SentBody | Should -BeExactly "{`"entries`":$(ConvertTo-Json -Compress -InputObject $rules[2].entries)}"
    }

    It 'names the fields and the rule in what it asks' {
        $run = Invoke-Recorded { Get-AccessControlRule $rules[1].rule_sid | Update-AccessControlRule -Quantifier none -Operation exact -Verbose }

        $run.Verbose | Should -Contain (
            "Performing the operation `"Update operation, quantifier`" on target `"access control rule $($rules[1].rule_sid) ($($rules[1].name))`".")
    }

    It 'writes the rule as it is now with -PassThru' {
        $rule = Update-AccessControlRule $rules[1].rule_sid -Name 'N' -PassThru

        $rule | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlRule
        $rule.Name | Should -BeExactly 'N'
        $rule.Entries | Should -BeExactly $rules[1].entries
    }

    It 'sends no write under -WhatIf' {
        $session = New-Session
        $null = $session.AddCommand('Update-AccessControlRule').AddParameter('RuleSid', $rules[1].rule_sid).AddParameter('Name', 'N').AddParameter('WhatIf').Invoke()
        $session.Dispose()

        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}
