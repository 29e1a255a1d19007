# Views: every type at 80, 100 and 120 columns as in Fixtures, a list with everything, and JSON has the service's own names.

Describe 'Views' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function Get-Line {
            param([Parameter(ValueFromPipeline)] $Thing)
            begin { $all = [Collections.Generic.List[object]]::new() }
            process { $all.Add($Thing) }
            end { ($all | Out-String -Width 120) -split '\r?\n' -replace '\x1b\[[\d;]*m' }
        }

        # Connections that have met nothing yet, while what is stored stays.
        function Reset-Connection {
            Disconnect-AclConnection -All
            $bare = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-bare-token').SecurePassword
            Connect-CloudflareAccount $sandbox.account_id $bare -BaseUri $sandbox.cloudflare -Name Bare
            Connect-Sandbox $sandbox
        }

        # The other lists of the Email Security settings: long values, cut, and those that tell items apart.
        function Get-LongScreen {
            $domain = "$('mail.' * 12)example.com"
            $note = 'reviewed by the help desk ' * 4
            $new = [ordered]@{
                EmailAllowPolicy = @{ Pattern = "$('a' * 40)@$domain"; PatternType = 'EMAIL'; IsExemptRecipient = $true; Comments = $note }
                EmailBlockedSender = @{ Pattern = $domain; PatternType = 'DOMAIN'; Comments = $note }
                EmailTrustedDomain = @{ Pattern = $domain; IsSimilarity = $true; Comments = $note }
                EmailSendingDomainRestriction = @{ Domain = $domain; Exclude = "one.$domain", "two.$domain"; Comments = $note }
                EmailUrlIgnorePattern = @{ Pattern = "https://$domain/.*"; Comments = $note }
                EmailContentPolicy = @{ Name = $note; Enabled = $true; Pattern = "$($domain -replace '\.', '\.')"; Targets = 'SUBJECT', 'BODY'; Notes = $note }
                EmailDomain = @{ Domain = $domain; AllowedDeliveryModes = 'DIRECT', 'BCC', 'JOURNAL', 'RETRO_SCAN'; Regions = 'GLOBAL', 'AU', 'DE'; Folder = 'AllItems' }
            }
            $screens = [ordered]@{}
            foreach ($noun in $new.Keys) {
                $values = $new[$noun]
                $made = & "New-$noun" @values
                # The id and the times of what is created differ from run to run.
                $screens["Get-$noun"] = (@(& "Get-$noun" -First 2) + $made | Out-String -Width $Width) -replace $made.Id, ('0' * 36) -replace "$($made.Id.Substring(0, 6))[-\da-f]*", '000000'
                $screens["Get-$noun -First 1 | Format-List"] = & "Get-$noun" -First 1 | Format-List
            }
            $screens['Get-EmailDomain -First 2 | Test-EmailDomain'] = Get-EmailDomain -First 2 | Test-EmailDomain
            $screens
        }

        # What a run leaves. Its times and its address are made the same in every run.
        function Get-RunScreen {
            function Get-Still {
                param([Parameter(ValueFromPipeline)] $Thing)
                begin { $all = [Collections.Generic.List[object]]::new() }
                process { $all.Add($Thing) }
                end {
                    ($all | Out-String -Width $Width) -replace '\d{4}-\d\d-\d\d[T ][\d:]+(\.\d+)?Z', '2026-01-02T03:04:05Z' -replace '(?<= )\d\d:\d\d:\d\d\.\d+', '00:00:01.5' -replace
                    '127\.0\.0\.1:\d+', '127.0.0.1:1' -replace '(?<=^|\n)   Run: .*', "   Run: ..."
                }
            }
            $journal = Join-Path $TestDrive "$Width.jsonl"
            $rows = Get-ImpersonationRegistryEntry -First 3 -Connection Cloudflare | Select-Object id, @{ Name = 'name'; Expression = { 'A very long name of a person ' * 4 } }
            $plan = $rows | Sync-ImpersonationRegistryEntry -Connection Cloudflare -PassThru -JournalPath $journal 3> $null
            [ordered]@{
                '... | Sync-ImpersonationRegistryEntry -PassThru' = $plan | Get-Still
                '(... | Sync-ImpersonationRegistryEntry -PassThru).Changes' = $plan.Changes | Select-Object -First 1
                'Get-AclChange | Select-Object -First 1' = Get-AclChange $journal | Select-Object -First 1 | Get-Still
                'Get-AclRun -Last' = Get-AclRun -Last | Get-Still
                '(Get-AclRun -Last).Unreported' = [AclAdmin.AclRunRow] @{ Number = 1048576; Status = 'Unchanged' }, [AclAdmin.AclRunRow] @{ Number = 2; Status = 'NotSent'; Message = 'The run was stopped before this row was sent, and so it changed nothing. ' * 2 }
                'Get-AclRun -Last | Format-List' = Get-AclRun -Last | Format-List | Get-Still
            }
        }

        function Get-Property {
            param($Thing)
            ($Thing | Get-Member -MemberType Property, CodeProperty).Name | Sort-Object
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    # ACLADMIN_WRITE_FIXTURES=1 writes the screens anew, for a person to compare.
    It 'looks as in Fixtures/Views.<Width>.txt at <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 100 }, @{ Width = 120 }) {
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        Set-ImpersonationRegistryEntry $entries[2].id -Name ('A very long name of a person ' * 4) -Comments ('note ' * 60) -Email "$('a' * 60)@example.com"
        Update-AccessControlRule $rules[2].rule_sid -Name ('A very long name of a rule ' * 4) -Entries (1..60 | ForEach-Object { "1800555$_" })
        Reset-Connection
        $connections = @(Get-AclConnection)
        $screens = [ordered]@{
            'Get-AclConnection' = $connections | Out-String -Width $Width
            'Get-AclConnection CarrierX | Format-List ...' = $connections | Where-Object Name -EQ CarrierX |
                Format-List Name, Service, IsDefault, AccountId, Credential, RequestsSent
            'Get-ImpersonationRegistryEntry -First 4' = Get-ImpersonationRegistryEntry -First 4 -Connection Cloudflare
            'Get-ImpersonationRegistryEntry -First 1 | Format-List' = Get-ImpersonationRegistryEntry -First 1 -Connection Cloudflare | Format-List
            'Get-AccessControlRule -First 4' = Get-AccessControlRule -First 4
            'Get-AccessControlRule -First 1 | Format-List' = Get-AccessControlRule -First 1 | Format-List
            'Get-EffectiveAccessControlList' = Get-EffectiveAccessControlList
            'Get-EffectiveAccessControlList -ExpandRules' = Get-EffectiveAccessControlList -ExpandRules
            'Get-AccessControlList' = Get-AccessControlList
            'Get-AccessControlList -WithoutList' = Get-AccessControlList -WithoutList | Select-Object -First 2
            'Get-AccessControlList -PartnerSid ... -Direction any | Format-List' = Get-AccessControlList -PartnerSid 5e0c1d4b-7a29-4f38-b6d1-90a3c8e2f714 | Select-Object -First 1 | Format-List
            'Test-AclConnection' = Test-AclConnection
            '(Test-AclConnection CarrierX).Permissions' = (Test-AclConnection CarrierX).Permissions | Select-Object -First 4
        } + (Get-LongScreen) + (Get-RunScreen)
        $text = foreach ($screen in $screens.GetEnumerator()) {
            "PS> $($screen.Key)"
            ($screen.Value | Out-String -Width $Width) -split '\r?\n' -replace '\x1b\[[\d;]*m' | ForEach-Object TrimEnd
        }
        $shown = (($text -join "`n") -replace '\n{3,}', "`n`n").Trim() + "`n"
        $file = Join-Path $PSScriptRoot "Fixtures/Views.$Width.txt"
        if ($env:ACLADMIN_WRITE_FIXTURES) { [IO.File]::WriteAllText($file, $shown) }

        $shown | Should -BeExactly ([IO.File]::ReadAllText($file) -replace '\r')
        ($shown -split '\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        # A header is the name of a property, whole: the line above the dashes has as many words as there are dashes, and above it is nothing.
        $lines = $shown -split '\n'
        $checked = foreach ($index in 0..($lines.Count - 1) | Where-Object { $lines[$_] -match '^-[- ]+$' }) {
            ($lines[$index - 1] -split ' +' | Where-Object { $_ }) | Should -HaveCount @($lines[$index] -split ' +' | Where-Object { $_ }).Count
            $lines[$index - 2] | Should -BeNullOrEmpty
            $lines[$index - 1].Trim()
        }
        @($checked).Count | Should -BeGreaterThan 15
    }

    # Each type has a screen above, which the fixtures show, and a list for its every property below.
    It 'has a view for everything that a cmdlet writes, and a screen in Fixtures' {
        $types = (Get-Command -Module AclAdmin).OutputType.Type | Where-Object { $_.Assembly.GetName().Name -like 'AclAdmin*' -and -not $_.IsAbstract } | Sort-Object FullName -Unique
        $types.Count | Should -BeGreaterThan 14
        # What these have in their properties is shown too.
        $names = @($types.FullName) + 'AclAdmin.CommandRequirement', 'AclAdmin.AclRunRow', 'AclAdmin.Client.Changes.Sync.AclPlanChange'
        $fixture = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'Fixtures/Views.120.txt'))
        foreach ($name in $names) {
            $views = (Get-FormatData $name).FormatViewDefinition.Control
            $views | Should -Not -BeNullOrEmpty -Because "$name needs a view in src/AclAdmin/Formats"
            # A table's columns and a list's lines stand in the fixture together: header or label, in this order.
            $first = $views[0]
            if ($first -is [Management.Automation.TableControl]) {
                $columns = @($first.Headers.Label)[0..2]
                $fixture | Should -Match "(?m)^ *$($columns -join ' +')\b" -Because "Fixtures/Views.<Width>.txt needs a screen of $name"
            }
            elseif ($first -is [Management.Automation.ListControl]) {
                $fixture | Should -Match "(?m)^$($first.Entries[0].Items[0].DisplayEntry.Value) +:" -Because "Fixtures/Views.<Width>.txt needs a screen of $name"
            }
        }
    }

    It 'a list of a rule shows every entry' {
        $many = 1..60 | ForEach-Object { "1800555$_" }
        Update-AccessControlRule $rules[2].rule_sid -Entries $many
        $list = Get-AccessControlRule $rules[2].rule_sid | Format-List | Out-String -Width 80

        foreach ($entry in $many) { $list | Should -Match "\b$entry\b" }
    }

    It 'a list of <Name> has every property' -ForEach @(
        @{ Name = 'an entry'; Read = { Get-ImpersonationRegistryEntry -First 1 } }, @{ Name = 'a rule'; Read = { Get-AccessControlRule -First 1 } }
        @{ Name = 'an effective list'; Read = { Get-EffectiveAccessControlList | Select-Object -First 1 } }
        @{ Name = 'a list'; Read = { Get-AccessControlList | Select-Object -First 1 } }
        @{ Name = 'an allow policy'; Read = { Get-EmailAllowPolicy -First 1 } }, @{ Name = 'a blocked sender'; Read = { Get-EmailBlockedSender -First 1 } }
        @{ Name = 'a trusted domain'; Read = { Get-EmailTrustedDomain -First 1 } }, @{ Name = 'a restriction'; Read = { Get-EmailSendingDomainRestriction -First 1 } }
        @{ Name = 'a pattern'; Read = { Get-EmailUrlIgnorePattern -First 1 } }, @{ Name = 'a content policy'; Read = { Get-EmailContentPolicy -First 1 } }
        @{ Name = 'a domain'; Read = { Get-EmailDomain -First 1 } }, @{ Name = 'a verification'; Read = { Get-EmailDomain -First 1 | Test-EmailDomain } }
        @{ Name = 'a run'; Read = { Set-ImpersonationRegistryEntry $entries[2].id -Comments new; Get-AclRun -Last } }
        @{ Name = 'a connection'; Read = { Get-AclConnection Cloudflare } }, @{ Name = 'a test'; Read = { Test-AclConnection Cloudflare } }
    ) {
        $thing = & $Read
        $shown = $thing | Format-List | Get-Line | ForEach-Object { if ($_ -match '^(\w+) +: ') { $Matches[1] } }

        # A property without a value has nothing behind its colon.
        $bare = $thing | Format-List | Get-Line | ForEach-Object { if ($_ -match '^(\w+) +:$') { $Matches[1] } }
        @($shown) + $bare | Where-Object { $_ } | Sort-Object | Should -BeExactly (Get-Property $thing)
    }

    It 'exports times as ISO 8601 in UTC where the culture is <_>, and compares and formats them as dates' -ForEach 'ar-SA', 'th-TH', 'de-DE', 'fa-IR' {
        $culture = [Threading.Thread]::CurrentThread.CurrentCulture
        try {
            [Threading.Thread]::CurrentThread.CurrentCulture = $_
            $entry = Get-ImpersonationRegistryEntry $entries[0].id
            $row = $entry | ConvertTo-Csv | ConvertFrom-Csv
            $row.CreatedAt | Should -BeExactly '2025-01-06T08:37:00.007919Z'
            $row.ModifiedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'
            $entry.CreatedAt | Should -BeOfType datetime
            $entry.CreatedAt.Kind | Should -Be Utc
            $entry.CreatedAt -lt [datetime]::UtcNow | Should -BeTrue
            $entry.CreatedAt.ToString('yyyy', [cultureinfo]::InvariantCulture) | Should -BeExactly '2025'
            (ConvertTo-Json $entry | ConvertFrom-Json).CreatedAt | Should -Be $entry.CreatedAt
        }
        finally {
            [Threading.Thread]::CurrentThread.CurrentCulture = $culture
        }
    }

    It 'knows every time of every result of its own' {
        $missing = foreach ($type in (Get-Command -Module AclAdmin).OutputType.Type | Where-Object { $_.Assembly.GetName().Name -like 'AclAdmin*' } | Sort-Object FullName -Unique) {
            foreach ($property in $type.GetProperties() | Where-Object { $_.PropertyType -in [datetime], [nullable[datetime]] }) {
                $names = for ($base = $type; $base; $base = $base.BaseType) { $base.FullName }
                if (-not ($names | ForEach-Object { Get-TypeData -TypeName $_ } | Where-Object { $_.Members.ContainsKey($property.Name) })) {
                    "$($type.FullName).$($property.Name)"
                }
            }
        }
        $missing | Should -BeNullOrEmpty -Because 'ExportedTimes must name it'
    }

    It 'ToJson() of <Name> gives what the service sent, under the service''s own names' -ForEach @(
        @{ Name = 'an entry'; Read = { Get-ImpersonationRegistryEntry $entries[49].id }; Sent = { $entries[49] } }
        @{ Name = 'a rule'; Read = { Get-AccessControlRule $rules[2].rule_sid }; Sent = { $rules[2] } }
    ) {
        $json = (& $Read).ToJson()

        $json | Should -Not -Match '\r|\n'
        $json | ConvertFrom-Json | ConvertTo-Json | Should -BeExactly (& $Sent | ConvertTo-Json)
    }

    It 'an array of JSON can be made of several' {
        $json = '[' + ((Get-AccessControlRule -First 3).ToJson() -join ',') + ']'

        ($json | ConvertFrom-Json).rule_sid | Should -BeExactly $rules[0..2].rule_sid
    }

    It 'a CSV of <Name> has no column of type names' -ForEach @(
        @{ Name = 'entries'; Read = { Get-ImpersonationRegistryEntry } }, @{ Name = 'rules'; Read = { Get-AccessControlRule } }
    ) {
        (& $Read | ConvertTo-Csv) -match 'System\.|AclAdmin\.' | Should -BeNullOrEmpty
    }
}
