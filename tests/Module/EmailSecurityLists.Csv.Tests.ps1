# Files for the lists of the Email Security settings besides the registry: headers of any spelling, cells of any origin, and exports that are piped back.

BeforeDiscovery {
    # Cloudflare documents the columns of allow policies alone: value or pattern, rule or pattern type, sender verification, trusted sender, exempt recipient, acceptable
    # sender and notes. For the other lists, the words on the screen of the dashboard are those of the API.
    $files = @(
        @{ Noun = 'EmailAllowPolicy'; Header = 'Value,Rule Type,Sender Verification,Trusted Sender,Exempt Recipient,Acceptable Sender,Notes'; Row = 'b@example.com,Email,true,false,false,true,From the dashboard'
            Sent = '{"pattern":"b@example.com","pattern_type":"EMAIL","verify_sender":true,"is_trusted_sender":false,"is_exempt_recipient":false,"is_acceptable_sender":true,"comments":"From the dashboard","is_regex":false}' }
        @{ Noun = 'EmailAllowPolicy'; Header = 'Pattern,Pattern Type,Verify Sender,is_trusted_sender,Is Exempt Recipient,is-acceptable-sender,Comments'; Row = 'example.com,domain,no,no,no,yes,c'
            Sent = '{"pattern":"example.com","pattern_type":"DOMAIN","verify_sender":false,"is_trusted_sender":false,"is_exempt_recipient":false,"is_acceptable_sender":true,"comments":"c","is_regex":false}' }
        @{ Noun = 'EmailBlockedSender'; Header = 'Value,Rule Type,Notes'; Row = '203.0.113.9,ip,Seen'; Sent = '{"pattern":"203.0.113.9","pattern_type":"IP","is_regex":false,"comments":"Seen"}' }
        @{ Noun = 'EmailBlockedSender'; Header = 'Pattern,Pattern Type,Is Regex,Comments'; Row = '.*\.top,DOMAIN,yes,'; Sent = '{"pattern":".*\\.top","pattern_type":"DOMAIN","is_regex":true}' }
        @{ Noun = 'EmailContentPolicy'; Header = 'Name,Enabled,Pattern,Targets,Notes'; Row = 'Gifts,yes,gift ?card,Subject;Body,n'; Sent = '{"name":"Gifts","enabled":true,"pattern":"gift ?card","targets":["SUBJECT","BODY"],"notes":"n"}' }
        @{ Noun = 'EmailDomain'; Header = 'Domain,Allowed Delivery Modes,Regions,IP Restrictions,Drop Dispositions,Lookback Hops,Require TLS Inbound'; Row = 'example.com,direct;api,global,192.0.2.0/24,spam,3,true'
            Sent = '{"domain":"example.com","allowed_delivery_modes":["DIRECT","API"],"regions":["GLOBAL"],"ip_restrictions":["192.0.2.0/24"],"drop_dispositions":["SPAM"],"lookback_hops":3,"require_tls_inbound":true}' }
        @{ Noun = 'EmailSendingDomainRestriction'; Header = 'Domain,Exclude,Notes'; Row = 'example.com,a.example.com; b.example.com,n'; Sent = '{"domain":"example.com","exclude":["a.example.com","b.example.com"],"comments":"n"}' }
        @{ Noun = 'EmailTrustedDomain'; Header = 'Pattern,Is Recent,Is Similarity,Is Regex,Notes'; Row = 'example.com,true,false,false,n'; Sent = '{"pattern":"example.com","is_recent":true,"is_similarity":false,"is_regex":false,"comments":"n"}' }
        @{ Noun = 'EmailUrlIgnorePattern'; Header = 'Pattern,Notes'; Row = 'https://example\.com/.*,n'; Sent = '{"pattern":"https://example\\.com/.*","comments":"n"}' }
    )
    $lists = 'EmailAllowPolicy', 'EmailBlockedSender', 'EmailContentPolicy', 'EmailDomain', 'EmailSendingDomainRestriction', 'EmailTrustedDomain', 'EmailUrlIgnorePattern' |
        ForEach-Object { @{ Noun = $_ } }
    # What a create needs besides the column of the case.
    $keys = @(
        @{ Noun = 'EmailAllowPolicy'; Column = 'pattern'; Value = 'a@example.com'; Rest = @{ pattern_type = 'EMAIL' } }
        @{ Noun = 'EmailBlockedSender'; Column = 'pattern'; Value = 'a@example.com'; Rest = @{ pattern_type = 'EMAIL' } }
        @{ Noun = 'EmailTrustedDomain'; Column = 'pattern'; Value = 'example.com'; Rest = @{} }
        @{ Noun = 'EmailUrlIgnorePattern'; Column = 'pattern'; Value = 'https://example.com/a'; Rest = @{} }
        @{ Noun = 'EmailSendingDomainRestriction'; Column = 'domain'; Value = 'example.com'; Rest = @{} }
        @{ Noun = 'EmailDomain'; Column = 'domain'; Value = 'example.com'; Rest = @{ allowed_delivery_modes = 'API'; regions = 'DE' } }
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

    function New-Row {
        param([string] $Text)
        [pscustomobject] ($Rest + @{ $Column = $Text })
    }
}
AfterAll { Stop-Sandbox $sandbox }

Describe 'A file of <Noun>' {
    BeforeEach { Reset-Test }

    It 'with the header <Header> binds as it is' -ForEach $files {
        $run = Invoke-Recorded { "$Header`n$Row" | ConvertFrom-Csv | & "New-$Noun" -StrictColumns }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        Get-Sorted (Get-SentBody) | Should -BeExactly (Get-Sorted $Sent)
    }

    It 'that Export-Csv made is piped back, and changes nothing' -ForEach $lists {
        $export = & "Get-$Noun" | ConvertTo-Csv
        $run = Invoke-Recorded { $export | ConvertFrom-Csv | & "Set-$Noun" -SkipUnchanged -StrictColumns -InformationAction Continue }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        "$($run.Information)" | Should -BeLike '20 rows: 0 changed, 20 unchanged*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'A <Column> of <Noun>' -ForEach $keys {
    BeforeEach { Reset-Test }

    It 'is sent without the blanks and invisible characters at its ends' {
        $run = Invoke-Recorded { New-Row "$([char] 0xFEFF) $([char] 0xA0)$Value$([char] 0x200B) " | & "New-$Noun" }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SentBody | ConvertFrom-Json).$Column | Should -BeExactly $Value
    }

    It 'with an invisible character inside is an error that shows it' {
        $run = Invoke-Recorded { New-Row "$($Value.Substring(0, 3))$([char] 0x200B)$($Value.Substring(3))" | & "New-$Noun" }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        "$($run.Errors)" | Should -BeLike '*U+200B*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'that shows nothing is refused' {
        $arguments = $Rest + @{ $Column = "$([char] 0xA0)" }
        $run = Invoke-Recorded { & "New-$Noun" @arguments }

        $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        "$($run.Errors)" | Should -BeLike "*$Column is blank*"
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'An id of <Noun>' -ForEach $lists {
    BeforeEach { Reset-Test }

    It 'is found with blanks and marks around it' {
        $id = (& "Get-$Noun" -First 1).Id
        $run = Invoke-Recorded { [pscustomobject] @{ id = "$([char] 0x200E)$id " } | & "Remove-$Noun" -Force }

        $run.Errors | Should -BeNullOrEmpty
        & "Get-$Noun" | ForEach-Object Id | Should -Not -Contain $id
    }
}

Describe 'A pattern that is an expression' {
    BeforeEach { Reset-Test }

    It 'may contain what cannot be seen' {
        [pscustomobject] @{ pattern = "a$([char] 0x200B)+"; pattern_type = 'EMAIL'; is_regex = 'yes' } | New-EmailBlockedSender

        (Get-SentBody | ConvertFrom-Json).pattern | Should -BeExactly "a$([char] 0x200B)+"
    }
}
