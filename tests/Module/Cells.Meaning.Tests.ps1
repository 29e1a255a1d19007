# Values that cannot be meant as they are: typed cells, lists in a cell, numbers and patterns as people write them, and unknown columns.

BeforeDiscovery {
    $typed = @(
        @{ Value = [datetime] '2026-01-02'; Cause = 'it is a date' }, @{ Value = [timespan] '01:02:03'; Cause = 'it is a span of time' }
        @{ Value = 1555.5; Cause = 'it is a number with decimals' }, @{ Value = 1555.5d; Cause = 'it is a number with decimals' }, @{ Value = $true; Cause = 'it is true or false' }
    )
    $numbers = @(
        @{ Cell = '+1 (555) 010-0001'; Entries = '["+15550100001"]' }, @{ Cell = '(555) 010-0001'; Entries = '["5550100001"]' }
        @{ Cell = '1-555-010-0001;555.010.0002'; Entries = '["15550100001","5550100002"]' }
        @{ Cell = "+44 20$([char] 0x2011)7946$([char] 0x2013)0958"; Entries = '["+442079460958"]' }
        @{ Cell = '1800'; Entries = '["1800"]' }, @{ Cell = 'MyBank'; Entries = '["MyBank"]' }
    )
    $noNumbers = @(
        @{ Cell = '15551230000;ext=12'; Cause = "'ext=12' has an extension" }, @{ Cell = '15550100x123'; Cause = "'15550100x123' has an extension" }
        @{ Cell = '+1 555 010 0001 ext. 4'; Cause = 'has an extension' }
        @{ Cell = '1555*'; Cause = "'1555`*' has a wildcard" }, @{ Cell = '1555%'; Cause = 'has a wildcard' }, @{ Cell = '1555xxxx'; Cause = 'has a wildcard' }
        @{ Cell = '1555010-1555019'; Cause = 'seems to be a range' }, @{ Cell = "1555010$([char] 0x2013)1555019"; Cause = 'seems to be a range' }
        @{ Cell = '730 907 665'; Cause = 'is several numbers' }, @{ Cell = '1844 1855 1866'; Cause = 'is several numbers' }, @{ Cell = '+1844 1855 1866'; Cause = 'is several numbers' }
        @{ Cell = '1800/1900'; Cause = 'is several numbers' }, @{ Cell = '+44 (0)20 7946 0958'; Cause = 'is several numbers' }
        @{ Cell = "$([char] 0x0661)$([char] 0x0665)55"; Cause = 'has digits of another script' }
        @{ Cell = '1555.5'; Cause = 'has decimals' }, @{ Cell = '1800FLOWERS'; Cause = 'has letters' }, @{ Cell = 'tel:15550100001'; Cause = 'begins with the name of a protocol' }
    )
    $patterns = @(
        @{ Type = 'EMAIL'; Pattern = 'a@x.example,b@x.example'; Cause = 'each pattern needs a row of its own' }, @{ Type = 'EMAIL'; Pattern = 'evil.example'; Cause = 'there is no @' }
        @{ Type = 'EMAIL'; Pattern = '@evil.example'; Cause = 'there is no name before the @' }, @{ Type = 'EMAIL'; Pattern = '*@evil.example'; Cause = 'it looks like an expression' }
        @{ Type = 'EMAIL'; Pattern = 'A B <a@x.example>'; Cause = 'specify the address alone' }, @{ Type = 'EMAIL'; Pattern = 'mailto:a@x.example'; Cause = 'specify the address alone' }
        @{ Type = 'DOMAIN'; Pattern = 'https://evil.example/a'; Cause = 'it is a link' }, @{ Type = 'DOMAIN'; Pattern = '.evil.example'; Cause = 'begins or ends with a dot' }
        @{ Type = 'DOMAIN'; Pattern = '# evil.example'; Cause = 'it is a comment' }, @{ Type = 'DOMAIN'; Pattern = 'evil.example/a'; Cause = 'a path or a port' }
        @{ Type = 'DOMAIN'; Pattern = '203.0.113.7'; Cause = 'it is an IP address' }, @{ Type = 'DOMAIN'; Pattern = 'a@evil.example'; Cause = 'there is an @' }
        @{ Type = 'DOMAIN'; Pattern = '*.evil.example'; Cause = 'it looks like an expression' }
        @{ Type = 'IP'; Pattern = '203.0.113'; Cause = 'not a whole IP address' }, @{ Type = 'IP'; Pattern = '203.0.113.'; Cause = 'not a whole IP address' }
        @{ Type = 'IP'; Pattern = '203.0.113.0/33'; Cause = 'not a whole IP address' }, @{ Type = 'IP'; Pattern = '203.0.113.1-9'; Cause = 'not a whole IP address' }
    )
    $defanged = @(
        @{ Type = 'DOMAIN'; Pattern = 'evil[.]example'; Sent = 'evil.example' }, @{ Type = 'DOMAIN'; Pattern = 'www(.)evil[dot]example'; Sent = 'www.evil.example' }
        @{ Type = 'EMAIL'; Pattern = 'spam[@]evil[.]example'; Sent = 'spam@evil.example' }, @{ Type = 'IP'; Pattern = '203[.]0[.]113[.]7'; Sent = '203.0.113.7' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    $new = @{ name = 'N'; field = 'from'; operation = 'exact'; quantifier = 'any' }
}
AfterAll { Stop-Sandbox $sandbox }

Describe 'A typed cell' {
    BeforeEach { Reset-Test }

    It '<Value> is no entry, no name and no pattern' -ForEach $typed {
        $run = Invoke-Recorded {
            [pscustomobject] ($new + @{ entries = $Value }) | New-AccessControlRule
            [pscustomobject] ($new + @{ entries = @('1800', $Value) }) | New-AccessControlRule
            [pscustomobject] @{ name = $Value; email = 'a@x.example' } | New-ImpersonationRegistryEntry
            [pscustomobject] @{ pattern = $Value; pattern_type = 'EMAIL' } | New-EmailBlockedSender
            [pscustomobject] @{ name = 'N'; pattern = $Value; enabled = $true; targets = 'BODY' } | New-EmailContentPolicy
        }

        @($run.Errors | Get-ErrorId) | Should -BeExactly (@('InvalidCell') * 5)
        $run.Errors | ForEach-Object { "$_" | Should -BeLike "*$Cause*" }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is refused as an argument, too: <Value>' -ForEach $typed {
        $run = Invoke-Recorded { New-AccessControlRule -Name N -Field from -Operation prefix -Quantifier any -Entries $Value }

        $run.Errors.Count + [int] [bool] $run.Terminating | Should -Be 1
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'that is an address or a link is read as its text' {
        [pscustomobject] @{ name = 'N'; email = [mailaddress] '"A B" <a@x.example>'; comments = [uri] 'https://x.example/a' } | New-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly '{"name":"N","email":"a@x.example","comments":"https://x.example/a","is_email_regex":false}'
    }

    It 'in a note stays what it is' {
        [pscustomobject] @{ id = $entries[1].id; comments = 1.5 } | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly '{"comments":"1.5"}'
    }
}

Describe 'A list in a cell' {
    BeforeEach { Reset-Test }

    It 'of <Column> is an error: <Cell>' -ForEach @(
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'exclude'; Cell = 'a.mail.example, b.mail.example'; Cause = 'contains a comma'; Rest = @{ domain = 'mail.example' } }
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'exclude'; Cell = 'a.mail.example b.mail.example'; Cause = 'contains a blank'; Rest = @{ domain = 'mail.example' } }
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'exclude'; Cell = "a.mail.example`nb.mail.example"; Cause = 'contains a line break'; Rest = @{ domain = 'mail.example' } }
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'exclude'; Cell = '["a.mail.example, b.mail.example"]'; Cause = 'each pattern needs'; Rest = @{ domain = 'mail.example' } }
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'exclude'; Cell = 'https://a.mail.example'; Cause = 'it is a link'; Rest = @{ domain = 'mail.example' } }
        @{ Noun = 'EmailDomain'; Column = 'ip_restrictions'; Cell = '203.0.113.0/24,198.51.100.0/24'; Cause = 'contains a comma'; Rest = @{ domain = 'a.example'; allowed_delivery_modes = 'API'; regions = 'DE' } }
        @{ Noun = 'EmailDomain'; Column = 'ip_restrictions'; Cell = '203.0.113'; Cause = 'not a whole IP address'; Rest = @{ domain = 'a.example'; allowed_delivery_modes = 'API'; regions = 'DE' } }
        @{ Noun = 'EmailDomain'; Column = 'regions'; Cell = 'DE,US'; Cause = 'contains a comma'; Rest = @{ domain = 'a.example'; allowed_delivery_modes = 'API' } }
        @{ Noun = 'EmailContentPolicy'; Column = 'targets'; Cell = 'SUBJECT BODY'; Cause = 'contains a blank'; Rest = @{ name = 'N'; pattern = 'x'; enabled = 'yes' } }
    ) {
        $run = Invoke-Recorded { [pscustomobject] ($Rest + @{ $Column = $Cell }) | & "New-$Noun" }

        "$($run.Errors)" | Should -BeLike "*$Cause*"
        @($run.Errors) | Should -HaveCount 1
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'A number' {
    BeforeEach { Reset-Test }

    It '<Cell> is read as <Entries>' -ForEach $numbers {
        $run = Invoke-Recorded {
            [pscustomobject] ($new + @{ entries = $Cell }) | New-AccessControlRule
            [pscustomobject] @{ rule_sid = $rules[1].rule_sid; field = 'from'; operation = 'exact'; entries = $Cell } | Update-AccessControlRule
        }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | ForEach-Object { ConvertTo-Json -Compress -InputObject @(($_ | ConvertFrom-Json).entries) } | Should -BeExactly @($Entries, $Entries)
    }

    It '<Cell> is added to a rule of numbers without its separators, and not to one of words' -ForEach @(@{ Cell = '+1 (555) 010-0001'; Entry = '+15550100001' }) {
        $number = $rules | Where-Object { $_.operation -eq 'exact' -and $_.field -ne 'message' -and -not $_.read_only } | Select-Object -First 1
        $word = $rules | Where-Object { $_.operation -ne 'regexp' -and $_.field -eq 'message' -and -not $_.read_only } | Select-Object -First 1
        $run = Invoke-Recorded { $number, $word | ForEach-Object { [pscustomobject] @{ rule_sid = $_.rule_sid; add_entry = $Cell } } | Update-AccessControlRule -ThrottleLimit 1 }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | ForEach-Object { ($_ | ConvertFrom-Json).entries[-1] } | Should -BeExactly @($Entry, $Cell)
    }

    It '<Cell> is an error that names the cause' -ForEach $noNumbers {
        $run = Invoke-Recorded { [pscustomobject] ($new + @{ entries = $Cell }) | New-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        "$($run.Errors)" | Should -BeLike "*$Cause*"
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It '<Cell> stays as it is in a rule of expressions' -ForEach @(@{ Cell = '1555*' }, @{ Cell = '+1 (555) 010-0001' }, @{ Cell = '1800/1900' }) {
        $run = Invoke-Recorded { [pscustomobject] @{ name = 'N'; field = 'from'; operation = 'regexp'; quantifier = 'any'; entries = $Cell } | New-AccessControlRule }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SentBody | ConvertFrom-Json).entries | Should -BeExactly $Cell
    }
}

Describe 'A pattern' {
    BeforeEach { Reset-Test }

    It '<Pattern> of the type <Type> is an error that names the cause' -ForEach $patterns {
        $run = Invoke-Recorded {
            [pscustomobject] @{ pattern = $Pattern; pattern_type = $Type } | New-EmailBlockedSender
            New-EmailAllowPolicy -Pattern $Pattern -PatternType $Type
            [pscustomobject] @{ id = (Get-EmailBlockedSender -First 1).Id; pattern = $Pattern; pattern_type = $Type; is_regex = 'false' } | Set-EmailBlockedSender
        }

        @($run.Errors | Get-ErrorId) | Should -BeExactly (@('ValidationFailed') * 3)
        $run.Errors | ForEach-Object { "$_" | Should -BeLike "*$Cause*" }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It '<Pattern> is read as <Sent>' -ForEach $defanged {
        $run = Invoke-Recorded {
            [pscustomobject] @{ pattern = $Pattern; pattern_type = $Type } | New-EmailBlockedSender
            New-EmailAllowPolicy -Pattern $Pattern -PatternType $Type
        }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | ForEach-Object { ($_ | ConvertFrom-Json).pattern } | Should -BeExactly @($Sent, $Sent)
    }

    It 'that is an expression is sent as it is' {
        [pscustomobject] @{ pattern = '.*@evil[.]example'; pattern_type = 'EMAIL'; is_regex = 'true' } | New-EmailBlockedSender

        (Get-SentBody | ConvertFrom-Json).pattern | Should -BeExactly '.*@evil[.]example'
    }

    It 'of a trusted domain or a restriction is a domain: <Pattern>' -ForEach @(@{ Pattern = 'https://a.example' }, @{ Pattern = 'a@a.example' }, @{ Pattern = '203.0.113.7' }) {
        $run = Invoke-Recorded {
            [pscustomobject] @{ Domain = $Pattern } | New-EmailTrustedDomain
            [pscustomobject] @{ Domain = $Pattern } | New-EmailSendingDomainRestriction
        }

        @($run.Errors | Get-ErrorId) | Should -BeExactly (@('ValidationFailed') * 2)
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'An unknown column' {
    BeforeEach { Reset-Test }

    It '<Column> is nearest to <Nearest>' -ForEach @(
        @{ Column = 'Remark'; Nearest = 'comments' }, @{ Column = 'Description'; Nearest = 'comments' }, @{ Column = 'Emial'; Nearest = 'email' }, @{ Column = 'Mailbox'; Nearest = 'email' }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; $Column = 'x' } | Set-ImpersonationRegistryEntry -Name N }

        $run.Warnings | Should -BeExactly "Column '$Column' matches no parameter, so nothing is sent for it. Did you mean '$Nearest'?"
    }

    It '<Column> has no near one' -ForEach @(@{ Column = 'Department' }, @{ Column = 'Employee ID' }, @{ Column = 'Home' }, @{ Column = 'Date' }) {
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; $Column = 'x' } | Set-ImpersonationRegistryEntry -Name N }

        $run.Warnings | Should -BeExactly "Column '$Column' matches no parameter, so nothing is sent for it."
    }

    It 'that a script block reads is used' {
        $run = Invoke-Recorded {
            [pscustomobject] @{ key = $entries[1].id; Amt = 'a@x.example'; 'Ruf Name' = 'N' } |
                Set-ImpersonationRegistryEntry -Id { $_.key } -Email { $_.Amt } -Name { $PSItem.'Ruf Name'.ToUpper() } -StrictColumns
        }

        @($run.Errors) + $run.Warnings + $run.Terminating | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly '{"email":"a@x.example","name":"N"}'
    }
}
