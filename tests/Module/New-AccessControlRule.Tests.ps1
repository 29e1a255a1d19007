# New-AccessControlRule: each row makes one rule, and never two, whatever happens to the answer.

Describe 'New-AccessControlRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $said = @{ Name = 'Toll'; Field = 'called'; Operation = 'prefix'; Quantifier = 'any'; Entries = '1800', '1615' }

        # What the service has now and did not have at the start.
        function Get-NewRule {
            Get-SandboxState $sandbox rules | Where-Object { $rules.rule_sid -notcontains $_.rule_sid }
        }

        function Add-PostFault {
            param([hashtable] $Fault)
            Add-SandboxFault $sandbox (@{ match = @{ method = 'POST' } } + $Fault)
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends one POST with the five fields' {
        New-AccessControlRule @said | Should -BeNullOrEmpty

        $request = Get-SandboxRequest $sandbox
        $request.method | Should -BeExactly 'POST'
        $request.path | Should -BeExactly $rulesPath
        $request.body | Should -BeExactly '{"entries":["1800","1615"],"field":"called","name":"Toll","operation":"prefix","quantifier":"any"}'
        (Get-NewRule).entries | Should -BeExactly @('1800', '1615')
    }

    It 'needs no name' {
        New-AccessControlRule -Field called -Operation EXACT -Quantifier any -Entries 18005550100

        Get-SentBody | Should -BeExactly '{"entries":["18005550100"],"field":"called","operation":"exact","quantifier":"any"}'
    }

    It 'writes the new rule with -PassThru' {
        $made = New-AccessControlRule @said -PassThru

        $made | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlRule
        $made.RuleSid | Should -BeExactly (Get-NewRule).rule_sid
    }

    It 'refuses a rule without -<Missing> and sends nothing' -ForEach @(
        @{ Missing = 'Field' }, @{ Missing = 'Operation' }, @{ Missing = 'Quantifier' }, @{ Missing = 'Entries' }
    ) {
        $most = $said.Clone()
        $most.Remove($Missing)
        $run = Invoke-Recorded { New-AccessControlRule @most }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike "*$($Missing.ToLowerInvariant()) is missing; allowed: *"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses <Name> and sends nothing' -ForEach @(
        @{ Name = 'no entries'; Other = @{ Entries = @() } }, @{ Name = 'an empty entry'; Other = @{ Entries = '1800', '' } }
        @{ Name = 'a field that there is not'; Other = @{ Field = 'caller' } }, @{ Name = 'null for a name'; Other = @{ Name = $null } }
    ) {
        $all = $said.Clone()
        foreach ($key in $Other.Keys) { $all[$key] = $Other[$key] }
        $run = Invoke-Recorded { New-AccessControlRule @all }

        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'warns of an expression that does not compile here, and sends it' {
        $run = Invoke-Recorded { New-AccessControlRule -Field called -Operation regexp -Quantifier any -Entries '1.*', '1(' }

        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "*entries '1(' may not be a regular expression*sent as it is."
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly '{"entries":["1.*","1("],"field":"called","operation":"regexp","quantifier":"any"}'
    }

    It 'takes rows, with lists in their cells' {
        $csv = "name,field,operation,quantifier,entries`nA,called,prefix,any,1800;1615`nB,message,regexp,none,`"[`"`"a;b`"`"]`""
        $csv | ConvertFrom-Csv | New-AccessControlRule -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @(
            '{"name":"A","field":"called","operation":"prefix","quantifier":"any","entries":["1800","1615"]}'
            '{"name":"B","field":"message","operation":"regexp","quantifier":"none","entries":["a;b"]}')
    }

    It 'makes a copy of an exported rule, without what only the service gives' {
        $file = Join-Path $TestDrive 'rules.csv'
        Get-AccessControlRule $rules[2].rule_sid | Export-Csv -LiteralPath $file
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Select-Object -ExcludeProperty RuleSid | New-AccessControlRule }

        $run.Errors | Should -BeNullOrEmpty
        $body = Get-SentBody | ConvertFrom-Json
        $body.PSObject.Properties.Name | Sort-Object | Should -BeExactly @('entries', 'field', 'name', 'operation', 'quantifier')
        $body.entries | Should -BeExactly $rules[2].entries
    }

    It 'has one rule and no error after the service applied it and <Kind>' -ForEach @(@{ Kind = 'reset_after_apply' }, @{ Kind = 'truncate' }) {
        Add-PostFault @{ kind = $Kind; times = 1 }
        $run = Invoke-Recorded { New-AccessControlRule @said -PassThru -Verbose }

        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Should -BeNullOrEmpty
        @(Get-NewRule) | Should -HaveCount 1
        $run.Output.RuleSid | Should -BeExactly (Get-NewRule).rule_sid
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'GET')
        $run.Verbose | Should -Contain "Found the new access control rule $((Get-NewRule).rule_sid) (Toll): the create had arrived, and is not sent again."
    }

    It 'sends it again where the service had not applied it' {
        Add-PostFault @{ kind = 'reset'; times = 1 }
        New-AccessControlRule @said

        @(Get-NewRule) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'GET', 'POST')
    }

    It 'makes two rules of two identical rows when an answer is lost: <Name>' -ForEach @(
        @{ Name = 'the first, applied'; Fault = @{ kind = 'reset_after_apply'; times = 1 } }
        @{ Name = 'the second, applied'; Fault = @{ kind = 'reset_after_apply'; every = 2 } }
        @{ Name = 'the second, not applied'; Fault = @{ kind = 'reset'; every = 2 } }
    ) {
        Add-PostFault $Fault
        $run = Invoke-Recorded { [pscustomobject] $said, [pscustomobject] $said | New-AccessControlRule -ThrottleLimit 8 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-NewRule) | Should -HaveCount 2
    }

    It 'does not take a rule that differs in <Field> for the new one' -ForEach @(
        @{ Field = 'Name'; Value = 'Other' }, @{ Field = 'Entries'; Value = '1615', '1800' }, @{ Field = 'Quantifier'; Value = 'none' }
    ) {
        $other = $said.Clone()
        $other[$Field] = $Value
        New-AccessControlRule @other
        Add-PostFault @{ kind = 'reset'; times = 1 }
        New-AccessControlRule @said

        @(Get-NewRule) | Should -HaveCount 2
    }

    It 'does not take a rule with a name for a new one without' {
        New-AccessControlRule @said
        Connect-Sandbox $sandbox
        $nameless = $said.Clone()
        $nameless.Remove('Name')
        Add-PostFault @{ kind = 'reset'; times = 1 }
        New-AccessControlRule @nameless

        @(Get-NewRule) | Should -HaveCount 2
    }

    It 'sends nothing under -WhatIf' {
        $session = New-Session
        $null = $session.AddCommand('New-AccessControlRule').AddParameters($said).AddParameter('WhatIf').Invoke()
        $session.Dispose()

        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
