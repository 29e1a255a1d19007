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

    It 'reads every list with one request for partners, one for trunk groups and their trunks, and one for the names of rules' {
        $lists = Get-AccessControlList

        (Get-SandboxRequest $sandbox).path | Should -BeExactly '/core/v2/partners', '/core/v2/trunk_groups', $rulesPath
        $lists[2].RuleNames | Should -BeExactly $rules[3].name
        $lists.Owner | Should -BeExactly "partners/$partner", "partners/$partner", "trunk_groups/$group/trunks/$trunk"
        $lists[0].Index | Should -BeExactly 1
        $lists[1].Index | Should -BeNullOrEmpty
        $lists[2].RuleSids | Should -BeExactly $rules[3].rule_sid
        $lists | Should -BeOfType AclAdmin.Client.CarrierX.AccessControlList
    }

    It 'reads the lists of <Name> with one request, and the names of their rules' -ForEach @(
        @{ Name = 'a partner'; Said = { @{ PartnerSid = $partner } }; Path = { "/partners/$partner" } }
        @{ Name = 'a trunk group'; Said = { @{ TrunkGroupSid = $group } }; Path = { "/trunk_groups/$group" } }
        @{ Name = 'a trunk'; Said = { @{ TrunkGroupSid = $group; TrunkSid = $trunk } }; Path = { "/trunk_groups/$group/trunks/$trunk" } }
        @{ Name = 'an owner in one text'; Said = { @{ Owner = "partners/$partner" } }; Path = { "/partners/$partner" } }
    ) {
        $said = & $Said
        Get-AccessControlList @said | ForEach-Object Owner | Select-Object -Unique | Should -BeIn @((& $Path).Substring(1), $null)

        (Get-SandboxRequest $sandbox).path | Where-Object { $_ -ne $rulesPath } | Should -BeExactly "/core/v2$(& $Path)"
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
        @{ Name = 'a sid that is a path'; Said = @{ PartnerSid = '../x' } }
        @{ Name = 'a text that is no owner'; Said = @{ Owner = 'rules/x' } }
    ) {
        $run = Invoke-Recorded { Get-AccessControlList @Said }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'finds an owner by <Name>' -ForEach @(
        @{ Name = 'the sid of a trunk alone'; Said = { @{ TrunkSid = $trunk } } }, @{ Name = 'the name of a trunk'; Said = { @{ TrunkSid = 'trunk 1.1' } } }
        @{ Name = 'the names of a group and a trunk'; Said = { @{ TrunkGroupSid = 'Main'; TrunkSid = 'Trunk 1.1' } } }, @{ Name = 'a name as the owner'; Said = { @{ Owner = 'Trunk 1.1' } } }
    ) {
        $said = & $Said
        (Get-AccessControlList @said).Owner | Should -BeExactly "trunk_groups/$group/trunks/$trunk"
    }

    It 'reports a name that no owner of the kind has, or that several have' {
        (Invoke-Recorded { Get-AccessControlList -TrunkSid Main }).Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        (Invoke-Recorded { Get-AccessControlList -TrunkGroupSid 'Branch 2' -TrunkSid 'Trunk 1.1' }).Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        $null = Invoke-AclRequest -Connection CarrierX -Method Patch -Path "trunk_groups/$group" -Body @{ name = 'Trunk 1.1' } -Confirm:$false
        (Invoke-Recorded { Get-AccessControlList -Owner 'Trunk 1.1' }).Errors[0].Exception.Message | Should -BeLike "Several are named 'Trunk 1.1': trunk_groups/$group, trunk_groups/$group/trunks/$trunk.*"
    }

    It 'shows the owners without a list, which can be piped to New-' {
        $owners = Get-AccessControlList -WithoutList
        $owners.OwnerName | Should -BeExactly 'Main', 'Trunk 1.2', 'Branch 2', 'Trunk 2.1', 'Trunk 2.2', 'Branch 3', 'Trunk 3.1', 'Trunk 3.2'
        (Get-AccessControlList -WithoutList -Direction inbound) | Should -HaveCount 10
        Get-AccessControlList -WithoutList -TrunkSid $trunk | Should -BeNullOrEmpty
        $lists = $owners[0], ($owners[1] | ConvertTo-Csv | ConvertFrom-Csv) | New-AccessControlList -Direction any -Rule $rules[4].name -VoiceActionTrue reject403
        $lists.Owner | Should -BeExactly $owners[0, 1].Owner
    }

    It 'shows sids where the rules cannot be read, and reads them once for many owners' {
        Get-AccessControlList | Select-Object Owner -Unique | Get-AccessControlList | Should -HaveCount 3
        (Get-SandboxRequest $sandbox).path | Where-Object { $_ -eq $rulesPath } | Should -HaveCount 2
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = 'rules' } }
        $run = Invoke-Recorded { Get-AccessControlList -TrunkSid $trunk -Verbose }
        $run.Errors | Should -BeNullOrEmpty
        $run.Output[0].RuleNames | Should -BeExactly $rules[3].rule_sid
        "$($run.Verbose)" | Should -BeLike '*The names of rules are not shown: *'
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
