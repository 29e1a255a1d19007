# Runs of many rows: how they are counted, told of, stopped and shared.

Describe 'A run' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function New-Row {
            param([int[]] $Index)
            foreach ($at in $Index) { [pscustomobject] @{ id = $entries[$at].id; comments = 'new' } }
        }
    }
    BeforeEach { Reset-Test }
    AfterEach { Set-SandboxSetting $sandbox @{ latency_ms = 0 } }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'its summary' {
        It 'counts each row once, by how it ended' {
            $rows = @(New-Row (1..5)) + [pscustomobject] @{ id = $entries[6].id; comments = '' } + [pscustomobject] @{ id = ''; comments = 'new' } +
                [pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' } + [pscustomobject] @{ id = $entries[49].id; comments = 'new' }
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry }

            $run.Information | Should -HaveCount 1
            # The refused write to the synced entry is looked up with one more request.
            $run.Information[0] | Should -Match '^9 rows: 5 changed, 1 unchanged, 3 failed, 0 skipped in \d+(\.\d)? s \(8 requests, 0 repeated\)$'
            $run.Errors | Should -HaveCount 3
        }

        It 'counts repeats' {
            Add-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = 2 }
            $run = Invoke-Recorded { New-Row (1..3) | Set-ImpersonationRegistryEntry -ThrottleLimit 2 }

            $run.Information[0] | Should -BeLike '3 rows: 3 changed, 0 unchanged, 0 failed, 0 skipped in * (5 requests, 2 repeated)'
        }

        It 'counts rows that are not wanted as skipped' {
            $session = New-Session
            $null = $session.AddCommand('Set-ImpersonationRegistryEntry').AddParameter('WhatIf').Invoke([object[]] (New-Row (1..4)))
            $information = $session.Streams.Information
            $session.Dispose()

            @($information | Where-Object Tags -Contain 'Summary') | Should -HaveCount 1
            "$($information.Where({ $_.Tags -contains 'Summary' }).MessageData)" |
                Should -BeLike '4 rows: 4 would change, 0 unchanged, 0 failed in * (1 request, 0 repeated)'
        }

        It 'is an information record that -InformationVariable takes, with tags to find it by' {
            New-Row (1..2) | Set-ImpersonationRegistryEntry -InformationVariable said

            $said | Should -HaveCount 1
            $said[0].Tags | Should -BeExactly @('PSHOST', 'AclAdmin', 'Summary')
            $said[0].MessageData | Should -BeOfType System.Management.Automation.HostInformationMessage
            $said[0].MessageData.Message | Should -BeLike '2 rows: 2 changed, 0 unchanged, 0 failed, 0 skipped in *'
        }

        It 'is shown on the screen without a preference' {
            $printed = Invoke-ChildPowerShell -Connected "[pscustomobject] @{ id = '$($entries[1].id)'; comments = 'new' } | Set-ImpersonationRegistryEntry"

            $printed | Should -BeLike '*1 row: 1 changed, 0 unchanged, 0 failed, 0 skipped in *'
        }

        It 'is there for a run that an error ended: <Name>' -ForEach @(
            @{ Name = 'the credential'; Status = 401; Other = @{} }, @{ Name = '-ErrorAction Stop'; Status = 404; Other = @{ ErrorAction = 'Stop' } }
        ) {
            Add-SandboxFault $sandbox @{ kind = 'status'; status = $Status; every = 2 }
            $run = Invoke-Recorded { New-Row (1..2) | Set-ImpersonationRegistryEntry -ThrottleLimit 1 @Other }

            $run.Terminating | Should -Not -BeNullOrEmpty
            $run.Information | Should -HaveCount 1
            $run.Information[0] | Should -BeLike '2 rows: 1 changed, 0 unchanged, 1 failed, 0 skipped in *(2 requests, 0 repeated)'
        }

        It 'is not there in a call without rows, and counts none of a pipeline without any' {
            (Invoke-Recorded { Set-ImpersonationRegistryEntry $entries[1].id -Comments 'new' }).Information | Should -BeNullOrEmpty
            (Invoke-Recorded { @() | Set-ImpersonationRegistryEntry -Comments 'new' -AllowEmpty }).Information | Should -BeLike '0 rows: 0 changed, *'
        }
    }

    Context 'of an array given as -InputObject' {
        It 'takes each of its rows' {
            $rows = New-Row (1..5)
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -InputObject $rows -PassThru }

            $run.Errors | Should -BeNullOrEmpty
            $run.Output.Id | Should -BeExactly $rows.id
            $run.Information[0] | Should -BeLike '5 rows: 5 changed, *'
        }

        It 'makes the row the target of its error, with its number' {
            $rows = New-Row (1..3)
            $rows[1].id = ''
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -InputObject $rows }

            $run.Errors[0].TargetObject | Should -Be $rows[1]
            $run.Errors[0].ErrorDetails.Message | Should -BeLike 'Row 2: *'
        }

        It 'tells of a row that is nothing, and goes on with the others' {
            $rows = @((New-Row 1), $null, (New-Row 2))
            $run = Invoke-Recorded { Set-ImpersonationRegistryEntry -InputObject $rows }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            $run.Errors[0].ErrorDetails.Message | Should -BeExactly 'Row 2: $null is not a row with columns.'
            Get-SentBody | Should -HaveCount 2
            $run.Information[0] | Should -BeLike '3 rows: 2 changed, 0 unchanged, 1 failed, *'
        }

        It 'writes results while rows are still taken' {
            # Far more rows than may wait, each of which tells when it is read.
            $counter = @{ Read = 0 }
            $read = { $counter.Read++; 'new' }.GetNewClosure()
            $rows = @(1..300 | ForEach-Object { [pscustomobject] @{ id = $entries[1].id } | Add-Member -MemberType ScriptProperty -Name comments -Value $read -PassThru })
            $readAtFirst = Set-ImpersonationRegistryEntry -InputObject $rows -ThrottleLimit 1 -PassThru | ForEach-Object { $counter.Read } | Select-Object -First 1

            $readAtFirst | Should -BeLessThan 200
            $readAtFirst | Should -BeGreaterThan 0
        }

        It 'takes one row as it is' {
            Set-ImpersonationRegistryEntry -InputObject (New-Row 1)

            (Get-SandboxRequest $sandbox).path | Should -BeExactly "$registryPath/$($entries[1].id)"
        }
    }

    Context 'that is ended before its time' {
        It 'sends nothing more after an error with -ErrorAction Stop, waits for what was sent, and says of every row read how it ended' {
            Set-SandboxSetting $sandbox @{ latency_ms = 600 }
            $rows = @([pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' }) + @(New-Row (1..15))
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop -ThrottleLimit 4 }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'NotFound'
            $run.Terminating.TargetObject | Should -Be $rows[0]
            $run.Warnings | Should -HaveCount 1
            $run.Warnings[0] | Should -Match '^The run ends at the error that follows\. Of the rows after it (\d+) were not sent \(([\d, ]+)\); \d+ were applied \([\d, ]+\)\.$'
            $null = $run.Warnings[0] -match 'after it (\d+) were not sent \(([\d, ]+)\)'
            $unsent = [int[]] ($Matches[2] -split ', ')
            $unsent.Count | Should -Be $Matches[1]
            $sent = Get-SandboxRequest $sandbox | ForEach-Object { ($_.path -split '/')[-1] }
            $sent | Sort-Object | Should -BeExactly (1..16 | Where-Object { $_ -notin $unsent } | ForEach-Object { $rows[$_ - 1].id } | Sort-Object)
            # All that was sent was waited for.
            @(Get-SandboxRequest $sandbox | Where-Object applied) | Should -HaveCount ($sent.Count - 1)
        }

        It 'writes what was carried out meanwhile with -PassThru' {
            Set-SandboxSetting $sandbox @{ latency_ms = 600 }
            $rows = @([pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' }) + @(New-Row (1..3))
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop -ThrottleLimit 4 -PassThru }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'NotFound'
            $run.Output.Id | Should -BeExactly $rows[1..3].id
            $run.Warnings | Should -BeExactly 'The run ends at the error that follows. Of the rows after it 3 were applied (2, 3, 4).'
        }

        It 'gives Select-Object -First what it wants, and does not go on to the end' {
            $run = Invoke-Recorded { New-Row (1..48) | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 1 | Select-Object -First 2 }

            @($run.Errors) + $run.Terminating | Where-Object { $_ } | Should -BeNullOrEmpty
            $run.Output.Id | Should -BeExactly $entries[1, 2].id
            $log = @(Get-SandboxRequest $sandbox)
            $log.Count | Should -BeLessThan 48
            # What was sent was waited for.
            $log.applied | Should -Not -Contain $false
            $log.status | Sort-Object -Unique | Should -Be 200
        }

        It 'lets pass what a command behind it throws' {
            $run = Invoke-Recorded { New-Row (1..9) | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 1 | ForEach-Object { throw 'behind' } }

            $run.Terminating.Exception.Message | Should -BeExactly 'behind'
            (Get-SandboxRequest $sandbox).status | Sort-Object -Unique | Should -Be 200
        }

        It 'lets pass what a command before it throws, after it has sent the rows before' {
            $run = Invoke-Recorded { & { New-Row (1..2); throw 'before' } | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }

            $run.Terminating.Exception.Message | Should -BeExactly 'before'
            @(Get-SandboxRequest $sandbox).Count | Should -BeLessOrEqual 2
        }

        It 'stops for Ctrl+C, and sends nothing more' {
            Set-SandboxSetting $sandbox @{ latency_ms = 300 }
            $session = New-Session
            $null = $session.AddCommand('Set-ImpersonationRegistryEntry').AddParameter('ThrottleLimit', 2)
            $rows = [Management.Automation.PSDataCollection[psobject]]::new([psobject[]] (New-Row (1..48)))
            $rows.Complete()
            $handle = $session.BeginInvoke($rows)
            while (-not (Get-SandboxRequest $sandbox)) { Start-Sleep -Milliseconds 20 }
            $session.Stop()

            $session.InvocationStateInfo.State | Should -Be 'Stopped'
            { $session.EndInvoke($handle) } | Should -Throw
            $session.Streams.Error | Should -BeNullOrEmpty
            $session.Dispose()
            @(Get-SandboxRequest $sandbox).Count | Should -BeLessThan 48
        }
    }

    Context 'of rows that the service refuses' {
        It 'looks up the first five one by one and the others in one list: <Name>' -ForEach @(
            @{ Name = 'entries of a directory'; Seed = @{ entries = 100; synced_every = 10 }; Store = 'entries'; Ids = { (Get-SandboxState $sandbox entries)[9, 19, 29, 39, 49, 59, 69].id }
                Send = { param($ids) $ids | ForEach-Object { [pscustomobject] @{ id = $_; comments = 'new' } } | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }
                Id = 'DirectorySyncedEntry'; List = 'page=1&per_page=1000'
            }
            @{ Name = 'read-only rules'; Seed = @{ rules = 300 }; Store = 'rules'; Ids = { (Get-SandboxState $sandbox rules)[39, 79, 119, 159, 199, 239, 279].rule_sid }
                Send = { param($ids) $ids | ForEach-Object { [pscustomobject] @{ rule_sid = $_; operation = 'exact' } } | Update-AccessControlRule -ThrottleLimit 1 }
                Id = 'ReadOnlyRule'; List = 'limit=1000&offset=0'
            }
        ) {
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body $Seed
            $ids = & $Ids
            $run = Invoke-Recorded { & $Send $ids }

            $run.Errors | Get-ErrorId | Should -BeExactly (@($Id) * 7)
            $log = @(Get-SandboxRequest $sandbox)
            $log.method | Should -BeExactly (@('PATCH', 'GET') * 6 + 'PATCH')
            $run.Errors.Exception.StatusCode | Should -BeExactly @($log | Where-Object method -EQ PATCH | ForEach-Object status)
            @($log[1, 3] | ForEach-Object { ($_.path -split '/')[-1] }) | Should -BeExactly $ids[0, 1]
            $log[11].query | Should -BeExactly $List
        }

        It 'does not look up why an id is not there, and keeps the refusal where nothing better is found' {
            Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path_contains = $entries[1].id; method = 'PATCH' } }
            $run = Invoke-Recorded { @([pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' }) + @(New-Row 1) | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }

            $run.Errors | Get-ErrorId | Should -BeExactly @('NotFound', 'PermissionDenied')
            @(Get-SandboxRequest $sandbox).method | Should -BeExactly @('PATCH', 'PATCH', 'GET')
        }
    }

    Context 'its progress' {
        BeforeAll {
            # Runs rows in a PowerShell of its own and gives the progress records that another engine in it would show.
            function Get-Progress {
                param([string[]] $Argument)
                $file = Join-Path $TestDrive 'progress.ps1'
                $connection = ConvertTo-Json -Compress -InputObject ($sandbox | Select-Object cloudflare, carrierx, control, account_id)
                @"
                Import-Module '$modulePath', '$sandboxModulePath'
                Connect-Sandbox ('$connection' | ConvertFrom-Json)
                `$session = [powershell]::Create().AddScript({
                    param(`$ids)
                    Import-Module '$modulePath'
                    Set-ImpersonationRegistryEntry -InputObject @(`$ids | ForEach-Object { [pscustomobject] @{ id = `$_; comments = 'new' } }) -ThrottleLimit 1
                }).AddArgument('$($entries[1..12].id -join ' ')' -split ' ')
                `$null = `$session.Invoke()
                ConvertTo-Json -Compress -InputObject @(`$session.Streams.Progress | Where-Object Activity -EQ Set-ImpersonationRegistryEntry | Select-Object *)
"@ | Set-Content -LiteralPath $file
                $printed = Invoke-Engine (@('-NoProfile') + @($Argument | Where-Object { $_ }) + @('-File', $file))
                # Enumerated, so that no record is nothing and not one empty array.
                $printed | ConvertFrom-Json | ForEach-Object { $_ }
            }
        }

        It 'is shown to a person, with what is left of an array, and taken away at the end' {
            Set-SandboxSetting $sandbox @{ latency_ms = 150 }
            $records = @(Get-Progress)

            $records.Count | Should -BeGreaterThan 1
            $records[0].StatusDescription | Should -Match '^\d+ rows done: \d+ applied, 0 unchanged, 0 failed \([\d.]+ a second\)$'
            $records[0].PercentComplete | Should -BeGreaterOrEqual 0
            $records[-1].RecordType | Should -Be ([int] [Management.Automation.ProgressRecordType]::Completed)
            @($records | Where-Object RecordType -EQ 1) | Should -HaveCount 1
        }

        It 'is not shown where nobody looks' {
            Set-SandboxSetting $sandbox @{ latency_ms = 150 }

            Get-Progress '-NonInteractive' | Should -BeNullOrEmpty
            @(Get-SandboxRequest $sandbox) | Should -HaveCount 12
        }
    }

    Context 'and others' {
        It 'is refused when rows are piped and several ids are named' {
            $run = Invoke-Recorded { New-Row (1..3) | Set-ImpersonationRegistryEntry -Id $entries[1, 2].id }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Terminating.Exception.Message | Should -BeLike '*-Id names 2 items: which row is for which?*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'sends every row to the one id that is named' {
            [pscustomobject] @{ comments = 'a' }, [pscustomobject] @{ comments = 'b' } | Set-ImpersonationRegistryEntry -Id $entries[1].id

            (Get-SandboxRequest $sandbox).path | Sort-Object -Unique | Should -BeExactly "$registryPath/$($entries[1].id)"
            Get-SentBody | Should -BeExactly @('{"comments":"a"}', '{"comments":"b"}')
        }

        It 'shares its connection and what is left of the budget with ForEach-Object -Parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
            Set-SandboxSetting $sandbox @{ limit = $true; quota = 1200; window_seconds = 300 }
            $module = $modulePath
            $entries[1..8].id | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:module
                Set-ImpersonationRegistryEntry -Id $_ -Comments 'parallel'
            }

            @(Get-SandboxRequest $sandbox | Where-Object applied) | Should -HaveCount 8
            (Get-AclConnection Cloudflare).RequestsSent | Should -Be 8
            (Get-AclConnection Cloudflare).RequestsLeft | Should -BeIn 1191, 1192
        }
    }
}
