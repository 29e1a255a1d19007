# Views: a table of every type fits 120 columns with the id whole, a list has everything, and JSON has the service's own names.

Describe 'Views' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function Get-Line {
            param([Parameter(ValueFromPipeline)] $Thing)
            begin { $all = [Collections.Generic.List[object]]::new() }
            process { $all.Add($Thing) }
            end { ($all | Out-String -Width 120) -split '\r?\n' -replace '\x1b\[[\d;]*m' }
        }

        function Get-Property {
            param($Thing)
            ($Thing | Get-Member -MemberType Property).Name | Sort-Object
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'a table of entries fits 120 columns, with each id whole and a name that people know it by' {
        Set-ImpersonationRegistryEntry $entries[2].id -Name ('A very long name of a person ' * 4) -Comments ('note ' * 60) -Email "$('a' * 60)@example.com"
        $lines = Get-ImpersonationRegistryEntry | Get-Line

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        foreach ($entry in $entries) { @($lines -like "$($entry.id) *") | Should -HaveCount 1 }
        $lines -like "$($entries[0].id)*" | Should -Match '^\S{36} Finance Team +finance@example\.com +False +False *'
        $lines -match '^Id +Name +Email +Regex +Synced +Comments' | Should -HaveCount 1
    }

    It 'a table of rules fits 120 columns, with each sid whole' {
        Update-AccessControlRule $rules[2].rule_sid -Name ('A very long name of a rule ' * 4) -Entries (1..60 | ForEach-Object { "1800555$_" })
        $lines = Get-AccessControlRule | Get-Line

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        foreach ($rule in $rules) { @($lines -like "$($rule.rule_sid) *") | Should -HaveCount 1 }
        $lines -like "$($rules[0].rule_sid)*" | Should -BeLike '*1800; 1615*'
    }

    It 'a table of effective lists fits 120 columns: <Name>' -ForEach @(
        @{ Name = 'with sids'; Said = @{} }, @{ Name = 'with rules'; Said = @{ ExpandRules = $true } }, @{ Name = 'for messages'; Said = @{ Channel = 'Sms' } }
    ) {
        $lists = Get-EffectiveAccessControlList @Said
        $lines = $lists | Get-Line

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines -match '^1 +any ' | Should -HaveCount 1
        $lines -match '^2 +any ' | Should -HaveCount 1
    }

    It 'a table of effective lists shows a sid whole' {
        $lines = Get-EffectiveAccessControlList | Get-Line

        ($lines -join "`n").Contains($rules[2].rule_sid) | Should -BeTrue
    }

    It 'a table of connections fits 120 columns, with the account whole' {
        $lines = Get-AclConnection | Get-Line

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines -match "^Cloudflare +Cloudflare +True +$($sandbox.account_id) " | Should -HaveCount 1
        $lines -match '^CarrierX +CarrierX +True ' | Should -HaveCount 1
    }

    It 'a table of tests fits 120 columns, also with a message' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ service = 'carrierx' } }
        $lines = Test-AclConnection | Get-Line

        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines -match '^Cloudflare +Cloudflare +True +active +True' | Should -HaveCount 1
        $lines -match '^CarrierX +CarrierX +False +accepted +False' | Should -HaveCount 1
    }

    It 'a list of <Name> has every property' -ForEach @(
        @{ Name = 'an entry'; Read = { Get-ImpersonationRegistryEntry -First 1 } }, @{ Name = 'a rule'; Read = { Get-AccessControlRule -First 1 } }
        @{ Name = 'an effective list'; Read = { Get-EffectiveAccessControlList | Select-Object -First 1 } }
        @{ Name = 'a connection'; Read = { Get-AclConnection Cloudflare } }, @{ Name = 'a test'; Read = { Test-AclConnection Cloudflare } }
    ) {
        $thing = & $Read
        $shown = $thing | Format-List | Get-Line | ForEach-Object { if ($_ -match '^(\w+) +: ') { $Matches[1] } }

        # A property without a value has nothing behind its colon.
        $bare = $thing | Format-List | Get-Line | ForEach-Object { if ($_ -match '^(\w+) +:$') { $Matches[1] } }
        @($shown) + $bare | Where-Object { $_ } | Sort-Object | Should -BeExactly (Get-Property $thing)
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
