# The lists of the Email Security settings besides the registry: what there is already, previews, the journal, undo and answers that are lost.

BeforeDiscovery {
    $lists = @(
        @{ Noun = 'EmailAllowPolicy'; Name = 'allow policy'; Segment = 'allow_policies'; Key = 'pattern'; Note = 'comments'; Batch = 'New', 'Set', 'Remove'
            New = @{ pattern = 'a{0}@example.org'; pattern_type = 'EMAIL' } }
        @{ Noun = 'EmailBlockedSender'; Name = 'blocked sender'; Segment = 'block_senders'; Key = 'pattern'; Note = 'comments'; Batch = 'New', 'Set', 'Remove'
            New = @{ pattern = 's{0}.example.org'; pattern_type = 'DOMAIN' } }
        @{ Noun = 'EmailContentPolicy'; Name = 'content policy'; Segment = 'content_policies'; Key = 'name'; Note = 'notes'; Batch = 'New', 'Set', 'Remove'
            New = @{ name = 'Gifts {0}'; enabled = 'yes'; pattern = 'gift'; targets = 'BODY' } }
        @{ Noun = 'EmailDomain'; Name = 'domain'; Segment = 'domains'; Key = 'domain'; Note = 'folder'; Batch = @()
            New = @{ domain = 'd{0}.example.org'; allowed_delivery_modes = 'API'; regions = 'DE' } }
        @{ Noun = 'EmailSendingDomainRestriction'; Name = 'sending domain restriction'; Segment = 'sending_domain_restrictions'; Key = 'domain'; Note = 'comments'; Batch = @('Remove')
            New = @{ domain = 'r{0}.example.org' } }
        @{ Noun = 'EmailTrustedDomain'; Name = 'trusted domain'; Segment = 'trusted_domains'; Key = 'pattern'; Note = 'comments'; Batch = 'New', 'Set', 'Remove'
            New = @{ pattern = 't{0}.example.org' } }
        @{ Noun = 'EmailUrlIgnorePattern'; Name = 'URL ignore pattern'; Segment = 'url_ignore_patterns'; Key = 'pattern'; Note = 'comments'; Batch = @()
            New = @{ pattern = 'https://u{0}\.example\.org/.*' } }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    function Get-Stored { @(Invoke-SandboxControl $sandbox "state/$Segment" | ForEach-Object { $_ }) }

    # Everything that is stored, without times and, where items are new, without ids.
    function Get-Comparable {
        Get-Stored | Select-Object * -ExcludeProperty id, created_at, modified_at, last_modified | ForEach-Object { ConvertTo-Json -InputObject $_ -Compress } | Sort-Object
    }

    function Get-NewRow {
        foreach ($index in 1..3) {
            $row = @{} + $New
            $row[$Key] = $row[$Key] -f $index
            [pscustomobject] $row
        }
    }

    function Get-EditRow { (Get-Stored)[1..3] | ForEach-Object { [pscustomobject] @{ id = $_.id; $Note = 'Inbox' } } }

    # The writes since a number of them, as method and the rest of the path behind the segment.
    function Get-Sent { @(Get-SandboxRequest $sandbox -Write | ForEach-Object { "$($_.method)$($_.path -replace "^.*/$Segment" -replace '/[0-9a-f-]{36}$', '/id')" }) }

    # Three writes go in one request where the list has a batch for them.
    function Get-Expected {
        param([string] $Verb)
        if ($Batch -contains $Verb) { return 'POST/batch' }
        @{ New = 'POST', 'POST', 'POST'; Set = 'PATCH/id', 'PATCH/id', 'PATCH/id'; Remove = 'DELETE/id', 'DELETE/id', 'DELETE/id' }[$Verb]
    }
}
AfterAll { Stop-Sandbox $sandbox }

Describe '<Noun>' -ForEach $lists {
    BeforeEach {
        Reset-Test
        $journal = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).jsonl"
    }

    It 'that is there already is an error, is changed, or is created once more, as -IfExists specifies' {
        $row = (Get-Stored)[0] | Select-Object * -ExcludeProperty id, created_at, modified_at, last_modified
        $row.PSObject.Properties.Remove($Note)
        $row | Add-Member $Note Inbox
        $run = Invoke-Recorded { $row | & "New-$Noun" }
        $run.Errors | Get-ErrorId | Should -BeExactly 'AlreadyExists'
        $run.Errors[0].TargetObject | Should -Be $row
        Get-Sent | Should -BeNullOrEmpty

        (Invoke-Recorded { $row | & "New-$Noun" -IfExists Update }).Errors | Should -BeNullOrEmpty
        (Get-Stored)[0].$Note | Should -BeExactly 'Inbox'
        Get-SentBody | Should -BeLike "*{*`"$Note`":`"Inbox`"}*"
        (Invoke-Recorded { $row | & "New-$Noun" -IfExists Update -InformationAction Continue }).Information | Should -BeLike '1 row: 0 created, 1 unchanged*'

        $null = Invoke-Recorded { $row | & "New-$Noun" -IfExists Create }
        (Get-Sent)[-1] | Should -BeLike 'POST*'
        (Get-Sent) | Should -HaveCount 2
    }

    It 'is identified by everything that was sent where the outcome of its create is not known' {
        $before = Get-Comparable
        $null = Get-NewRow | & "New-$Noun" -JournalPath $journal
        Set-Content -LiteralPath $journal -Value @(Get-Content -LiteralPath $journal | Where-Object { ($_ | ConvertFrom-Json).type -in 'run', 'intent' })

        @(Get-AclChange $journal -ResolveUnknown).State | Should -BeExactly 'Applied', 'Applied', 'Applied'
        (Invoke-Recorded { Undo-AclChange $journal -Last -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Comparable | Should -BeExactly $before
    }

    It 'is journalled and reported change by change, and each change of a run is undone: <Verb>' -ForEach @(@{ Verb = 'New' }, @{ Verb = 'Set' }, @{ Verb = 'Remove' }) {
        $before = Get-Comparable
        $rows = if ($Verb -eq 'New') { Get-NewRow } else { Get-EditRow }
        $confirm = if ($Verb -eq 'Remove') { @{ Force = $true } } else { @{} }
        $null = $rows | & "$Verb-$Noun" -JournalPath $journal @confirm
        Get-Sent | Should -BeExactly (Get-Expected $Verb)
        $changed = Get-Comparable
        $changed | Should -Not -Be $before

        $changes = @(Get-AclChange $journal)
        $changes.State | Should -BeExactly 'Applied', 'Applied', 'Applied'
        $page = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).html"
        Export-AclChangeReport $page -JournalPath $journal
        $text = Get-Content -LiteralPath $page -Raw
        foreach ($change in $changes) { $text | Should -BeLike "*$($change.Id)*" }

        (Invoke-Recorded { Undo-AclChange -JournalPath $journal -Last -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Comparable | Should -BeExactly $before
        (Invoke-Recorded { Undo-AclChange -JournalPath $journal -RunId (Get-AclChange $journal)[-1].RunId -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Get-Comparable | Should -BeExactly $changed
    }

    It 'is written once although the answer is lost: <Verb>' -ForEach @(@{ Verb = 'New' }, @{ Verb = 'Set' }, @{ Verb = 'Remove' }) {
        $ids = (Get-Stored).id
        $rows = if ($Verb -eq 'New') { Get-NewRow } else { Get-EditRow }
        $confirm = if ($Verb -eq 'Remove') { @{ Force = $true } } else { @{} }
        $method = (@(Get-Expected $Verb)[0] -split '/')[0]
        Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1; match = @{ method = $method } }
        $run = Invoke-Recorded { $rows | & "$Verb-$Noun" -JournalPath $journal @confirm }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox -Write | Where-Object fault) | Should -HaveCount 1
        $run.Information[-1] | Should -Match "^3 rows: 3 $(@{ New = 'created'; Set = 'changed'; Remove = 'removed' }[$Verb]), "
        (Get-AclChange $journal).State | Should -BeExactly 'Applied', 'Applied', 'Applied'
        $stored = Get-Stored
        switch ($Verb) {
            'New' {
                $stored | Should -HaveCount ($ids.Count + 3)
                ($stored[-3..-1].$Key | Sort-Object) | Should -BeExactly ($rows.$Key | Sort-Object)
                $run.Output.$Key | Should -BeExactly $rows.$Key
            }
            'Set' { $stored[1..3].$Note | Should -BeExactly 'Inbox', 'Inbox', 'Inbox' }
            'Remove' { $stored.id | Should -BeExactly (@($ids[0]) + $ids[4..($ids.Count - 1)]) }
        }
    }

    It 'completes what it is matched by' {
        $line = "Set-$Noun -MatchBy "
        ([Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText -join ' ').ToLowerInvariant() | Should -BeExactly "$Key id"
    }
}

Describe 'A preview' {
    BeforeAll { Reset-Test }

    It 'shows old and new values of every list, and sends no write' -ForEach @{ Lists = $lists } {
        $calls = foreach ($list in $Lists) { "(Get-$($list.Noun) -First 1) | Select-Object Id, @{ n = '$($list.Note)'; e = { 'Inbox' } } | Set-$($list.Noun) -WhatIf" }
        $printed = Invoke-ChildPowerShell -Connected ($calls -join "`n")
        foreach ($list in $Lists) {
            $item = @(Invoke-SandboxControl $sandbox "state/$($list.Segment)" | ForEach-Object { $_ })[0]
            $old = if ($null -eq $item.($list.Note)) { 'null' } else { "`"$($item.($list.Note))`"" }
            $printed | Should -BeLike "*`"Update $($list.Note)`" on target `"$($list.Name) $($item.id) ($($item.($list.Key)))`": $($list.Note) $old -> `"Inbox`"*"
        }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'Set-EmailDomain -Replace -MatchBy Domain' {
    BeforeEach { Reset-Test }

    It 'finds the domain by its name, and does not send the name, which cannot change' {
        $id = (Get-EmailDomain -Domain mail2.example).Id
        [pscustomobject] @{ domain = 'MAIL2.example'; allowed_delivery_modes = 'API'; regions = 'US'; ip_restrictions = '[]'; drop_dispositions = 'SPAM' } | Set-EmailDomain -Replace -MatchBy Domain

        $request = Get-SandboxRequest $sandbox -Write
        "$($request.method) $($request.path)" | Should -BeLike "PUT */domains/$id"
        $request.body | Should -BeExactly '{"allowed_delivery_modes":["API"],"regions":["US"],"ip_restrictions":[],"drop_dispositions":["SPAM"]}'
    }
    It 'with -SkipUnchanged sends a row that would reset a field, although no value that it specifies differs' {
        $row = @{ Regions = 'US'; AllowedDeliveryModes = 'API'; IpRestrictions = @(); DropDispositions = 'SPAM'; LookbackHops = 2; Replace = $true; SkipUnchanged = $true }
        $id = (Get-EmailDomain -Domain mail2.example).Id
        Set-EmailDomain $id @row
        Set-EmailDomain $id -Folder Inbox

        Set-EmailDomain $id @row
        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly 'PUT', 'PATCH', 'PUT'
        (Get-EmailDomain -Id $id).Folder | Should -BeNullOrEmpty
    }
    It 'shows in a preview what goes back to a default, and sends nothing' {
        $printed = Invoke-ChildPowerShell -Connected (
            'Set-EmailDomain mail2.example -MatchBy Domain -Replace -Regions US -AllowedDeliveryModes API -IpRestrictions @() -DropDispositions SPAM -LookbackHops 2 -WhatIf')

        $printed | Should -BeLike '*"Replace * and reset folder, integration_id, require_tls_inbound, require_tls_outbound, transport" on target "domain * (mail2.example)"*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is undone with the fields, too, that it did not specify' {
        $journal = Join-Path $TestDrive 'replace.jsonl'
        Set-EmailDomain (Get-EmailDomain -First 1).Id -LookbackHops 7 -Folder Inbox
        $before = Invoke-SandboxControl $sandbox 'state/domains' | ForEach-Object { $_ } | Select-Object * -ExcludeProperty modified_at, last_modified | ConvertTo-Json -Depth 5
        Set-EmailDomain (Get-EmailDomain -First 1).Id -Replace -Regions US -AllowedDeliveryModes API -IpRestrictions @() -DropDispositions SPAM -JournalPath $journal
        (Get-EmailDomain -First 1).Folder | Should -BeNullOrEmpty

        (Invoke-Recorded { Undo-AclChange -JournalPath $journal -Last -Confirm:$false }).Errors | Should -BeNullOrEmpty
        Invoke-SandboxControl $sandbox 'state/domains' | ForEach-Object { $_ } | Select-Object * -ExcludeProperty modified_at, last_modified | ConvertTo-Json -Depth 5 | Should -BeExactly $before
    }
}
