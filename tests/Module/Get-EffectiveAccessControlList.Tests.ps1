# Get-EffectiveAccessControlList: what is in force, layer by layer.

Describe 'Get-EffectiveAccessControlList' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $partner = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714'
        $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
        $trunk = '1f4e8a63-2d95-4b7c-a036-5c9e71d8b2f4'
        $effectivePath = '/core/v2/accesscontrol/effective_acl'
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'reads the lists for calls with one request, in the order of the layers, and the names of their rules with another' {
        $lists = Get-EffectiveAccessControlList

        $request, $names = Get-SandboxRequest $sandbox
        $names.path | Should -BeExactly $rulesPath
        $lists[0].RuleNames | Should -BeExactly $rules[0, 1].rule_sid -Because 'they have no names'
        $lists[1].RuleNames | Should -BeExactly $rules[2].name
        $request.method | Should -BeExactly 'GET'
        $request.path | Should -BeExactly "$effectivePath/calls"
        $request.query | Should -BeNullOrEmpty
        $lists.Layer | Should -BeExactly @(1, 2)
        $lists[0] | Should -BeOfType AclAdmin.Client.CarrierX.EffectiveAccessControlList
        $lists[0].RuleSids | Should -BeExactly $rules[0, 1].rule_sid
        $lists[0].VoiceActionTrue | Should -BeExactly 'reject403'
        $lists[0].VoiceActionFalse | Should -BeNullOrEmpty
        $lists[1].RuleSids | Should -BeExactly $rules[2].rule_sid
        $lists[1].VoiceActionTrue | Should -BeExactly 'accept'
        $lists[1].VoiceActionFalse | Should -BeExactly 'reject503'
        $lists.Rules | Should -BeNullOrEmpty
    }

    It 'reads the lists for messages with -Channel Sms' {
        $lists = Get-EffectiveAccessControlList -Channel Sms

        (Get-SandboxRequest $sandbox)[0].path | Should -BeExactly "$effectivePath/sms"
        $lists.SmsActionTrue | Should -BeExactly @('reject', 'accept')
        $lists.VoiceActionTrue | Should -BeExactly @($null, $null)
    }

    It 'asks for what is specified, by the service''s own names' {
        $lists = Get-EffectiveAccessControlList Calls -Direction INBOUND -PartnerSid $partner -TrunkGroupSid $group -TrunkSid $trunk

        (Get-SandboxRequest $sandbox)[0].query | Should -BeExactly "direction=inbound&partner_sid=$partner&trunk_group_sid=$group&trunk_sid=$trunk"
        $lists.Layer | Should -BeExactly @(1, 2, 3)
    }

    It 'takes trunks from rows' {
        "trunk_sid`n$trunk`n$trunk" | ConvertFrom-Csv | Get-EffectiveAccessControlList | Should -HaveCount 6

        (Get-SandboxRequest $sandbox | Where-Object path -NE $rulesPath).query | Should -BeExactly @("trunk_sid=$trunk", "trunk_sid=$trunk")
        Get-SandboxRequest $sandbox | Should -HaveCount 3
    }

    It 'finds a trunk group and a trunk by name' {
        Get-EffectiveAccessControlList -TrunkGroupSid main -TrunkSid 'Trunk 1.1' | Should -HaveCount 3

        (Get-SandboxRequest $sandbox)[2].query | Should -BeExactly "trunk_group_sid=$group&trunk_sid=$trunk"
    }

    It 'reads the rules of each list with -ExpandRules, each once' {
        $lists = Get-EffectiveAccessControlList -TrunkSid $trunk -ExpandRules

        (Get-SandboxRequest $sandbox).path | Select-Object -Skip 1 | Sort-Object |
            Should -BeExactly ($rules[0..3].rule_sid | ForEach-Object { "$rulesPath/$_" } | Sort-Object)
        $lists[0].Rules.RuleSid | Should -BeExactly $rules[0, 1].rule_sid
        $lists[0].Rules[0] | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlRule
        $lists[2].Rules.Name | Should -BeExactly $rules[3].name
        $lists[2].RuleSids | Should -BeExactly $rules[3].rule_sid
    }

    It 'leaves out a rule that the service does not show, and says so in verbose' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 404; match = @{ path_contains = $rules[0].rule_sid } }
        $run = Invoke-Recorded { Get-EffectiveAccessControlList -ExpandRules -Verbose }

        $run.Errors | Should -BeNullOrEmpty
        $run.Output[0].Rules.RuleSid | Should -BeExactly $rules[1].rule_sid
        $run.Output[0].RuleSids | Should -BeExactly $rules[0, 1].rule_sid
        $run.Verbose | Should -Contain "The service does not show the rule $($rules[0].rule_sid)."
    }

    It 'refuses -Channel Sms with -<Parameter>, without a request' -ForEach @(@{ Parameter = 'TrunkSid' }, @{ Parameter = 'TrunkGroupSid' }) {
        $said = @{ $Parameter = 'x' }
        $run = Invoke-Recorded { Get-EffectiveAccessControlList -Channel Sms @said }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'says which scope it needs when it is refused' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403 }
        $run = Invoke-Recorded { Get-EffectiveAccessControlList }

        $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*accesscontrol.read or accesscontrol.manage*'
    }

    It 'ends without a connection' {
        Disconnect-AclConnection CarrierX

        { Get-EffectiveAccessControlList } | Should -Throw -ErrorId 'NotConnected,*'
    }
}
