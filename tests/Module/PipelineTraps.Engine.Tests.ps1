# What the engine does to piped objects, to the command line and to a pipeline that ends early, trap by trap.

Describe 'Pipeline traps: objects and the command line' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach {
        Reset-Test
        $rows = 1..3 | ForEach-Object { [pscustomobject] @{ id = $entries[$_].id; comments = "c$_"; key = "k$_" } }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'hashtables do not bind by key: <Name> is refused with advice' -ForEach @(
        @{ Name = 'a hashtable'; Row = @{ comments = 'c' }; Advice = 'Cast the hashtable to `[pscustomobject`]*' }
        @{ Name = 'an ordered one'; Row = [ordered] @{ comments = 'c' }; Advice = 'Cast the hashtable to `[pscustomobject`]*' }
        @{ Name = 'a line of a file'; Row = 'an-id,a comment'; Advice = 'Pipe ids, or rows with columns*Import-Csv*' }
        @{ Name = 'a number'; Row = 5; Advice = 'Pipe rows with columns*' }
    ) {
        $run = Invoke-Recorded { $Row | Set-ImpersonationRegistryEntry -Comments 'c' }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors[0].TargetObject | Should -Be $Row
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike $Advice
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'a piped $null is an error, and the rows after it go on' {
        $run = Invoke-Recorded { $null, $rows[0] | Set-ImpersonationRegistryEntry -WarningAction Ignore }

        $run.Errors | Should -HaveCount 1
        Get-SentBody | Should -BeExactly '{"comments":"c1"}'
    }

    It 'by-name binding of typed objects: Get | Set sends nothing that was not said' {
        Get-ImpersonationRegistryEntry -Id $entries[1].id | Set-ImpersonationRegistryEntry
        Get-AccessControlRule -RuleSid $rules[1].rule_sid | Update-AccessControlRule
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty

        Get-ImpersonationRegistryEntry -Id $entries[1].id | Set-ImpersonationRegistryEntry -Name 'N'
        Get-AccessControlRule -RuleSid $rules[1].rule_sid | Update-AccessControlRule -Name 'N'
        Get-SentBody | Should -BeExactly @('{"name":"N"}', '{"name":"N"}')
    }

    It 'Import-Clixml: a typed object that comes back from a file still gives its identity only' {
        $file = Join-Path $TestDrive 'objects.xml'
        Get-ImpersonationRegistryEntry -Id $entries[0].id | Export-Clixml -LiteralPath $file
        $run = Invoke-Recorded { Import-Clixml -LiteralPath $file | Set-ImpersonationRegistryEntry -Comments 'c' -Verbose }
        Get-AccessControlRule -RuleSid $rules[1].rule_sid | Export-Clixml -LiteralPath $file
        Import-Clixml -LiteralPath $file | Update-AccessControlRule -Name 'N'

        Get-SentBody | Should -BeExactly @('{"comments":"c"}', '{"name":"N"}')
        $run.Verbose[0] | Should -BeLike "*impersonation registry entry $($entries[0].id) (Finance Team)*"
    }

    It 'columns chosen from a typed object are a row like any other' {
        Get-ImpersonationRegistryEntry -Id $entries[1].id | Select-Object Id, @{ Name = 'Comments'; Expression = { "about $($_.Name)" } } |
            Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly "{`"comments`":`"about $($entries[1].name)`"}"
    }

    It 'the command line beats the rows'' own columns, bad cells included' {
        $row = [pscustomobject] @{ id = $entries[1].id; account_id = $sandbox.account_id; comments = 'row'; is_email_regex = 'maybe' }
        $row | Set-ImpersonationRegistryEntry -Id $entries[1].id -AccountId $sandbox.account_id -Comments 'line' -IsEmailRegex $true

        (Get-SandboxRequest $sandbox).path | Should -Be "$registryPath/$($entries[1].id)"
        Get-SentBody | Should -BeExactly '{"comments":"line","is_email_regex":true}'
    }

    It 'the command line beats the rows'' own columns with $null too' {
        $rows[0] | Set-ImpersonationRegistryEntry -Comments $null -WarningAction Ignore

        Get-SentBody | Should -BeExactly '{"comments":null}'
    }

    It '$PSDefaultParameterValues beat the rows'' own columns' {
        $PSDefaultParameterValues = @{ 'Set-ImpersonationRegistryEntry:Comments' = 'default'; 'Set-ImpersonationRegistryEntry:ThrottleLimit' = 1 }
        $rows | Set-ImpersonationRegistryEntry -WarningAction Ignore
        $PSDefaultParameterValues.Clear()

        Get-SentBody | Should -BeExactly @('{"comments":"default"}', '{"comments":"default"}', '{"comments":"default"}')
    }

    It 'several ids on the command line together with rows are applied all or refused, never in part' {
        $run = Invoke-Recorded { $rows[0] | Set-ImpersonationRegistryEntry -Id $entries[4, 5].id -Name 'N' -WarningAction Ignore }

        if (-not ($run.Terminating -or $run.Errors)) {
            (Get-SandboxRequest $sandbox).path | Sort-Object | Should -Be ($entries[4, 5].id | ForEach-Object { "$registryPath/$_" } | Sort-Object)
        }
    }

    It 'a delay-bind script block for <Parameter> is applied per row or refused, and never clears' -ForEach @(
        @{ Parameter = 'Comments'; Script = { $_.key }; Bodies = '{"comments":"k1"}', '{"comments":"k2"}', '{"comments":"k3"}' }
        @{ Parameter = 'DirectoryId'; Script = { $_.key.Substring(1) }
            Bodies = '{"comments":"c1","directory_id":1}', '{"comments":"c2","directory_id":2}', '{"comments":"c3","directory_id":3}' }
    ) {
        $argument = @{ $Parameter = $Script }
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry @argument -ThrottleLimit 1 -WarningAction Ignore }

        $sent = @(Get-SentBody)
        if ($run.Terminating -or $run.Errors) { $sent | Should -BeNullOrEmpty } else { $sent | Should -BeExactly $Bodies }
    }

    It 'a delay-bind script block for -Id is applied per row' {
        $keyed = 1..2 | ForEach-Object { [pscustomobject] @{ key = $entries[$_].id; comments = "c$_" } }
        $run = Invoke-Recorded { $keyed | Set-ImpersonationRegistryEntry -Id { $_.key } -ThrottleLimit 1 -WarningAction Ignore }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).path | Should -Be ($keyed.key | ForEach-Object { "$registryPath/$_" })
    }
}

Describe 'Pipeline traps: a pipeline that ends early' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # What was sent, and that it stays so: a request of another command goes out and comes back meanwhile.
        function Get-SettledWrite {
            $before = @(Get-SandboxRequest $sandbox -Write).Count
            $null = Invoke-SandboxControl $sandbox faults -Method Delete
            1..5 | ForEach-Object { $null = Get-ImpersonationRegistryEntry -Id $entries[0].id }
            @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount $before
            $before
        }
    }
    BeforeEach {
        Reset-Test
        $rows = foreach ($index in 0..199) { [pscustomobject] @{ id = $entries[$index % 49].id; comments = "c$index" } }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'Select-Object -First: gives what was asked for and sends no more rows' {
        $first = $rows | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 1 | Select-Object -First 1

        $first.Id | Should -Be $rows[0].id
        Get-SettledWrite | Should -BeLessThan $rows.Count
    }

    It 'upstream throw: the throw comes through and sends no more rows' {
        $run = Invoke-Recorded {
            $rows | ForEach-Object { if ($_.comments -eq 'c20') { throw 'upstream' } else { $_ } } | Set-ImpersonationRegistryEntry -ThrottleLimit 1
        }

        $run.Terminating.Exception.Message | Should -BeExactly 'upstream'
        Get-SettledWrite | Should -BeLessOrEqual 20
    }

    It 'downstream throw: the throw comes through as it is, not as a row''s error' {
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 1 | ForEach-Object { throw 'downstream' } }

        $run.Terminating.Exception.Message | Should -BeExactly 'downstream'
        $run.Errors | Should -BeNullOrEmpty
        Get-SettledWrite | Should -BeLessThan $rows.Count
    }

    It 'Ctrl+C: nothing is sent after the stop, and the rows under way are no errors' {
        Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 10; match = @{ method = 'PATCH' } }
        $session = New-Session
        $null = $session.AddCommand('Set-ImpersonationRegistryEntry').AddParameter('ThrottleLimit', 4)
        $source = [Management.Automation.PSDataCollection[psobject]]::new([psobject[]] $rows)
        $source.Complete()
        $running = $session.BeginInvoke($source)
        while (@(Get-SandboxRequest $sandbox -Write).Count -lt 4) { Start-Sleep -Milliseconds 20 }
        $session.Stop()

        $ended = { $session.EndInvoke($running) } | Should -Throw -PassThru
        $ended.Exception.InnerException | Should -BeOfType Management.Automation.PipelineStoppedException
        $session.InvocationStateInfo.State | Should -Be 'Stopped'
        $session.Streams.Error | Should -BeNullOrEmpty
        Get-SettledWrite | Should -Be 4
        $session.Dispose()
    }

    It '-ErrorAction Stop: the first bad row ends it' {
        $rows[0].id = 'no/id'
        $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Terminating.TargetObject | Should -Be $rows[0]
        Get-SettledWrite | Should -BeLessThan $rows.Count
    }

    It '-WhatIf: writes nothing, asks nothing' {
        $printed = Invoke-ChildPowerShell -Connected ("[pscustomobject] @{ id = '$($rows[0].id)'; comments = 'c' } | " +
            'Set-ImpersonationRegistryEntry -WhatIf -Confirm; ''went on''')

        $printed | Should -BeLike '*What if: *went on*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It '-NonInteractive: an edit asks nothing, with -Confirm:$false and without' {
        $printed = Invoke-ChildPowerShell -Connected ("Set-ImpersonationRegistryEntry $($rows[0].id) -Comments a -Confirm:`$false; " +
            "Set-ImpersonationRegistryEntry $($rows[0].id) -Comments b; 'went on'")

        $printed.Trim() | Should -BeExactly 'went on'
        Get-SentBody | Should -BeExactly @('{"comments":"a"}', '{"comments":"b"}')
    }

    It 'ForEach-Object -Parallel: runspaces share the connections and what was sent through them' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $rows[0..19] | ForEach-Object -Parallel { Import-Module $using:modulePath; $_ | Set-ImpersonationRegistryEntry } -ThrottleLimit 4

        Get-SentBody | Sort-Object | Should -BeExactly (0..19 | ForEach-Object { "{`"comments`":`"c$_`"}" } | Sort-Object)
        (Get-AclConnection Cloudflare).RequestsSent | Should -Be 20
    }
}
