# What Get-AccessControlList writes is piped back: unedited nothing is sent, and an edit changes the list that the row was made of, or nothing.

Describe 'Access control lists that are piped back' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $partner = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714'
        $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
        $trunk = '1f4e8a63-2d95-4b7c-a036-5c9e71d8b2f4'
        $sid = $rules.rule_sid

        function Get-OwnList { (Get-SandboxState $sandbox owners | Where-Object { $_.partner_sid -eq $partner -and -not $_.trunk_group_sid -and -not $_.trunk_sid }).acls }
        function Set-GroupList {
            param([hashtable[]] $List)
            $null = Invoke-AclRequest -Connection CarrierX -Method Patch -Path "trunk_groups/$group" -Body @{ acls = $List } -Confirm:$false
        }
        function Get-GroupList { (Get-SandboxState $sandbox owners | Where-Object { $_.trunk_group_sid -eq $group -and -not $_.trunk_sid }).acls }

        # Each way in which a result leaves the module and comes back as a row.
        $ways = @{
            Csv = { param($Items) $Items | ConvertTo-Csv | ConvertFrom-Csv }
            Json = { param($Items) @($Items) | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            Clixml = { param($Items) $Items | Export-Clixml "$TestDrive/items.xml"; Import-Clixml "$TestDrive/items.xml" }
            Selected = { param($Items) $Items | Select-Object * }
            Live = { param($Items) $Items }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'unedited rows through <Way> change nothing of Set-' -ForEach @(@{ Way = 'Csv' }, @{ Way = 'Json' }, @{ Way = 'Clixml' }, @{ Way = 'Selected' }, @{ Way = 'Live' }) {
        Set-GroupList @{ direction = 'any'; access_control_rules = @() }, @{ direction = 'any'; access_control_rules = @() }, @{ direction = 'any'; access_control_rules = $sid[7..9]; voice_action_false = 'accept' }
        $rows = & $ways[$Way] (Get-AccessControlList)
        $writes = @(Get-SandboxRequest $sandbox -Write).Count

        $run = Invoke-Recorded { $rows | Set-AccessControlList }
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '6 rows: 0 changed, 6 unchanged, *'
        if ($Way -ne 'Live') {
            $run = Invoke-Recorded { $rows | Set-AccessControlList -EmptyValue Clear }
            $run.Errors | Should -BeNullOrEmpty
            $run.Information[-1] | Should -BeLike '6 rows: 0 changed, 6 unchanged, *'
            $run = Invoke-Recorded { $rows | New-AccessControlList }
            $run.Errors | Should -BeNullOrEmpty
            $run.Information[-1] | Should -BeLike '6 rows: 0 created, 6 unchanged, *'
            $run = Invoke-Recorded { $rows | New-AccessControlList -IfExists Update }
            $run.Information[-1] | Should -BeLike '6 rows: 0 created, *6 unchanged, *'
        }
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
    }

    It 'a row of a list of the parent through <Way> is never a change of the own list of its direction' -ForEach @(@{ Way = 'Csv' }, @{ Way = 'Json' }, @{ Way = 'Clixml' }, @{ Way = 'Selected' }, @{ Way = 'Live' }) {
        $rows = & $ways[$Way] (Get-AccessControlList -PartnerSid $partner | Where-Object { -not $_.Index })
        $before = Get-OwnList | ConvertTo-Json -Compress
        foreach ($call in @(
                { $rows | Set-AccessControlList -VoiceActionTrue reject503 }, { $rows | Set-AccessControlList -Direction inbound }, { $rows | Set-AccessControlList -Clear VoiceActionTrue }
                { $rows | Add-AccessControlListRule -Rule $sid[6] -Direction any }, { $rows | Remove-AccessControlListRule -Rule $sid[2] -Force }, { $rows | Remove-AccessControlList -Force }
                { $rows | Set-AccessControlList -Index 1 -VoiceActionTrue reject503 })) {
            $run = Invoke-Recorded $call
            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed' -Because "$call"
            if ("$call" -notlike '*-Index 1*') { $run.Errors[0].Exception.Message | Should -BeLike 'The list * of Sandbox Telecom was assigned by the parent partner and cannot be changed here.*' }
        }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        Get-OwnList | ConvertTo-Json -Compress | Should -BeExactly $before
    }

    It 'an edited row of a list of the parent is an error for New- as well, and no second list' {
        $row = Get-AccessControlList -PartnerSid $partner | Where-Object { -not $_.Index } | Select-Object *
        $row.VoiceActionTrue = 'accept'
        (Invoke-Recorded { $row | New-AccessControlList }).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $row.Direction = 'outbound'
        (Invoke-Recorded { $row | New-AccessControlList }).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'a row without what identifies its list is an error where the parent has one like it' {
        $old = Get-AccessControlList -PartnerSid $partner | Select-Object * -ExcludeProperty Version | Where-Object { -not $_.Index }
        foreach ($call in @(
                { $old | Set-AccessControlList }, { $old | Remove-AccessControlList -Force }, { $old | Add-AccessControlListRule -Rule $sid[6] }, { $old | Remove-AccessControlListRule -Rule $sid[2] -Force }
                { [pscustomobject]@{ Owner = "partners/$partner"; Rule = $sid[6] } | Add-AccessControlListRule })) {
            (Invoke-Recorded $call).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed' -Because "$call"
        }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        Add-AccessControlListRule -PartnerSid $partner -Direction any -Rule $sid[6]
        (Get-OwnList).access_control_rules | Should -BeExactly $sid[2, 6]
    }

    It 'a list in force through <Way> is no list to change' -ForEach @(@{ Way = 'Csv' }, @{ Way = 'Json' }, @{ Way = 'Clixml' }, @{ Way = 'Selected' }, @{ Way = 'Live' }) {
        $rows = & $ways[$Way] (Get-EffectiveAccessControlList)
        foreach ($call in @(
                { $rows | Set-AccessControlList -PartnerSid $partner }, { $rows | Remove-AccessControlList -PartnerSid $partner -Force }, { $rows | New-AccessControlList -PartnerSid $partner }
                { $rows | Add-AccessControlListRule -Rule $sid[6] -PartnerSid $partner }, { $rows | Remove-AccessControlListRule -Rule $sid[2] -PartnerSid $partner -Direction any -Force })) {
            $run = Invoke-Recorded $call
            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed', 'ValidationFailed' -Because "$call"
            $run.Errors[0].Exception.Message | Should -BeLike 'The row is a list in force, which does not show whose list it is.*'
        }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'an edited row finds its list where another client has removed one before it' {
        Set-GroupList @{ direction = 'any'; access_control_rules = @($sid[1]) }, @{ direction = 'any'; access_control_rules = @($sid[2]) }, @{ direction = 'any'; access_control_rules = @($sid[3]) }
        $rows = Get-AccessControlList -TrunkGroupSid $group | ConvertTo-Csv | ConvertFrom-Csv
        $rows[1].VoiceActionTrue = 'reject503'
        Set-GroupList @{ direction = 'any'; access_control_rules = @($sid[2]) }, @{ direction = 'any'; access_control_rules = @($sid[3]) }

        $run = Invoke-Recorded { $rows | Set-AccessControlList }
        $run.Errors | Get-ErrorId | Should -BeExactly 'Conflict'
        $run.Errors[0].TargetObject.Index | Should -BeExactly '1'
        $run.Information[-1] | Should -BeLike '3 rows: 1 changed, 1 unchanged, 1 failed, *'
        (Get-GroupList).voice_action_true | Should -BeExactly 'reject503', $null
    }

    It '<Name> with a row of a list that another client has changed is a Conflict' -ForEach @(
        @{ Name = 'Set-'; Call = { $rows | Set-AccessControlList -VoiceActionFalse reject503 } }, @{ Name = 'Remove-'; Call = { $rows | Remove-AccessControlList -Force } }
        @{ Name = 'Add-'; Call = { $rows | Add-AccessControlListRule -Rule $sid[8] } }, @{ Name = 'Remove- of rules'; Call = { $rows | Remove-AccessControlListRule -Rule $sid[5] -Force } }
    ) {
        Set-GroupList @{ direction = 'any'; access_control_rules = @($sid[1]) }
        foreach ($way in 'Csv', 'Live') {
            $rows = & $ways[$way] (Get-AccessControlList -TrunkGroupSid $group)
            Set-GroupList @{ direction = 'any'; access_control_rules = $sid[4, 5] }
            $writes = @(Get-SandboxRequest $sandbox -Write).Count
            $run = Invoke-Recorded $Call
            $run.Errors | Get-ErrorId | Should -BeExactly 'Conflict'
            @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
            Set-GroupList @{ direction = 'any'; access_control_rules = @($sid[1]) }
        }
    }

    It 'the same edited file runs again without a change and without an error' {
        Set-GroupList @{ direction = 'any'; access_control_rules = @($sid[1]) }, @{ direction = 'inbound'; access_control_rules = @($sid[2]) }
        $rows = Get-AccessControlList -TrunkGroupSid $group | ConvertTo-Csv | ConvertFrom-Csv
        $rows[1].VoiceActionTrue = 'reject503'
        $rows | Set-AccessControlList 6> $null
        $places = Get-AccessControlList -TrunkGroupSid $group | Select-Object Owner, Index, Version
        $places | Add-AccessControlListRule -Rule $sid[1, 2] 6> $null
        $writes = @(Get-SandboxRequest $sandbox -Write).Count
        $run = Invoke-Recorded { $places | Add-AccessControlListRule -Rule $sid[1, 2] }
        $run.Errors | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '2 rows: 0 changed, 2 unchanged, *'
        $run = Invoke-Recorded { $rows | Select-Object * -ExcludeProperty RuleSids | Set-AccessControlList }
        $run.Errors | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '2 rows: 0 changed, 2 unchanged, *'
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
    }

    It 'a version that is none is an error, and -Version on the command line keeps a changed list from being written' {
        $version = (Get-AccessControlList -PartnerSid $partner)[0].Version
        (Invoke-Recorded { Set-AccessControlList -PartnerSid $partner -Index 1 -Version 7 -VoiceActionTrue reject403 }).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Set-AccessControlList -PartnerSid $partner -Index 1 -Version $version -VoiceActionTrue reject403
        (Invoke-Recorded { Set-AccessControlList -PartnerSid $partner -Index 1 -Version $version -VoiceActionTrue accept }).Errors | Get-ErrorId | Should -BeExactly 'Conflict'
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount 1
    }
}
