# Get-AccessControlList: the lists that are part of partners, trunk groups and trunks.

Describe 'Get-AccessControlList' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $partner = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714'
        $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
        $trunk = '1f4e8a63-2d95-4b7c-a036-5c9e71d8b2f4'
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'reads every list with one request for partners and one for trunk groups and their trunks' {
        $lists = Get-AccessControlList

        (Get-SandboxRequest $sandbox).path | Should -BeExactly '/core/v2/partners', '/core/v2/trunk_groups'
        $lists.Owner | Should -BeExactly "partners/$partner", "partners/$partner", "trunk_groups/$group/trunks/$trunk"
        $lists[0].Index | Should -BeExactly 1
        $lists[1].Index | Should -BeNullOrEmpty
        $lists[2].RuleSids | Should -BeExactly $rules[3].rule_sid
        $lists | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlList
    }

    It 'reads the lists of <Name> with one request' -ForEach @(
        @{ Name = 'a partner'; Said = { @{ PartnerSid = $partner } }; Path = { "/partners/$partner" } }
        @{ Name = 'a trunk group'; Said = { @{ TrunkGroupSid = $group } }; Path = { "/trunk_groups/$group" } }
        @{ Name = 'a trunk'; Said = { @{ TrunkGroupSid = $group; TrunkSid = $trunk } }; Path = { "/trunk_groups/$group/trunks/$trunk" } }
        @{ Name = 'an owner in one text'; Said = { @{ Owner = "partners/$partner" } }; Path = { "/partners/$partner" } }
    ) {
        $said = & $Said
        Get-AccessControlList @said | ForEach-Object Owner | Select-Object -Unique | Should -BeIn @((& $Path).Substring(1), $null)

        (Get-SandboxRequest $sandbox).path | Should -BeExactly "/core/v2$(& $Path)"
    }

    It 'finds the lists that a rule is in, by name too' {
        (Get-AccessControlList -Rule $rules[3].rule_sid).TrunkSid | Should -BeExactly $trunk
        (Get-AccessControlList -Rule $rules[3].name.ToUpperInvariant()).TrunkSid | Should -BeExactly $trunk
        Get-AccessControlList -Rule $rules[20].rule_sid | Should -BeNullOrEmpty
        Get-AccessControlList -Direction inbound | Should -BeNullOrEmpty
    }

    It 'takes owners from rows, and goes on behind one that is not there' {
        $run = Invoke-Recorded { "partner_sid`nnobody`n$partner" | ConvertFrom-Csv | Get-AccessControlList }

        $run.Output | Should -HaveCount 2
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
    }

    It 'refuses <Name> without a request' -ForEach @(
        @{ Name = 'a trunk without its group'; Said = @{ TrunkSid = 't' } }, @{ Name = 'a sid that is a path'; Said = @{ PartnerSid = '../x' } }
        @{ Name = 'a text that is no owner'; Said = @{ Owner = 'rules/x' } }
    ) {
        $run = Invoke-Recorded { Get-AccessControlList @Said }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'names the scope that is missing' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403 }
        $run = Invoke-Recorded { Get-AccessControlList -TrunkGroupSid $group }

        $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*trunk_groups.read or trunk_groups.manage*'
    }

    It 'completes owners by name' {
        $line = 'Get-AccessControlList -TrunkGroupSid mai'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -BeExactly $group
        $line = "Get-AccessControlList -Rule `"$($rules[3].name)"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $rules[3].rule_sid
    }
}
