# Set-AccessControlRule: the PUT of a rule, which needs every field.

Describe 'Set-AccessControlRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $whole = @{ Entries = '1800', '1888'; Field = 'called'; Name = 'Toll-free'; Operation = 'prefix'; Quantifier = 'any' }
        $body = '{"entries":["1800","1888"],"field":"called","name":"Toll-free","operation":"prefix","quantifier":"any"}'
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends all five fields by PUT, with the token' {
        Set-AccessControlRule -RuleSid c9109b54-13f2-4157-ba23-2984b3a207dc @whole

        $request = Get-SandboxRequest $sandbox
        $request.method | Should -BeExactly 'PUT'
        $request.path | Should -BeExactly '/core/v2/accesscontrol/rules/c9109b54-13f2-4157-ba23-2984b3a207dc'
        $request.body | Should -BeExactly $body
        $request.headers.authorization | Should -BeExactly 'Bearer 6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $request.status | Should -Be 200
    }

    It 'refuses to send without <Name>' -ForEach @('Entries', 'Field', 'Name', 'Operation', 'Quantifier' | ForEach-Object { @{ Name = $_ } }) {
        $part = $whole.Clone()
        $part.Remove($Name)
        $run = Invoke-Recorded { Set-AccessControlRule -RuleSid $rules[1].rule_sid @part }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].TargetObject | Should -BeExactly $rules[1].rule_sid
        $run.Errors[0].ErrorDetails.Message | Should -BeLike "-$Name is missing;*Nothing was sent."
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses a row in which a cell is missing, and goes on with the next' {
        $rows = 'rule_sid,entries,field,name,operation,quantifier', "$($rules[1].rule_sid),1800;1888,called,Toll-free,prefix,",
            "$($rules[2].rule_sid),1800;1888,called,Toll-free,prefix,any" | ConvertFrom-Csv
        $run = Invoke-Recorded { $rows | Set-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].TargetObject | Should -Be $rows[0]
        (Get-SandboxRequest $sandbox).path | Should -BeExactly "$rulesPath/$($rules[2].rule_sid)"
        (Get-SentBody | ConvertFrom-Json | ConvertTo-Json -Compress) | Should -BeExactly $body
    }

    It 'does not fill in from a typed rule what was not said' {
        $part = $whole.Clone()
        $part.Remove('Quantifier')
        $run = Invoke-Recorded { Get-AccessControlRule $rules[1].rule_sid | Set-AccessControlRule @part }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'refuses a read-only rule without a request' {
        $run = Invoke-Recorded { Get-AccessControlRule $rules[39].rule_sid | Set-AccessControlRule @whole }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ReadOnlyRule'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'says that it replaces' {
        $run = Invoke-Recorded { Set-AccessControlRule $rules[1].rule_sid @whole -Verbose }

        $run.Verbose | Should -Contain ('Performing the operation "Replace entries, field, name, operation, quantifier" on target ' +
            "`"access control rule $($rules[1].rule_sid)`".")
    }

    It 'writes the rule as it is now with -PassThru' {
        $rule = Set-AccessControlRule $rules[1].rule_sid @whole -PassThru

        $rule.RuleSid | Should -BeExactly $rules[1].rule_sid
        $rule.Entries | Should -BeExactly $whole.Entries
        $rule.Quantifier | Should -BeExactly 'any'
    }
}
