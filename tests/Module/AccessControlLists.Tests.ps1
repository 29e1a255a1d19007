# The cmdlets that change access control lists: one write of the whole array for each owner, and only where nobody else has changed it meanwhile.

Describe 'Access control lists' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $partner = '5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714'
        $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
        $trunk = '1f4e8a63-2d95-4b7c-a036-5c9e71d8b2f4'
        $sid = $rules.rule_sid

        function Get-Owner { param($Name) Get-SandboxState $sandbox owners | Where-Object { $_.trunk_sid -eq $Name -or (-not $_.trunk_sid -and $_.trunk_group_sid -eq $Name) -or (-not $_.trunk_group_sid -and $_.partner_sid -eq $Name) } }
        function Get-SentList { @((Get-SandboxRequest $sandbox -Write).body | ConvertFrom-Json).acls }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'New- adds a list, which is in force from then on' {
        $list = New-AccessControlList -TrunkGroupSid $group -Direction inbound -VoiceActionTrue reject403 -Rule $sid[4], $rules[5].name

        $list.Index | Should -BeExactly 1
        $list.RuleSids | Should -BeExactly $sid[4, 5]
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "/core/v2/trunk_groups/$group"
        Get-SentBody | Should -BeExactly "{`"acls`":[{`"access_control_rules`":[`"$($sid[4])`",`"$($sid[5])`"],`"direction`":`"inbound`",`"voice_action_false`":null,`"voice_action_true`":`"reject403`"}]}"
        (Get-EffectiveAccessControlList -TrunkGroupSid $group -Direction inbound)[-1].RuleSids | Should -BeExactly $sid[4, 5]
    }

    It 'New- makes nothing twice, and reports a list with other values unless -IfExists says otherwise' {
        $row = [pscustomobject]@{ trunk_group_sid = $group; direction = 'inbound'; voice_action_true = 'reject403' }
        $run = Invoke-Recorded { $row, $row | New-AccessControlList }
        $run.Information[-1] | Should -BeLike '2 rows: 1 created, 1 unchanged, *'
        (Invoke-Recorded { $row | New-AccessControlList -VoiceActionTrue accept }).Errors | Get-ErrorId | Should -BeExactly 'AlreadyExists'
        ($row | New-AccessControlList -VoiceActionTrue accept -IfExists Update).VoiceActionTrue | Should -BeExactly 'accept'
        ($row | New-AccessControlList -IfExists Create).Index | Should -BeExactly 2
    }

    It 'Set- changes what is specified and sends the whole array' {
        Set-AccessControlList -PartnerSid $partner -Direction any -VoiceActionFalse $null -SmsActionTrue reject -Confirm:$false
        $sent = Get-SentList
        $sent.access_control_rules | Should -BeExactly $sid[2]
        "$($sent.voice_action_true) $($sent.voice_action_false) $($sent.sms_action_true) $($sent.sms_action_false)" | Should -BeExactly 'accept  reject reject'
    }

    It 'Set- takes an exported file back: nothing differs, so nothing is written' {
        $run = Invoke-Recorded { Get-AccessControlList | Where-Object Index | ConvertTo-Csv | ConvertFrom-Csv | Set-AccessControlList }
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '2 rows: 0 changed, 2 unchanged, *'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'Add- and Remove- of rules write an owner once, however many rows there are' {
        $run = Invoke-Recorded { Get-AccessControlRule -First 9 | Add-AccessControlListRule -TrunkGroupSid $group -TrunkSid $trunk -PassThru }
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 1
        $run.Output[0].RuleSids | Should -BeExactly (@($sid[3]) + $sid[0..2] + $sid[4..8])
        $run.Information[-1] | Should -BeLike '9 rows: 8 changed, 1 unchanged, *'
        $sid[0..6] | ForEach-Object { [pscustomobject]@{ rule = $_; owner = "trunk_groups/$group/trunks/$trunk"; index = 1 } } | Remove-AccessControlListRule -Force
        (Get-Owner $trunk).acls.access_control_rules | Should -BeExactly $sid[7, 8]
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount 2
    }

    It 'Remove- means the indexes as they were before the run' {
        $null = 'inbound', 'outbound' | ForEach-Object { [pscustomobject]@{ direction = $_ } } | New-AccessControlList -TrunkGroupSid $group -TrunkSid $trunk -VoiceActionTrue accept
        "index`n1`n2" | ConvertFrom-Csv | Remove-AccessControlList -TrunkGroupSid $group -TrunkSid $trunk -Force
        (Get-Owner $trunk).acls.direction | Should -BeExactly 'outbound'
        $run = Invoke-Recorded { Get-AccessControlList -PartnerSid $partner | Remove-AccessControlList -Force }
        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Errors[0].TargetObject.Index | Should -BeNullOrEmpty
        (Get-Owner $partner).acls | Should -BeNullOrEmpty
    }

    It 'refuses, as a Conflict, lists that have moved since they were read' {
        $stale = Get-AccessControlList -TrunkGroupSid $group -TrunkSid $trunk
        $null = Invoke-AclRequest -Connection CarrierX -Method Patch -Path "trunk_groups/$group/trunks/$trunk" -Body @{ acls = @(@{ direction = 'any'; voice_action_true = 'reject503' }) } -Confirm:$false
        $writes = @(Get-SandboxRequest $sandbox -Write).Count
        $run = Invoke-Recorded { $stale | Remove-AccessControlList -Force }
        $run.Errors | Get-ErrorId | Should -BeExactly 'Conflict'
        $run.Errors[0].TargetObject | Should -Be $stale
        @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $writes
    }

    It '-WhatIf of <Name> shows old and new values and writes nothing' -ForEach @(
        @{ Name = 'New-'; Call = { New-AccessControlList -TrunkGroupSid $group -Direction any -VoiceActionTrue accept -WhatIf }; Shown = '*"Create list 1 (any)" on target "trunk group*(Main)"*voice_action_true null -> "accept"*' }
        @{ Name = 'Set-'; Call = { Set-AccessControlList -PartnerSid $partner -Index 1 -Direction outbound -WhatIf }; Shown = '*"Update list 1 (outbound)"*direction "any" -> "outbound"*' }
        @{ Name = 'Add-'; Call = { Add-AccessControlListRule -PartnerSid $partner -Direction any -Rule $sid[7] -WhatIf }; Shown = '*"Add rules to list 1 (any): call match: accept, call mismatch: reject503, message match: accept, message mismatch: reject" on*access_control_rules [[]*->*' }
        @{ Name = 'Remove-'; Call = { Remove-AccessControlList -PartnerSid $partner -Direction any -WhatIf }; Shown = '*"Remove list 1 (any)" on target "partner*' }
    ) {
        $session = New-Session
        try {
            $null = $session.AddScript("param(`$partner, `$group, `$sid) Start-Transcript -Path '$TestDrive/t.txt' | Out-Null; $Call; Stop-Transcript | Out-Null").AddArgument($partner).AddArgument($group).AddArgument($sid).Invoke()
        }
        finally { $session.Runspace.Dispose(); $session.Dispose() }
        (Get-Content "$TestDrive/t.txt" -Raw) -replace '\x1b\[[\d;]*m' -replace '\r?\n' | Should -BeLike $Shown
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'a bad row of <Name> is an error of its own and the others are carried out' -ForEach @(
        @{ Name = 'Add-'; Rows = { @{ rule = 'no such rule' }, @{ rule = $sid[5]; index = 7 }, @{ rule = $sid[5]; index = 'x' }, @{ index = 1 }, @{ rule = $sid[6]; direction = 'any'; index = 1 } } }
    ) {
        $run = Invoke-Recorded { & $Rows | ForEach-Object { [pscustomobject] $_ } | Add-AccessControlListRule -PartnerSid $partner }
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound', 'NotFound', 'InvalidCell', 'ValidationFailed'
        $run.Information[-1] | Should -BeLike '5 rows: 1 changed, 0 unchanged, 4 failed, *'
        (Get-Owner $partner).acls.access_control_rules | Should -BeExactly $sid[2, 6]
    }

    It 'refuses actions for messages on a trunk group, a name that several rules have, and two different owners' {
        (Invoke-Recorded { New-AccessControlList -TrunkGroupSid $group -Direction any -SmsActionTrue reject }).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        (Invoke-Recorded { Add-AccessControlListRule -PartnerSid $partner -Rule 'N/A' }).Errors[0].ErrorDetails.Message | Should -BeLike "* access control rules are named 'N/A'*"
        (Invoke-Recorded { Set-AccessControlList -Owner "partners/$partner" -TrunkGroupSid $group -VoiceActionTrue accept }).Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is journalled as a change of the owner, and undone' {
        $journal = "$TestDrive/lists.jsonl"
        $before = (Get-Owner $partner).acls | ConvertTo-Json -Compress
        Set-AccessControlList -PartnerSid $partner -Index 1 -Rule $sid[8] -JournalPath $journal
        $change = Get-AclChange $journal
        "$($change.Action) $($change.Id) $($change.Name) $($change.State)" | Should -BeExactly "Update partners/$partner Sandbox Telecom Applied"
        Get-Content $journal -Raw | Should -Not -Match 'owner@example.com'
        Undo-AclChange -JournalPath $journal -Last -Force
        (Get-Owner $partner).acls | ConvertTo-Json -Compress | Should -BeExactly $before
    }

    It 'Get-AccessControlRule -Unused shows the rules that no list has' {
        $unused = Get-AccessControlRule -Unused
        $unused.RuleSid | Should -BeExactly $sid[4..49]
        (Get-AccessControlRule -Unused -Field called -First 1).RuleSid | Should -BeIn $sid[4..49]
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = 'partners' } }
        $run = Invoke-Recorded { Get-AccessControlRule -Unused }
        $run.Output | Should -BeNullOrEmpty -Because 'a rule of a list that was not seen is no unused one'
        $run.Errors | Get-ErrorId | Should -BeExactly 'PermissionDenied'
    }

    It 'Remove-AccessControlRule warns of a rule in use, with one read of the lists for the run' {
        $run = Invoke-Recorded { Remove-AccessControlRule $sid[2], $sid[3], $sid[9] -Force }
        $run.Warnings | Should -HaveCount 2
        $run.Warnings[0] | Should -BeLike "*$($sid[2])* is in use: list 1 (any) of Sandbox Telecom (partners/$partner)."
        @(Get-SandboxRequest $sandbox | Where-Object method -EQ GET | Where-Object path -NotLike '*rules*') | Should -HaveCount 2
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = 'partners' } }
        $run = Invoke-Recorded { Remove-AccessControlRule $sid[10], $sid[11] -Force }
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike 'Whether the rules are in use is not known*'
    }
}
