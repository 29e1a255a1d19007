# The lists of the Email Security settings besides the registry: one table, and what every one of them does.

BeforeDiscovery {
    $lists = @(
        @{ Noun = 'EmailAllowPolicy'; Segment = 'allow_policies'; Path = 'policy_id'; Key = 'pattern'; Order = 'Pattern'; Note = 'comments'
            New = @{ pattern = 'a@example.com'; pattern_type = 'email'; is_trusted_sender = 'yes' }
            Sent = '{"pattern":"a@example.com","pattern_type":"EMAIL","is_trusted_sender":true,"is_acceptable_sender":false,"is_exempt_recipient":false,"is_regex":false,"verify_sender":true}'
            Filter = @{ IsTrustedSender = $true; PatternType = 'EMAIL' }; Query = 'is_trusted_sender=true&pattern_type=EMAIL' }
        @{ Noun = 'EmailBlockedSender'; Segment = 'block_senders'; Path = 'pattern_id'; Key = 'pattern'; Order = 'Pattern'; Note = 'comments'
            New = @{ pattern = 'spam.example'; pattern_type = 'DOMAIN' }
            Sent = '{"pattern":"spam.example","pattern_type":"DOMAIN","is_regex":false}'; Filter = @{ PatternType = 'UNKNOWN' }; Query = 'pattern_type=UNKNOWN' }
        @{ Noun = 'EmailContentPolicy'; Segment = 'content_policies'; Path = 'policy_id'; Key = 'name'; Order = 'Name'; Note = 'notes'
            New = @{ name = 'Gift cards'; enabled = '1'; pattern = 'gift ?card'; targets = 'subject;BODY' }
            Sent = '{"name":"Gift cards","enabled":true,"pattern":"gift ?card","targets":["SUBJECT","BODY"]}'; Filter = @{ Enabled = $false; Name = 'Policy 1' }; Query = 'enabled=false&name=Policy 1' }
        @{ Noun = 'EmailDomain'; Segment = 'domains'; Path = 'domain_id'; Key = 'domain'; Order = 'Domain'; Note = 'folder'
            New = @{ domain = 'example.com'; allowed_delivery_modes = 'DIRECT;api'; regions = '["GLOBAL"]' }
            Sent = '{"domain":"example.com","allowed_delivery_modes":["DIRECT","API"],"regions":["GLOBAL"],"drop_dispositions":[],"ip_restrictions":[]}'
            Filter = @{ Domain = 'mail1.example', 'mail2.example'; Status = 'pending'; ActiveDeliveryMode = 'DIRECT' }; Query = 'active_delivery_mode=DIRECT&status=PENDING&domain=mail1.example&domain=mail2.example' }
        @{ Noun = 'EmailSendingDomainRestriction'; Segment = 'sending_domain_restrictions'; Path = 'sending_domain_restriction_id'; Key = 'domain'; Order = 'Domain'; Note = 'comments'
            New = @{ domain = 'example.com' }; Sent = '{"domain":"example.com","exclude":[]}'; Filter = @{ Search = 'tls1' }; Query = 'search=tls1' }
        @{ Noun = 'EmailTrustedDomain'; Segment = 'trusted_domains'; Path = 'trusted_domain_id'; Key = 'pattern'; Order = 'Pattern'; Note = 'comments'
            New = @{ pattern = 'example.com'; is_recent = 'true' }
            Sent = '{"pattern":"example.com","is_recent":true,"is_regex":false,"is_similarity":false}'; Filter = @{ IsSimilarity = $true }; Query = 'is_similarity=true' }
        @{ Noun = 'EmailUrlIgnorePattern'; Segment = 'url_ignore_patterns'; Path = 'pattern_id'; Key = 'pattern'; Order = $null; Note = 'comments'
            New = @{ pattern = 'https://example\.com/.*' }; Sent = '{"pattern":"https://example\\.com/.*"}'; Filter = @{}; Query = '' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    function Get-Stored { Invoke-SandboxControl $sandbox "state/$Segment" | ForEach-Object { $_ } }

    # Properties as JSON text, in no order.
    function Get-Sorted {
        param([string] $Json)
        $object = $Json | ConvertFrom-Json
        ($object.PSObject.Properties | Sort-Object Name | ForEach-Object { "$($_.Name)=$(ConvertTo-Json -InputObject $_.Value -Compress)" }) -join '; '
    }
}
AfterAll { Stop-Sandbox $sandbox }

Describe '<Noun>' -ForEach $lists {
    BeforeEach { Reset-Test }

    It 'is found by its natural key, read, changed and removed' {
        $wanted = @(Get-Stored)[1]
        # An expression in capitals is another expression.
        $spelled = if ($Noun -eq 'EmailUrlIgnorePattern') { $wanted.$Key } else { "$($wanted.$Key)".ToUpperInvariant() }
        (& "Get-$Noun" $spelled -MatchBy $Key).Id | Should -BeExactly $wanted.id

        $rows = [pscustomobject] @{ $Key = $wanted.$Key; $Note = 'Inbox' }, [pscustomobject] @{ $Key = 'no such'; $Note = 'Inbox' }
        $run = Invoke-Recorded { $rows | & "Set-$Noun" -MatchBy $Key }
        $run.Errors | Get-ErrorId | Should -BeExactly 'NotFound'
        Get-SentBody | Should -BeExactly "{`"$Note`":`"Inbox`"}"

        [pscustomobject] @{ $Key = $wanted.$Key } | & "Remove-$Noun" -MatchBy $Key -Force
        $last = @(Get-SandboxRequest $sandbox -Write)[-1]
        "$($last.method) $($last.path)" | Should -BeLike "DELETE */$Segment/$($wanted.id)"
    }

    It 'is brought into the state of rows, and stays there' {
        $stored = @(Get-Stored)
        $rows = @($stored[0..($stored.Count - 2)] | ForEach-Object { [pscustomobject] @{ $Key = $_.$Key } }) + [pscustomobject] $New
        $rows[0] | Add-Member $Note Inbox
        $run = Invoke-Recorded { $rows | & "Sync-$Noun" -RemoveUnlisted -Force -PassThru }

        $run.Errors | Should -BeNullOrEmpty
        "$($run.Output)" | Should -BeExactly "Plan: 1 to create, 1 to change, 1 to remove, $($stored.Count - 2) unchanged, 0 not managed here"
        (Get-Stored).id | Should -Not -Contain $stored[-1].id
        (Get-Stored | Where-Object id -EQ $stored[0].id).$Note | Should -BeExactly 'Inbox'
        (Get-Stored).$Key | Should -Contain $New.$Key
        (Invoke-Recorded { $rows | & "Sync-$Noun" -RemoveUnlisted -Force -PassThru }).Output[0].HasChanges | Should -BeFalse
    }

    It 'is read whole, by id, by its own name for the id, and by filters' {
        $all = & "Get-$Noun"
        $all.Id | Should -BeExactly (Get-Stored).id
        (& "Get-$Noun" $all[1].Id).ToJson() | ConvertFrom-Json | ConvertTo-Json -Depth 5 | Should -BeExactly (@(Get-Stored)[1] | ConvertTo-Json -Depth 5)
        ([pscustomobject] @{ $Path = $all[2].Id } | & "Get-$Noun").Id | Should -BeExactly $all[2].Id
        $all[0].AdditionalFields | Should -BeNullOrEmpty

        $null = & "Get-$Noun" @Filter
        $sent = [uri]::UnescapeDataString(@(Get-SandboxRequest $sandbox)[-1].query) -replace '^page=1&per_page=1000&?' -replace '&page=1&per_page=1000$'
        ($sent -split '&' | Sort-Object) -join '&' | Should -BeExactly (($Query -split '&' | Sort-Object) -join '&')
        if ($Order) {
            (& "Get-$Noun" -OrderBy CreatedAt -Descending -First 2).Id | Should -BeExactly @((Get-Stored).id)[-1, -2]
            [uri]::UnescapeDataString(@(Get-SandboxRequest $sandbox)[-1].query) | Should -BeLike '*order=created_at&direction=desc*'
        }
    }

    It 'is created from a row, and a second run of it creates nothing' {
        $row = [pscustomobject] $New
        $made = $row | & "New-$Noun"
        $body = Get-SentBody
        Get-Sorted $body | Should -BeExactly (Get-Sorted $Sent)
        $made.$Key | Should -BeExactly $New[$Key]
        (& "Get-$Noun" $made.Id).$Key | Should -BeExactly $New[$Key]

        $run = Invoke-Recorded { $row | & "New-$Noun" -InformationAction Continue }
        $run.Errors | Should -BeNullOrEmpty
        "$($run.Information)" | Should -BeLike '1 row: 0 created, 1 unchanged*'
        @(Get-Stored).Count | Should -Be 21
        Get-SandboxRequest $sandbox -Method POST | Should -HaveCount 1
    }

    It 'is changed by what its row specifies, and cleared' {
        $id = @(Get-Stored)[1].id
        $value = if ($Noun -eq 'EmailDomain') { 'Inbox' } else { 'Reviewed' }
        [pscustomobject] @{ $Path = $id; $Note = $value } | & "Set-$Noun"
        & "Set-$Noun" -Id $id -Clear $Note
        Get-SentBody | Should -BeExactly "{`"$Note`":`"$value`"}", "{`"$Note`":null}"

        $run = Invoke-Recorded { & "Get-$Noun" | Select-Object -First 1 | & "Set-$Noun" "-$Note" $value -SkipUnchanged -WhatIf -Verbose }
        $run.Errors | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -HaveCount 2
        [pscustomobject] @{ id = $id; $Note = '' } | & "Set-$Noun" -EmptyValue Clear -SkipUnchanged
        Get-SandboxRequest $sandbox -Write | Should -HaveCount 2
    }

    It 'is removed by results of a list and by rows' {
        & "Get-$Noun" | Select-Object -First 2 | & "Remove-$Noun" -Force
        [pscustomobject] @{ $Path = @(Get-Stored)[0].id } | & "Remove-$Noun" -Force
        @(Get-Stored).Count | Should -Be 17
    }

    It 'has a table that starts with what tells items apart and has ids besides, and a list with every property' {
        $lines = (& "Get-$Noun" | Out-String -Width 120) -split '\r?\n' -replace '\x1b\[[\d;]*m'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        foreach ($item in Get-Stored) { @($lines -like "$([WildcardPattern]::Escape($item.$Key)) * $($item.id.Substring(0, 5))*") | Should -HaveCount 1 }
        $one = & "Get-$Noun" -First 1
        $shown = ($one | Format-List | Out-String -Width 120) -split '\r?\n' -replace '\x1b\[[\d;]*m' | ForEach-Object { if ($_ -match '^(\w+) +:') { $Matches[1] } }
        $shown | Sort-Object | Should -BeExactly (($one | Get-Member -MemberType Property, CodeProperty).Name | Sort-Object)
        ($one | ConvertTo-Csv) -match 'System\.|AclAdmin\.' | Should -BeNullOrEmpty
    }

    It 'completes ids and choices' {
        $id = @(Get-Stored)[0].id
        $line = "Set-$Noun -Id $($id.Substring(0, 4))"
        [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Contain $id
    }
}

Describe 'What only some lists have' {
    BeforeEach { Reset-Test }

    It 'a column for a flag that has ended is explained, and nothing is sent for it' {
        $id = (Get-EmailAllowPolicy -First 1).Id
        $run = Invoke-Recorded { [pscustomobject] @{ id = $id; is_sender = 'true'; verify_sender = 'false' } | Set-EmailAllowPolicy }

        $run.Warnings | Should -BeExactly "Column 'is_sender' is past its end of life, so nothing is sent for it. Use is_trusted_sender."
        Get-SentBody | Should -BeExactly '{"verify_sender":false}'
    }

    It 'a pattern type that can only be read, and a value out of its range, are refused without a request' {
        $run = Invoke-Recorded {
            [pscustomobject] @{ pattern = 'x'; pattern_type = 'UNKNOWN' } | New-EmailBlockedSender
            [pscustomobject] @{ id = (Get-EmailDomain -First 1).Id; lookback_hops = '21' } | Set-EmailDomain
            [pscustomobject] @{ id = (Get-EmailDomain -First 1).Id; regions = 'MOON' } | Set-EmailDomain
        }
        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed', 'ValidationFailed', 'ValidationFailed'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'a domain is replaced by PUT, and only where all required settings are specified' {
        $id = (Get-EmailDomain -First 1).Id
        $run = Invoke-Recorded { Set-EmailDomain $id -Replace -Regions US }
        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        Set-EmailDomain $id -Replace -Regions US -AllowedDeliveryModes API -IpRestrictions @() -DropDispositions SPAM -LookbackHops $null

        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly 'PUT'
        Get-Sorted (Get-SentBody) | Should -BeExactly (Get-Sorted '{"allowed_delivery_modes":["API"],"drop_dispositions":["SPAM"],"ip_restrictions":[],"lookback_hops":null,"regions":["US"]}')
    }

    It 'a partial update of a domain cannot set null where only a replacement may' {
        $run = Invoke-Recorded { Set-EmailDomain (Get-EmailDomain -First 1).Id -Transport $null }
        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        "$($run.Errors)" | Should -BeLike '*-Replace*'
    }

    It 'Test-EmailDomain shows the record, or that none is required' {
        $tests = Get-EmailDomain -First 2 | Test-EmailDomain

        $tests.IsRequired | Should -BeExactly $true, $false
        $tests.IsVerified | Should -BeExactly $false, $true
        $tests[0].TxtRecordName | Should -BeExactly '_cf-email-sec-challenge.mail1.example'
        (Invoke-Recorded { Test-EmailDomain 00000000-0000-4000-8000-000000000000 }).Errors | Get-ErrorId | Should -BeExactly 'NotFound'
    }

    It 'headers of the dashboard bind as they are' {
        [pscustomobject] @{ Value = 'b@example.com'; 'Rule Type' = 'EMAIL'; 'Sender Verification' = 'true'; 'Trusted Sender' = 'false'; 'Exempt Recipient' = 'false'; 'Acceptable Sender' = 'true'; Notes = 'From the dashboard' } | New-EmailAllowPolicy

        Get-Sorted (Get-SentBody) | Should -BeExactly (Get-Sorted '{"pattern":"b@example.com","pattern_type":"EMAIL","verify_sender":true,"is_trusted_sender":false,"is_exempt_recipient":false,"is_acceptable_sender":true,"comments":"From the dashboard","is_regex":false}')
    }
}
