# What the examples of the help and of the README find when they are run as they are. Read by Examples.psm1.
@{
    # Texts in an example and what stands in for them. "entry 3" is the id of the sandbox's third registry entry, "rule 2" the sid of its second rule,
    # "cloudflare" and "carrierx" its addresses, "module" the manifest under test; anything else is taken as it is.
    # The sandbox knows the account 023e105f4ecef8ad9ca31a8372d0c353 and the rule c9109b54-13f2-4157-ba23-2984b3a207dc itself.
    Replace = @{
        'f174e90a-fafe-4643-bbbc-4a0ed4fc8415' = 'entry 1'
        '2f6d9a84-7c1b-4e53-9b0e-5a1c8d37f2e6' = 'entry 2'
        '8c40b7e1-3d2f-4a96-8e15-60f9b2c7d4a3' = 'entry 3'
        '7d3e5b90-1f68-4c2a-a5d7-92b04e8c6f13' = 'rule 2'
        '4b81f6c2-9e07-4d35-b1a8-3c5d70e29f64' = 'rule 3'
        'https://gateway.example.com/client/v4' = 'cloudflare'
        'https://gateway.example.com/core/v2' = 'carrierx'
        'http://127.0.0.1:8787/client/v4' = 'cloudflare'
        'acl-admin' = 'sandbox-client'
        './AclAdmin.psd1' = 'module'
        './build.ps1' = 'Invoke-BuildScript'
    }

    # The files in the folder that an example runs in.
    Files = @{
        'bad.txt' = @'
spam@evil.example
news@evil.example
'@
        'edits.csv' = @'
id,name,comments
f174e90a-fafe-4643-bbbc-4a0ed4fc8415,,Reviewed in June
2f6d9a84-7c1b-4e53-9b0e-5a1c8d37f2e6,Dana W. Whitfield,
8c40b7e1-3d2f-4a96-8e15-60f9b2c7d4a3,,Moved to Payroll
'@
        # With two mistakes: a cell that cannot be read, and an id that the service does not know.
        'notes-by-address.csv' = @'
email,comments
finance@example.com,Reviewed in June
'@
        'june.csv' = @'
id,comments,is_email_regex
f174e90a-fafe-4643-bbbc-4a0ed4fc8415,Reviewed in June,no
2f6d9a84-7c1b-4e53-9b0e-5a1c8d37f2e6,Reviewed in June,maybe
00000000-0000-4000-8000-000000000000,Reviewed in June,
'@
        # One row corrected, one that fails again.
        'retry.csv' = @'
id,comments,is_email_regex
2f6d9a84-7c1b-4e53-9b0e-5a1c8d37f2e6,Reviewed in June,no
00000000-0000-4000-8000-000000000000,Reviewed in June,
'@
        'registry.csv' = @'
name,email,comments
Finance Team,finance@example.com,Reviewed in June
Dana Whitfield,dana.whitfield@example.com,
'@
        'finance.csv' = @'
name,email,comments
Finance Team,finance@example.com,Reviewed in June
'@
        'people.csv' = @'
DisplayName,Mail,UserPrincipalName
Dana Whitfield,dana.whitfield@example.com,dwhitfield@example.com
Priya Okafor,,priya.okafor@example.com
'@
        'leavers.csv' = @'
id,name
f174e90a-fafe-4643-bbbc-4a0ed4fc8415,
8c40b7e1-3d2f-4a96-8e15-60f9b2c7d4a3,
'@
        'notes.csv' = @'
id,comments
f174e90a-fafe-4643-bbbc-4a0ed4fc8415,Board member
2f6d9a84-7c1b-4e53-9b0e-5a1c8d37f2e6,
'@
        'rules.csv' = @'
rule_sid,name,operation,entries
c9109b54-13f2-4157-ba23-2984b3a207dc,Toll-free only,prefix,
7d3e5b90-1f68-4c2a-a5d7-92b04e8c6f13,,,1800;1888
'@
        'pipes.csv' = @'
rule_sid,entries
c9109b54-13f2-4157-ba23-2984b3a207dc,1800|1888
'@
        'whole-rules.csv' = @'
rule_sid,name,field,operation,quantifier,entries
c9109b54-13f2-4157-ba23-2984b3a207dc,Toll-free only,called,prefix,any,"[""1800"",""1888""]"
7d3e5b90-1f68-4c2a-a5d7-92b04e8c6f13,Premium rate,called,prefix,any,1900
'@
        'new-rules.csv' = @'
name,field,operation,quantifier,entries
Toll-free only,called,prefix,any,1800;1888
Spam words,message,regexp,any,"["".*free money.*"",""gift;card""]"
'@
        'old-rules.csv' = @'
rule_sid,name
7d3e5b90-1f68-4c2a-a5d7-92b04e8c6f13,Block premium rate
4b81f6c2-9e07-4d35-b1a8-3c5d70e29f64,
'@
        'numbers.csv' = @'
rule_sid,add_entry,remove_entry
c9109b54-13f2-4157-ba23-2984b3a207dc,1844,
c9109b54-13f2-4157-ba23-2984b3a207dc,1855;1866,1800
'@
        'senders.csv' = @'
pattern,pattern_type,comments
bad1@example.com,EMAIL,
bad2.example,DOMAIN,Seen in May
'@
        'policies.csv' = @'
pattern,pattern_type,is_trusted_sender
new1@example.com,EMAIL,true
'@
        'domains.csv' = @'
pattern,is_recent,is_similarity
new1.example,true,false
'@
        'restrictions.csv' = @'
domain,exclude
new1.example,a.new1.example;b.new1.example
'@
        'urls.csv' = @'
pattern,comments
https://new1\.example/.*,
'@
        'content.csv' = @'
name,enabled,pattern,targets
Invoices,true,urgent.*invoice,SUBJECT;BODY
'@
        'maildomains.csv' = @'
domain,allowed_delivery_modes,regions
new1.example,DIRECT;API,GLOBAL
'@
        'blocked.txt' = @'
12125550100
12125550101
'@
    }

    # What holds for an example whose title (as "# title") and code match, in order; a later one wins. Requests, Writes and Errors say what is expected
    # of it, where its text does not tell; Setup is run in its session before it; Connected is false where it connects itself.
    Blocks = @(
        @{ Match = 'Connect-(Cloudflare|CarrierX)Account|\$env:(CLOUDFLARE|CARRIERX)_'; Connected = $false }
        @{ Match = '(?m)^# The error for '; Errors = $true; Writes = $false }
        @{ Match = 'june\.csv|Import-Csv (\./)?retry\.csv'; Errors = $true }
        @{
            # A run to look at, which Select-Object stopped, so that it has rows that were not written.
            Match = 'Get-AclRun'
            Setup = '$null = Import-Csv -LiteralPath ./edits.csv | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 1 | Select-Object -First 1'
            Requests = $true
            Writes = $true
        }
        @{
            # A journal to look at.
            Match = 'changes\.jsonl'
            Setup = '$null = Import-Csv -LiteralPath ./edits.csv | Set-ImpersonationRegistryEntry -JournalPath ./changes.jsonl'
            Requests = $true
            Writes = $true
        }
        @{ Match = '\$dryRun = \$true'; Requests = $false; Writes = $false }
    )
}
