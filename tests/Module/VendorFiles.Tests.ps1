# Files as vendors write them: the upload files that Cloudflare documents, of every edition, and exports of directories and of personnel systems.

BeforeDiscovery {
    # Headers as documented; each row as the example files have them, with blanks after the commas.
    $uploads = @(
        @{ Noun = 'EmailAllowPolicy'; File = "Pattern,Pattern Type,Verify Email,Trusted Sender,Exempt Recipient,Acceptable Sender,Notes`nnews@a.example,EMAIL,false,false,false,true,letter"
            Sent = '{"pattern":"news@a.example","pattern_type":"EMAIL","verify_sender":false,"is_trusted_sender":false,"is_exempt_recipient":false,"is_acceptable_sender":true,"comments":"letter","is_regex":false}' }
        @{ Noun = 'EmailAllowPolicy'; File = "Values, Rule Type, Is Regex, Sender Verification, Trusted Sender, Exempt Recipient, Acceptable Sender, Notes`nb.example, DOMAIN, false, false, true, false, false, drill"
            Sent = '{"pattern":"b.example","pattern_type":"DOMAIN","is_regex":false,"verify_sender":false,"is_trusted_sender":true,"is_exempt_recipient":false,"is_acceptable_sender":false,"comments":"drill"}' }
        @{ Noun = 'EmailAllowPolicy'; File = "Pattern, Notes, Verify Email, Trusted Sender, Exempt Recipient, Acceptable Sender`nnews@a.example, letter, false, true, false, true"
            Sent = '{"pattern":"news@a.example","comments":"letter","verify_sender":false,"is_trusted_sender":true,"is_exempt_recipient":false,"is_acceptable_sender":true,"is_regex":false,"pattern_type":"EMAIL"}' }
        @{ Noun = 'EmailBlockedSender'; File = "Blocked_Sender, Blocked Sender Type, Is Regex, Notes`n.*@evil\.example, EMAIL, true, x"
            Sent = '{"pattern":".*@evil\\.example","pattern_type":"EMAIL","is_regex":true,"comments":"x"}' }
        @{ Noun = 'EmailBlockedSender'; File = "Blocked Sender, Blocked Sender Type, Is Regex, Notes`nspam@evil.example, EMAIL, false, twice"
            Sent = '{"pattern":"spam@evil.example","pattern_type":"EMAIL","is_regex":false,"comments":"twice"}' }
        @{ Noun = 'EmailBlockedSender'; File = "Blocked_Sender, Notes`n203.0.113.7, relay"; Sent = '{"pattern":"203.0.113.7","comments":"relay","is_regex":false,"pattern_type":"IP"}' }
        @{ Noun = 'EmailBlockedSender'; File = "Blocked_Sender, Notes`nevil-two.example, drops"; Sent = '{"pattern":"evil-two.example","comments":"drops","is_regex":false,"pattern_type":"DOMAIN"}' }
        @{ Noun = 'EmailTrustedDomain'; File = "Domain, Proximity, New, Notes`na.example, true, false, ours"
            Sent = '{"pattern":"a.example","is_similarity":true,"is_recent":false,"comments":"ours","is_regex":false}' }
        @{ Noun = 'EmailTrustedDomain'; File = "Domain, Proximity, New, Is Regex, Notes`na.example, false, true, false, ours"
            Sent = '{"pattern":"a.example","is_similarity":false,"is_recent":true,"is_regex":false,"comments":"ours"}' }
        @{ Noun = 'EmailTrustedDomain'; File = "Domain, Notes, Proximity, Recent`na.example, ours, true, true"
            Sent = '{"pattern":"a.example","comments":"ours","is_similarity":true,"is_recent":true,"is_regex":false}' }
        @{ Noun = 'ImpersonationRegistryEntry'; File = "Display Name, Email, Notes`nAnn Lee, ann@a.example, CFO"; Sent = '{"name":"Ann Lee","email":"ann@a.example","comments":"CFO","is_email_regex":false}' }
        @{ Noun = 'EmailUrlIgnorePattern'; File = "URL, Note`nhttps://a\.example/.*, n"; Sent = '{"pattern":"https://a\\.example/.*","comments":"n"}' }
        @{ Noun = 'EmailSendingDomainRestriction'; File = "Sending Domain, Excluded Subdomains, Notes`na.example, b.a.example;c.a.example, n"
            Sent = '{"domain":"a.example","exclude":["b.a.example","c.a.example"],"comments":"n"}' }
        @{ Noun = 'EmailContentPolicy'; File = "Name, Is Enabled, Regular Expression, Target, Comments`nGifts, true, gift ?card, Subject, n"
            Sent = '{"name":"Gifts","enabled":true,"pattern":"gift ?card","targets":["SUBJECT"],"notes":"n"}' }
    )
    $people = @(
        @{ File = "DisplayName,Mail,UserPrincipalName`nAnn Lee,ann@a.example,alee@a.onmicrosoft.example"; Name = 'Ann Lee'; Email = 'ann@a.example' }
        @{ File = "DisplayName,Mail,UserPrincipalName`nAnn Lee,,alee@a.example"; Name = 'Ann Lee'; Email = 'alee@a.example' }
        @{ File = "Name,DisplayName,PrimarySmtpAddress,Id`njsmith,John Smith,john@a.example,0d9c2f6e-2f0b-4a77-9b55-1b9b8f7f0a11"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "DisplayName,Name,primaryEmail`nJohn Smith,jsmith,john@a.example"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "Full Name,Work Email`nJohn Smith,john@a.example"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "Email Address [Required],First Name [Required],Last Name [Required]`njohn@a.example,John,Smith"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "mail,givenName,sn`njohn@a.example,John,Smith"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "primaryEmail,name.givenName,name.familyName,name.fullName`njohn@a.example,J,S,John Smith"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "User principal name,Display name,First name,Last name`njohn@a.example,John Smith,J,S"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "Surname,Given Name,E-mail`nSmith,John,john@a.example"; Name = 'John Smith'; Email = 'john@a.example' }
        @{ File = "Name,E-mail 1 - Value`nJohn Smith,john@a.example"; Name = 'John Smith'; Email = 'john@a.example' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')

    # Properties as JSON text, in no order.
    function Get-Sorted {
        param([string] $Json)
        $object = $Json | ConvertFrom-Json
        ($object.PSObject.Properties | Sort-Object Name | ForEach-Object { "$($_.Name)=$(ConvertTo-Json -InputObject $_.Value -Compress)" }) -join '; '
    }
}
AfterAll { Stop-Sandbox $sandbox }

Describe 'An upload file of <Noun>' {
    BeforeEach { Reset-Test }

    It 'binds as it is: <File>' -ForEach $uploads {
        $run = Invoke-Recorded { $File | ConvertFrom-Csv | & "New-$Noun" -StrictColumns }

        @($run.Errors) + $run.Warnings + $run.Terminating | Should -BeNullOrEmpty
        Get-Sorted (Get-SentBody) | Should -BeExactly (Get-Sorted $Sent)
    }

    It 'is an error of the row where nothing shows the type: <Pattern>' -ForEach @(
        @{ Pattern = 'evil' }, @{ Pattern = '203.0.113' }, @{ Pattern = '@evil.example' }, @{ Pattern = '1.2.3.4.5' }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ Blocked_Sender = $Pattern; Notes = 'n' } | New-EmailBlockedSender }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        "$($run.Errors)" | Should -BeLike '*pattern_type is missing; allowed: one of EMAIL, DOMAIN, IP*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is found again by its own words, for a change and for a removal' {
        $run = Invoke-Recorded {
            "Blocked_Sender, Notes`nspam1@example.com, known" | ConvertFrom-Csv | Set-EmailBlockedSender -MatchBy Pattern -StrictColumns
            "Blocked_Sender, Notes`nspam2@example.com, left" | ConvertFrom-Csv | Remove-EmailBlockedSender -MatchBy Pattern -StrictColumns -Force
        }

        @($run.Errors) + $run.Warnings + $run.Terminating | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly @('PATCH', 'DELETE')
        (Get-SentBody)[0] | Should -BeExactly '{"comments":"known"}'
    }
}

Describe 'An export of people' {
    BeforeEach { Reset-Test }

    It 'is registered as it is: <File>' -ForEach $people {
        $run = Invoke-Recorded { $File | ConvertFrom-Csv | New-ImpersonationRegistryEntry -StrictColumns }

        @($run.Errors) + $run.Warnings + $run.Terminating | Should -BeNullOrEmpty
        $body = Get-SentBody | ConvertFrom-Json
        $body.name, $body.email | Should -BeExactly @($Name, $Email)
    }

    It 'does not register an account in place of a person' {
        $run = Invoke-Recorded { [pscustomobject] @{ Name = 'svc-backup'; DisplayName = ''; Mail = 'b@a.example' } | New-ImpersonationRegistryEntry }

        "$($run.Errors)" | Should -BeLike '*name is missing*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'with a guest without an address is an error of that row alone' {
        $rows = 'Ann Guest,ann_mail.example#EXT#@corp.onmicrosoft.example', 'John Smith,john@a.example'
        $run = Invoke-Recorded { @('DisplayName,UserPrincipalName') + $rows | ConvertFrom-Csv | New-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        "$($run.Errors)" | Should -BeLike "*'UserPrincipalName' is 'ann_mail.example#EXT#@corp.onmicrosoft.example': it is the name that a directory makes of a guest's address*"
        (Get-SentBody | ConvertFrom-Json).email | Should -BeExactly 'john@a.example'
    }

    It 'identifies entries for <Verb>, whatever the directory''s own ids' -ForEach @(
        @{ Verb = 'Remove'; Arguments = @{ Force = $true }; Method = 'DELETE' }
        @{ Verb = 'Set'; Arguments = @{ Comments = 'left' }; Method = 'PATCH' }
    ) {
        $run = Invoke-Recorded {
            [pscustomobject] @{ Id = '0d9c2f6e-2f0b-4a77-9b55-1b9b8f7f0a11'; Name = 'x'; Mail = $entries[1].email } |
                & "$Verb-ImpersonationRegistryEntry" -MatchBy Email @Arguments
        }

        $run.Errors | Should -BeNullOrEmpty
        $request = Get-SandboxRequest $sandbox -Write
        "$($request.method) $($request.path)" | Should -BeExactly "$Method $registryPath/$($entries[1].id)"
    }

    It 'is an error of a leaver without an address, and not unchanged' {
        $run = Invoke-Recorded { [pscustomobject] @{ Id = '0d9c2f6e-2f0b-4a77-9b55-1b9b8f7f0a11'; Mail = '' } | Remove-ImpersonationRegistryEntry -MatchBy Email -Force }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        "$($run.Errors)" | Should -BeLike '*there is no value for email*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'is read by its addresses, and kept by Sync- with them as the key' {
        $person = [pscustomobject] @{ Id = '0d9c2f6e-2f0b-4a77-9b55-1b9b8f7f0a11'; 'Work Email' = $entries[1].email; 'Full Name' = $entries[1].name }
        ($person | Get-ImpersonationRegistryEntry -MatchBy Email).Id | Should -BeExactly $entries[1].id

        $run = Invoke-Recorded { $person | Sync-ImpersonationRegistryEntry -Key Email }
        $run.Errors | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '1 row: 0 created, 0 changed, 0 removed, 1 unchanged*'
    }
}
