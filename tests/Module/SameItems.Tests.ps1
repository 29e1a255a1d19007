# Which items are the same, in every cmdlet that asks: case, Unicode form, white space, internationalized domains, expressions, keys of several fields.

Describe 'Items that are the same' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $eDiaeresis = [string] [char] 0xEB
        $combining = 'e' + [char] 0x308
        $uDiaeresis = [string] [char] 0xFC

        function New-Person { param($Name, $Email, $Comments) [pscustomobject] @{ name = $Name; email = $Email; comments = $Comments } }
        function Get-CountLine { param($Run) ($Run.Information[-1] -split ' in ')[0] }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'finds an existing entry in another spelling: <Case>' -ForEach @(
        @{ Case = 'Unicode form'; First = { New-Person "Zo$eDiaeresis Mack" 'zoe@corp.example' }; Second = { New-Person "ZO$combining mack" 'Zoe@Corp.example' } }
        @{ Case = 'white space'; First = { New-Person 'Jane Doe' 'jane@corp.example' }; Second = { New-Person '  Jane   Doe ' 'jane@corp.example' } }
        @{ Case = 'xn-- form'; First = { New-Person 'Jane' "jane@b${uDiaeresis}cher.example" }; Second = { New-Person 'Jane' 'jane@xn--bcher-kva.example' } }
        @{ Case = 'order of addresses'; First = { New-Person 'Jane' 'a@corp.example, b@corp.example' }; Second = { New-Person 'Jane' 'B@corp.example,a@corp.example' } }
    ) {
        (& $First) | New-ImpersonationRegistryEntry | Out-Null
        $again = Invoke-Recorded { (& $Second) | New-ImpersonationRegistryEntry }

        $again.Errors | Should -BeNullOrEmpty
        Get-CountLine $again | Should -BeExactly '1 row: 0 created, 1 unchanged, 0 failed, 0 skipped'
        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly 'POST'
    }

    It 'compares patterns without regard to case, and expressions exactly' {
        $rows = 'Spam@Evil.example', 'spam@evil.example' | ForEach-Object { [pscustomobject] @{ pattern = $_; pattern_type = 'EMAIL' } }
        $plain = Invoke-Recorded { $rows | New-EmailBlockedSender }
        Get-CountLine $plain | Should -BeExactly '2 rows: 1 created, 1 unchanged, 0 failed, 0 skipped'

        $expressions = '\S+@Evil\.example', '\s+@evil\.example' | ForEach-Object { [pscustomobject] @{ pattern = $_; pattern_type = 'EMAIL'; is_regex = 'true' } }
        $exact = Invoke-Recorded { $expressions | New-EmailBlockedSender }
        Get-CountLine $exact | Should -BeExactly '2 rows: 2 created, 0 unchanged, 0 failed, 0 skipped'

        (Invoke-Recorded { Get-EmailBlockedSender 'SPAM@evil.example' -MatchBy Pattern }).Output.Pattern | Should -BeExactly 'Spam@Evil.example'
        (Invoke-Recorded { Get-EmailBlockedSender '\s+@evil\.example' -MatchBy Pattern }).Output.Pattern | Should -BeExactly '\s+@evil\.example'
        Invoke-Recorded { Get-EmailBlockedSender '\s+@EVIL\.example' -MatchBy Pattern } | ForEach-Object Errors | Get-ErrorId | Should -BeExactly 'NotFound'
    }

    It 'keeps the present spelling in Sync-: nothing is removed and made again' {
        $null = New-EmailBlockedSender -Pattern 'Spam@Evil.example' -PatternType EMAIL
        $list = @(Get-EmailBlockedSender | Select-Object pattern, @{ n = 'pattern_type'; e = { $_.PatternType } })
        $null = Invoke-SandboxControl $sandbox requests -Method Delete
        foreach ($row in $list) { $row.Pattern = $row.Pattern.ToLowerInvariant() }
        $run = Invoke-Recorded { $list | Sync-EmailBlockedSender -Key Pattern -RemoveUnlisted -Force }

        $run.Errors | Where-Object { "$_" -notlike '*row*about the same*' } | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'sends the new spelling of a name: the same item, another value' {
        Set-ImpersonationRegistryEntry $entries[1].email -MatchBy Email -Name $entries[1].name.ToUpperInvariant() -SkipUnchanged

        Get-SentBody | Should -BeExactly ('{{"name":"{0}"}}' -f $entries[1].name.ToUpperInvariant())
    }

    It 'reads the list once for any number of values: Get- -MatchBy' {
        $wanted = @($entries | Where-Object { -not $_.is_email_regex } | Select-Object -First 30)
        $run = Invoke-Recorded { $wanted.email.ToUpperInvariant() | Get-ImpersonationRegistryEntry -MatchBy Email }

        $run.Output.Id | Should -BeExactly $wanted.id
        (Get-SandboxRequest $sandbox).query | Should -BeExactly 'page=1&per_page=1000'
    }

    Context 'keys of several fields' {
        BeforeEach {
            $null = 'Jane Doe', 'Doe, Jane' | ForEach-Object { New-ImpersonationRegistryEntry -Name $_ -Email 'jane@corp.example' }
            $null = Invoke-SandboxControl $sandbox requests -Method Delete
        }

        It 'keeps several names at one address: Sync- -Key Email, Name' {
            $rows = (New-Person 'jane doe' 'Jane@corp.example' 'a'), (New-Person 'Doe, Jane' 'jane@corp.example' 'b'), (New-Person 'J. Doe' 'jane@corp.example' 'c')
            $run = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry -Key Email, Name -ThrottleLimit 1 }

            $run.Errors | Should -BeNullOrEmpty
            Get-SentBody | Should -BeExactly @('{"comments":"a"}', '{"comments":"b"}', '{"name":"J. Doe","email":"jane@corp.example","comments":"c","is_email_regex":false}')
        }

        It 'finds one of them: <Name>' -ForEach @(
            @{ Name = 'Set-'; Call = { New-Person 'DOE,  JANE' 'jane@corp.example' 'x' | Set-ImpersonationRegistryEntry -MatchBy Email, Name } }
            @{ Name = 'Remove-'; Call = { New-Person 'DOE,  JANE' 'jane@corp.example' | Remove-ImpersonationRegistryEntry -MatchBy Email, Name -Force } }
        ) {
            & $Call
            $expected = (Get-SandboxState $sandbox entries | Where-Object { $_.name -eq 'Doe, Jane' }).id
            $write = Get-SandboxRequest $sandbox -Write
            if ($expected) { $write.path | Should -BeExactly "$registryPath/$expected" } else { $write.method | Should -BeExactly 'DELETE' }
        }

        It 'lists the names where one field is not enough' {
            $run = Invoke-Recorded { New-Person '' 'jane@corp.example' 'x' | Set-ImpersonationRegistryEntry -MatchBy Email }

            "$($run.Errors)" | Should -BeLike "*2 impersonation registry entries have the email 'jane@corp.example': *(Jane Doe)*(Doe, Jane)*"
            $missing = Invoke-Recorded { New-Person '' 'jane@corp.example' 'x' | Set-ImpersonationRegistryEntry -MatchBy Email, Name }
            "$($missing.Errors)" | Should -BeLike '*there is no value for name*'
            (Invoke-Recorded { @() | Sync-ImpersonationRegistryEntry -Key Id, Name }).Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        }
    }

    It 'refuses two rows that would make two items of one key, before anything is sent' {
        $rows = [pscustomobject] @{ id = $entries[1].id; name = ''; email = 'New@corp.example' }, [pscustomobject] @{ id = ''; name = 'New'; email = 'new@corp.example' },
            [pscustomobject] @{ id = $entries[2].id; name = 'Other'; email = '' }
        $run = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry }

        $run.Errors.Count | Should -Be 2
        "$($run.Errors[0])" | Should -BeLike "Row 1: The rows 1 and 2 would make two impersonation registry entries with the email 'New@corp.example': *"
        Get-SentBody | Should -BeExactly '{"name":"Other"}'
    }

    It 'leaves an item of the same key as it is: -IfExists Keep' {
        $rows = (New-Person $entries[1].name $entries[1].email 'another'), (New-Person 'New' 'new@corp.example' 'a'), (New-Person 'NEW' 'new@corp.example' 'b')
        $preview = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists Keep -WhatIf }
        Get-CountLine $preview | Should -BeExactly '3 rows: 1 would change, 2 unchanged, 0 failed'
        $run = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists Keep }

        $run.Errors | Should -BeNullOrEmpty
        Get-CountLine $run | Should -BeExactly '3 rows: 1 created, 2 unchanged, 0 failed, 0 skipped'
        Get-SentBody | Should -BeExactly '{"name":"New","email":"new@corp.example","comments":"a","is_email_regex":false}'
    }

    It 'warns of two rows with different values for one item: <Name>' -ForEach @(
        @{ Name = 'Set-'; Call = { 'a', 'b' | ForEach-Object { [pscustomobject] @{ id = $entries[1].id; comments = $_ } } | Set-ImpersonationRegistryEntry } }
        @{ Name = 'Set- -MatchBy'; Call = { 'a', 'b' | ForEach-Object { [pscustomobject] @{ email = $entries[1].email; comments = $_ } } | Set-ImpersonationRegistryEntry -MatchBy Email } }
        @{ Name = 'New- -IfExists Update'; Call = { 'a', 'b' | ForEach-Object { New-Person 'New' 'new@corp.example' $_ } | New-ImpersonationRegistryEntry -IfExists Update } }
        @{ Name = 'Update-'; Call = { 'a', 'b' | ForEach-Object { [pscustomobject] @{ rule_sid = $rules[1].rule_sid; name = $_ } } | Update-AccessControlRule } }
    ) {
        $run = Invoke-Recorded $Call

        $run.Warnings | Should -HaveCount 1
        "$($run.Warnings)" | Should -BeLike '*: row 1 specifies another value for *. The later row overrides it.'
    }

    Context 'a part of a list' {
        It 'neither changes nor removes what is outside of -Scope' {
            $null = New-Person 'Ann' 'ann@corp.example' 'HR: 1' | New-ImpersonationRegistryEntry
            $null = New-Person 'Bob' 'bob@corp.example' 'HR: 2' | New-ImpersonationRegistryEntry
            $null = Invoke-SandboxControl $sandbox requests -Method Delete
            $rows = (New-Person 'Ann B.' 'ann@corp.example' 'HR: 1'), (New-Person 'Not mine' $entries[1].email 'HR: 3')
            $run = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry -Scope { $_.Comments -like 'HR:*' } -RemoveUnlisted -MaxRemove 1 -Force -PassThru }

            "$($run.Errors)" | Should -BeLike 'Row 2: The impersonation registry entry * is outside of -Scope, so it is left alone. *'
            (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly @('PATCH', 'DELETE')
            Get-CountLine $run | Should -BeExactly '2 rows: 0 created, 1 changed, 1 removed, 0 unchanged, 1 failed, 0 skipped'
            "$($run.Output)" | Should -BeExactly 'Plan: 0 to create, 1 to change, 1 to remove, 0 unchanged, 100 not managed here'
            "$($run.Warnings)" | Should -BeLike '100 impersonation registry entries are not managed here, as directories own them or they are read-only, or outside of -Scope. *'
        }

        It 'shows that a new address is that of a person who is there' {
            $null = New-Person 'Ann' 'ann@corp.example' 'HR: 1' | New-ImpersonationRegistryEntry
            $printed = Invoke-ChildPowerShell -Connected (
                "[pscustomobject] @{ name = 'Ann'; email = 'ann.b@corp.example'; comments = 'HR: 1' } | Sync-ImpersonationRegistryEntry -Scope { `$_.Comments -like 'HR:*' } -RemoveUnlisted -MaxRemove 1 -WhatIf")

            $printed | Should -BeLike '*"Create name, email, comments, is_email_regex (in place of * (Ann), whose email ''ann@corp.example'' no row has)" on target*'
            $printed | Should -BeLike '*1 row: 1 would change, 1 would be removed, 0 unchanged, 0 failed in *'
        }
    }

    It 'shows the values of what New- would create' {
        $printed = Invoke-ChildPowerShell -Connected "New-ImpersonationRegistryEntry -Name Ann -Email ann@corp.example -WhatIf"

        $printed | Should -BeLike '*"Create email, name, is_email_regex" on target "impersonation registry entry Ann": email null -> "ann@corp.example"; name null -> "Ann"*'
    }
}
