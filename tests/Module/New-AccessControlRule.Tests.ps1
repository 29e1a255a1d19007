# New-AccessControlRule: each row makes one rule, and never two, whatever happens to the answer. What it does about rules that are there already is in
# New-IfExists.Tests.ps1.

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

    It 'reads the list once and sends one POST with the five fields' {
        $null = New-AccessControlRule @said

        $look, $request = Get-SandboxRequest $sandbox
        $look.method | Should -BeExactly 'GET'
        $look.path | Should -BeExactly $rulesPath
        $look.query | Should -BeExactly 'limit=1000&offset=0'
        @($request) | Should -HaveCount 1
        $request.method | Should -BeExactly 'POST'
        $request.path | Should -BeExactly $rulesPath
        $request.body | Should -BeExactly '{"entries":["1800","1615"],"field":"called","name":"Toll","operation":"prefix","quantifier":"any"}'
        (Get-NewRule).entries | Should -BeExactly @('1800', '1615')
    }

    It 'needs no name' {
        $null = New-AccessControlRule -Field called -Operation EXACT -Quantifier any -Entries 18005550100

        Get-SentBody | Should -BeExactly '{"entries":["18005550100"],"field":"called","operation":"exact","quantifier":"any"}'
    }

    It 'writes the new rule, <Case>' -ForEach @(@{ Case = 'without -PassThru'; Other = @{} }, @{ Case = 'and once with -PassThru'; Other = @{ PassThru = $true } }) {
        $made = New-AccessControlRule @said @Other

        @($made) | Should -HaveCount 1
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
        $null = $csv | ConvertFrom-Csv | New-AccessControlRule -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @(
            '{"name":"A","field":"called","operation":"prefix","quantifier":"any","entries":["1800","1615"]}'
            '{"name":"B","field":"message","operation":"regexp","quantifier":"none","entries":["a;b"]}')
    }

    It 'makes a copy of an exported rule, without what only the service gives' {
        $file = Join-Path $TestDrive 'rules.csv'
        Get-AccessControlRule $rules[2].rule_sid | Export-Csv -LiteralPath $file
        $run = Invoke-Recorded { Import-Csv -LiteralPath $file | Select-Object -ExcludeProperty RuleSid | New-AccessControlRule -IfExists Create }

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
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'GET')
        $run.Verbose | Should -Contain "Found the new access control rule $((Get-NewRule).rule_sid) (Toll): the create had arrived, and is not sent again."
    }

    It 'sends it again where the service had not applied it, after four looks' {
        Add-PostFault @{ kind = 'reset'; times = 1 }
        $made = New-AccessControlRule @said

        @(Get-NewRule) | Should -HaveCount 1
        $made.RuleSid | Should -BeExactly (Get-NewRule).rule_sid
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'GET', 'GET', 'GET', 'GET', 'POST')
    }

    It 'makes one rule of two identical rows when the answer is lost, and says so of the second' {
        Add-PostFault @{ kind = 'reset_after_apply'; times = 1 }
        $run = Invoke-Recorded { [pscustomobject] $said, [pscustomobject] $said | New-AccessControlRule -ThrottleLimit 8 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-NewRule) | Should -HaveCount 1
        $run.Information[-1] | Should -BeLike '2 rows: 1 created, 1 unchanged, 0 failed, 0 skipped in *'
    }

    It 'does not take rules that differ in one field for the new one' {
        # Made while the answer of the new one is lost, so that none of them was there before: only the fields tell them apart.
        $rows = @(@{ Name = 'Other' }, @{ Entries = '1615' }, @{ Quantifier = 'none' }, @{ Operation = 'exact' }, @{ Field = 'calling' }, @{ Name = '' }) | ForEach-Object {
            $other = $said.Clone()
            foreach ($key in $_.Keys) { $other[$key] = $_[$key] }
            [pscustomobject] $other
        }
        Add-PostFault @{ kind = 'reset'; times = 1 }
        $run = Invoke-Recorded { @([pscustomobject] $said) + $rows | New-AccessControlRule -ThrottleLimit 8 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-NewRule) | Should -HaveCount 7
        $run.Output.RuleSid | Sort-Object -Unique | Should -HaveCount 7
    }

    It 'writes nothing to the service under -WhatIf' {
        $session = New-Session
        $null = $session.AddCommand('New-AccessControlRule').AddParameters($said).AddParameter('WhatIf').Invoke()
        $session.Dispose()

        (Get-SandboxRequest $sandbox).method | Should -BeExactly 'GET'
    }
}
