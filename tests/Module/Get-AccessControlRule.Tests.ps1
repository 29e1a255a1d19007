# Get-AccessControlRule: what is asked of the service, and what comes out.

Describe 'Get-AccessControlRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # The queries of the requests, without their escapes.
        function Get-SentQuery { Get-SandboxRequest $sandbox | ForEach-Object { [uri]::UnescapeDataString($_.query) } }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'reads one rule with all that the service sent' {
        $rule = Get-AccessControlRule c9109b54-13f2-4157-ba23-2984b3a207dc

        $request = Get-SandboxRequest $sandbox
        $request.path | Should -Be "$rulesPath/c9109b54-13f2-4157-ba23-2984b3a207dc"
        $request.headers.authorization | Should -BeExactly 'Bearer 6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $rule | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlRule
        $rule.RuleSid | Should -BeExactly $rules[0].rule_sid
        $rule.Entries | Should -BeExactly $rules[0].entries
        $rule.Field | Should -BeExactly $rules[0].field
        $rule.Name | Should -BeExactly $rules[0].name
        $rule.Operation | Should -BeExactly $rules[0].operation
        $rule.Quantifier | Should -BeExactly $rules[0].quantifier
        $rule.ReadOnly | Should -BeFalse
    }

    It 'takes sids by position, by several names and from rows' {
        $given = @(
            Get-AccessControlRule $rules[1].rule_sid, $rules[2].rule_sid
            Get-AccessControlRule -sid $rules[3].rule_sid
            [pscustomobject] @{ rule_sid = $rules[4].rule_sid } | Get-AccessControlRule
            [pscustomobject] @{ id = $rules[5].rule_sid } | Get-AccessControlRule
            Get-AccessControlRule $rules[6].rule_sid | Get-AccessControlRule
        )

        $given.RuleSid | Should -BeExactly $rules[1..6].rule_sid
    }

    It 'makes an error of a sid that is not there, and goes on' {
        $run = Invoke-Recorded { Get-AccessControlRule -RuleSid no-such-rule, $rules[1].rule_sid }

        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        $run.Errors[0].TargetObject | Should -BeExactly 'no-such-rule'
        $run.Output.RuleSid | Should -BeExactly $rules[1].rule_sid
    }

    It 'reads everything in the service''s order' {
        (Get-AccessControlRule).RuleSid | Should -BeExactly $rules.rule_sid

        Get-SentQuery | Should -BeExactly 'limit=1000&offset=0'
    }

    It 'reads page after page, by offset' {
        $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ rules = 2500 }

        (Get-AccessControlRule).RuleSid | Should -BeExactly (Get-SandboxState $sandbox rules | ForEach-Object rule_sid)
        Get-SentQuery | Should -BeExactly @('limit=1000&offset=0', 'limit=1000&offset=1000', 'limit=1000&offset=2000')
    }

    It 'asks for no more than -First, and leaves out what -Skip says' {
        (Get-AccessControlRule -First 2).RuleSid | Should -BeExactly $rules[0, 1].rule_sid
        (Get-AccessControlRule -Skip 10 -First 2).RuleSid | Should -BeExactly $rules[10, 11].rule_sid

        (Get-SentQuery)[0] | Should -BeExactly 'limit=2&offset=0'
    }

    It 'counts with -IncludeTotalCount' {
        "$((Get-AccessControlRule -IncludeTotalCount -First 1)[0])" | Should -BeExactly '50'
    }

    It 'lets the service choose by <Parameter>' -ForEach @(
        @{ Parameter = 'Field'; Value = 'calling' }, @{ Parameter = 'Operation'; Value = 'EXACT' }, @{ Parameter = 'Quantifier'; Value = 'none' }
    ) {
        $argument = @{ $Parameter = $Value }
        $found = Get-AccessControlRule @argument

        $found.RuleSid | Should -BeExactly ($rules | Where-Object { $_.$Parameter -eq $Value }).rule_sid
        Get-SentQuery | Should -BeExactly "limit=1000&offset=0&filter=$($Parameter.ToLower()) eq `"$($Value.ToLower())`""
    }

    It 'refuses -<Parameter> ''<Value>'' before asking' -ForEach @(
        @{ Parameter = 'Field'; Value = 'caller' }, @{ Parameter = 'Operation'; Value = 'eq" or name like "%' }, @{ Parameter = 'Quantifier'; Value = 'some' }
    ) {
        $argument = @{ $Parameter = $Value }
        $run = Invoke-Recorded { Get-AccessControlRule @argument }

        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Get-ErrorId | Should -BeExactly 'ValidationFailed'
    }

    It 'chooses by several at once' {
        $found = Get-AccessControlRule -Field called -Operation prefix

        $found.RuleSid | Should -BeExactly ($rules | Where-Object { $_.field -eq 'called' -and $_.operation -eq 'prefix' }).rule_sid
        Get-SentQuery | Should -BeLike '*&filter=field eq "called" and operation eq "prefix"'
    }

    It 'chooses names by the wildcard <Pattern>, in any case' -ForEach @(
        'toll*', '*RATE*', 'Known "good"*', '*, closed ?', '*[0-2]', 'N/A', '*' | ForEach-Object { @{ Pattern = $_ } }
    ) {
        $found = Get-AccessControlRule -Name $Pattern
        $wanted = @($rules | Where-Object name -Like $Pattern)

        $wanted | Should -Not -BeNullOrEmpty
        $found.RuleSid | Should -BeExactly $wanted.rule_sid
    }

    It 'counts -First and -Skip among the names that match' {
        $wanted = @($rules | Where-Object name -Like 'Spam*')

        (Get-AccessControlRule -Name 'Spam*' -Skip 1 -First 2).RuleSid | Should -BeExactly $wanted[1, 2].rule_sid
    }

    It 'writes entries that survive a CSV' {
        $back = Get-AccessControlRule $rules[4].rule_sid | ConvertTo-Csv | ConvertFrom-Csv

        $back.Entries | ConvertFrom-Json | Should -BeExactly $rules[4].entries
    }
}
