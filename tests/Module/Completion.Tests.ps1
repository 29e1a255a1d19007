# Completion: Tab offers what is on the service by its name, and never hangs or complains.

Describe 'Completion' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # Everything that a read needs is loaded before a time box counts.
        Reset-Test
        $null = Get-ImpersonationRegistryEntry
        $null = Get-AccessControlRule

        # What Tab offers behind a line.
        function Get-Offer {
            param([string] $Line)
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
        }

        # A connection of the service that no earlier test has used, so that nothing is known of it yet.
        function Connect-Fresh {
            Disconnect-AclConnection -All
            $name = 'c' + [guid]::NewGuid().ToString('N')
            $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
            Connect-CloudflareAccount -AccountId $sandbox.account_id -ApiToken $token -BaseUri $sandbox.cloudflare -Name $name
        }
    }
    BeforeEach {
        Reset-Test
        # An empty folder: where nothing is offered, the engine offers file names in its place.
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))
        Push-Location $folder
    }
    AfterEach { Pop-Location }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'of ids' {
        It 'offers the id of the entry whose name is begun: <Line>' -ForEach @(
            @{ Line = 'Set-ImpersonationRegistryEntry -Id fin' }, @{ Line = 'Set-ImpersonationRegistryEntry -Id FIN' }, @{ Line = 'Get-ImpersonationRegistryEntry fin' }
            @{ Line = 'Remove-ImpersonationRegistryEntry -Id "Finance T' }, @{ Line = 'Set-ImpersonationRegistryEntry -impersonation_registry_id finance@' }
            @{ Line = 'AclAdmin\Set-ImpersonationRegistryEntry -Comments x -Id nance' }
        ) {
            $offer = @(Get-Offer $Line)

            $offer | Should -HaveCount 1
            $offer[0].CompletionText | Should -BeExactly $entries[0].id
            $offer[0].ListItemText | Should -BeExactly 'Finance Team'
            $offer[0].ToolTip | Should -BeExactly 'Finance Team <finance@example.com>'
        }

        It 'offers an id that is begun itself' {
            (Get-Offer "Set-ImpersonationRegistryEntry -Id $($entries[4].id.Substring(0, 13))").CompletionText | Should -BeExactly $entries[4].id
        }

        It 'offers everything, sorted by name, where nothing is typed' {
            $offer = Get-Offer 'Set-ImpersonationRegistryEntry -Id '

            $offer | Should -HaveCount 100
            $offer.CompletionText | Sort-Object | Should -BeExactly ($entries.id | Sort-Object)
        }

        It 'offers the sids of rules by name' {
            $wanted = $rules | Where-Object name -Like '*Toll*'
            $offer = Get-Offer 'Update-AccessControlRule -RuleSid toll'

            $offer.CompletionText | Sort-Object | Should -BeExactly ($wanted.rule_sid | Sort-Object)
            # Quoted, as PSReadLine may insert the beginning that they share.
            $offer.ListItemText | Sort-Object | Should -BeExactly ($wanted.name | ForEach-Object { "'$_'" } | Sort-Object)
        }

        It 'offers nothing for what nothing is called' {
            Get-Offer 'Set-ImpersonationRegistryEntry -Id zzzz' | Should -BeNullOrEmpty
        }

        It 'asks the service once for several tabs' {
            Connect-Fresh
            $null = Get-Offer 'Set-ImpersonationRegistryEntry -Id f'
            $null = Get-Offer 'Set-ImpersonationRegistryEntry -Id fi'
            $null = Get-Offer 'Get-ImpersonationRegistryEntry -Id fin'

            (Get-SandboxRequest $sandbox).query | Should -BeExactly 'page=1&per_page=1000'
        }

        It 'reads over the connection that the line names' {
            Connect-Fresh
            $name = (Get-AclConnection).Name
            $token = [Net.NetworkCredential]::new('', 'wrong').SecurePassword
            Connect-CloudflareAccount -AccountId $sandbox.account_id -ApiToken $token -BaseUri $sandbox.cloudflare -Name wrong

            Get-Offer 'Set-ImpersonationRegistryEntry -Id fin' | Should -BeNullOrEmpty
            (Get-Offer "Set-ImpersonationRegistryEntry -Connection $name -Id fin").CompletionText | Should -BeExactly $entries[0].id
        }

        It 'offers nothing and is silent without a connection' {
            Disconnect-AclConnection -All
            $Error.Clear()

            Get-Offer 'Set-ImpersonationRegistryEntry -Id fin' | Should -BeNullOrEmpty
            Get-Offer 'Update-AccessControlRule -RuleSid t' | Should -BeNullOrEmpty
            $Error | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'offers nothing and is silent when <Name>' -ForEach @(
            @{ Name = 'the service hangs'; Fault = @{ kind = 'hang'; seconds = 30 } }
            @{ Name = 'the service refuses the credential'; Fault = @{ kind = 'status'; status = 401 } }
            @{ Name = 'the service asks for a wait'; Fault = @{ kind = '429_retry_after_seconds'; seconds = 60 } }
            @{ Name = 'the service answers something else'; Fault = @{ kind = 'status'; status = 404; body = 'html' } }
        ) {
            Connect-Fresh
            Add-SandboxFault $sandbox $Fault
            $Error.Clear()

            Get-Offer 'Set-ImpersonationRegistryEntry -Id fin' | Should -BeNullOrEmpty
            $Error | Should -BeNullOrEmpty
        }
    }

    Context 'of what the module itself knows' {
        It 'offers <Values> for <Line>' -ForEach @(
            @{ Line = 'Set-ImpersonationRegistryEntry -Provenance '; Values = 'A1S_INTERNAL', 'SNOOPY-CASB_OFFICE_365', 'SNOOPY-OFFICE_365', 'SNOOPY-GOOGLE_DIRECTORY' }
            @{ Line = 'Get-ImpersonationRegistryEntry -Provenance a'; Values = 'A1S_INTERNAL' }
            @{ Line = 'New-ImpersonationRegistryEntry -IsEmailRegex '; Values = '$true', '$false' }
            @{ Line = 'New-AccessControlRule -Operation '; Values = 'exact', 'prefix', 'regexp' }
            @{ Line = 'Update-AccessControlRule -Quantifier a'; Values = 'all', 'any' }
            @{ Line = 'Set-AccessControlRule -Field m'; Values = 'message' }
            @{ Line = 'Get-AccessControlRule -Field called'; Values = 'called' }
            @{ Line = 'Get-EffectiveAccessControlList -Channel '; Values = 'Calls', 'Sms' }
            @{ Line = 'Get-EffectiveAccessControlList -Direction u'; Values = 'undirected' }
            @{ Line = 'Set-ImpersonationRegistryEntry -EmptyValue '; Values = 'Clear', 'Ignore' }
            @{ Line = 'Set-EmailAllowPolicy -PatternType '; Values = 'EMAIL', 'DOMAIN', 'IP' }
            @{ Line = 'Get-EmailBlockedSender -PatternType '; Values = 'EMAIL', 'DOMAIN', 'IP', 'UNKNOWN' }
            @{ Line = 'New-EmailContentPolicy -Targets '; Values = 'SUBJECT', 'BODY' }
            @{ Line = 'Get-EmailDomain -Status '; Values = 'PENDING', 'ACTIVE', 'FAILED', 'TIMEOUT' }
            @{ Line = 'New-EmailDomain -Regions '; Values = 'GLOBAL', 'AU', 'DE', 'IN', 'US' }
            @{ Line = 'Get-EmailTrustedDomain -IsSimilarity '; Values = '$true', '$false' }
        ) {
            (Get-Offer $Line).CompletionText | Should -BeExactly $Values
        }

        It 'offers the fields that can be cleared for -Clear: <Line>' -ForEach @(
            @{ Line = 'Set-ImpersonationRegistryEntry -Clear '; Values = 'Comments', 'DirectoryId', 'DirectoryNodeId', 'ExternalDirectoryNodeId', 'Provenance' }
            @{ Line = 'Set-ImpersonationRegistryEntry -Clear com'; Values = 'Comments' }
            @{ Line = 'Set-EmailDomain -Clear '; Values = 'Folder', 'IntegrationId' }
            @{ Line = 'Set-EmailDomain -Replace -Clear '; Values = 'Folder', 'IntegrationId', 'LookbackHops', 'RequireTlsInbound', 'RequireTlsOutbound', 'Transport' }
            @{ Line = 'Set-ImpersonationRegistryEntry -Clear Comments, Dir'; Values = 'DirectoryId', 'DirectoryNodeId' }
        ) {
            (Get-Offer $Line).CompletionText | Should -BeExactly $Values
        }

        It 'offers nothing for -Clear where nothing can be cleared' {
            Get-Offer 'Update-AccessControlRule -Clear ' | Should -BeNullOrEmpty
        }

        It 'offers the names of connections, quoted where they need it' {
            $token = [Net.NetworkCredential]::new('', 'x').SecurePassword
            Connect-CarrierXAccount $token -BaseUri $sandbox.carrierx -Name 'my voice'

            (Get-Offer 'Get-AccessControlRule -Connection ').CompletionText | Should -BeExactly @("'CarrierX'", "'my voice'")
            (Get-Offer 'Set-ImpersonationRegistryEntry -Connection ').CompletionText | Should -BeExactly 'Cloudflare'
            foreach ($line in 'Test-AclConnection ', 'Disconnect-AclConnection -Name ', 'Select-AclConnection ', 'Invoke-AclRequest -Connection ') {
                (Get-Offer $line).CompletionText | Should -BeExactly @("'CarrierX'", "'Cloudflare'", "'my voice'")
            }
            Get-Offer 'Get-AccessControlRule -Connection cloud' | Should -BeNullOrEmpty
            (Get-Offer 'Get-AccessControlRule -Connection m').CompletionText | Should -BeExactly "'my voice'"
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'offers the entries of the rule that the line names for -RemoveEntry' {
            $rule = $rules | Where-Object { $_.entries.Count -gt 1 -and -not ($_.entries -match '[^\w]') } | Select-Object -First 1
            $line = "Update-AccessControlRule $($rule.rule_sid) -RemoveEntry "

            # Unquoted, digits are a number, which has lost its leading zeros.
            (Get-Offer $line).CompletionText | Should -BeExactly ($rule.entries | ForEach-Object { "'$_'" })
            (Get-Offer ($line + $rule.entries[1])).CompletionText | Should -Contain "'$($rule.entries[1])'"
        }

        It 'offers names of files for paths alone, of all parameters of all cmdlets' {
            Set-Content -Path zzz.txt -Value ''
            # An input object is no text, and -First and -Skip are the engine's own.
            $passed = @('InputObject', 'First', 'Skip') + [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
            $offered = foreach ($cmdlet in Get-Command -Module AclAdmin) {
                foreach ($parameter in $cmdlet.Parameters.Values | Where-Object { -not $_.SwitchParameter -and $_.Name -notin $passed }) {
                    if ((Get-Offer "$($cmdlet.Name) -$($parameter.Name) zzz").CompletionText -like '*zzz.txt') { "$($cmdlet.Name) -$($parameter.Name)" }
                }
            }

            $offered -notmatch ' -(JournalPath|PlanPath|ApplyPlan)$' | Should -BeExactly 'Export-AclChangeReport -Path'
            $offered | Should -Contain 'Set-ImpersonationRegistryEntry -JournalPath'
            $offered | Should -Contain 'Sync-EmailDomain -PlanPath'
        }

        It 'offers no names of files: <Line>' -ForEach @(
            @{ Line = 'Set-ImpersonationRegistryEntry -Id zzz' }, @{ Line = 'Set-ImpersonationRegistryEntry -Comments zzz' }, @{ Line = 'Get-AccessControlRule -Connection zzz' }
            @{ Line = 'New-AccessControlRule -Entries zzz' }, @{ Line = 'Update-AccessControlRule x -RemoveEntry zzz' }, @{ Line = 'New-ImpersonationRegistryEntry -Name zzz' }
            @{ Line = 'Set-ImpersonationRegistryEntry -Clear zzz' }, @{ Line = 'Set-ImpersonationRegistryEntry -Provenance zzz' }
        ) {
            Set-Content -Path zzz.txt -Value ''

            Get-Offer $Line | Should -BeNullOrEmpty
            (Get-Offer 'Get-Content zzz').CompletionText | Should -BeLike '*zzz.txt'
        }
    }
}
