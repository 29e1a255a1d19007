# Get-AclRun: how the runs of this session went. What a stopped run leaves in it is in Accounting.Tests.ps1.

Describe 'Get-AclRun' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function New-Row {
            param([int[]] $Index)
            foreach ($at in $Index) { [pscustomobject] @{ id = $entries[$at].id; comments = 'new' } }
        }

        # Runs commands one after another in a session of their own, and gives what the last one writes.
        function Invoke-InSession {
            param([scriptblock[]] $Script, [object] $Argument)
            $session = New-Session
            try {
                foreach ($part in $Script) {
                    $session.Commands.Clear()
                    $output = $session.AddScript("$part").AddArgument($Argument).Invoke()
                }
                $output
            }
            finally {
                $session.Runspace.Dispose()
                $session.Dispose()
            }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'writes nothing before the first run, with -Last too, and needs no connection' {
        Get-AclConnection | Disconnect-AclConnection

        Invoke-InSession { Get-AclRun } | Should -BeNullOrEmpty
        Invoke-InSession { Get-AclRun -Last } | Should -BeNullOrEmpty
    }

    It 'writes a run with its counts' {
        $before = [datetime]::UtcNow
        $rows = @(New-Row (1..5)) + [pscustomobject] @{ id = $entries[6].id; comments = '' } + [pscustomobject] @{ id = ''; comments = 'new' } +
            [pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' }
        $null = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry }
        $run = Get-AclRun -Last

        $run | Should -BeOfType AclAdmin.AclRun
        $run.Command | Should -BeExactly 'Set-ImpersonationRegistryEntry'
        $run.StartedAt | Should -BeGreaterOrEqual $before
        $run.StartedAt.Kind | Should -Be 'Utc'
        $run.Duration | Should -BeGreaterThan ([timespan]::Zero)
        $run.StartedAt + $run.Duration | Should -BeLessOrEqual ([datetime]::UtcNow.AddMilliseconds(50))
        $run.EndedBy | Should -BeExactly 'Completed'
        $run.Rows, $run.Created, $run.Changed, $run.Removed, $run.Unchanged, $run.Skipped, $run.Failed, $run.Unknown | Should -Be @(8, 0, 5, 0, 1, 0, 2, 0)
        $run.Unreported | Should -BeNullOrEmpty
    }

    It 'counts by what was done: <Name>' -ForEach @(
        @{ Name = 'created'; Call = { New-ImpersonationRegistryEntry -Name Ann -Email ann@example.com }; Count = 'Created' }
        @{ Name = 'changed'; Call = { Set-ImpersonationRegistryEntry $entries[1].id -Comments new }; Count = 'Changed' }
        @{ Name = 'changed, a rule'; Call = { Update-AccessControlRule $rules[0].rule_sid -Operation exact }; Count = 'Changed' }
        @{ Name = 'removed'; Call = { Remove-ImpersonationRegistryEntry $entries[1].id -Confirm:$false }; Count = 'Removed' }
        @{ Name = 'unchanged'; Call = { New-ImpersonationRegistryEntry -Name $entries[1].name -Email $entries[1].email }; Count = 'Unchanged' }
        @{ Name = 'skipped'; Call = { Set-ImpersonationRegistryEntry $entries[1].id -Comments new -WhatIf }; Count = 'Skipped' }
        @{ Name = 'failed'; Call = { Set-ImpersonationRegistryEntry '00000000-0000-4000-8000-000000000000' -Comments new }; Count = 'Failed' }
    ) {
        $null = Invoke-Recorded $Call
        $run = Get-AclRun -Last

        $run.Rows | Should -Be 1
        foreach ($name in 'Created', 'Changed', 'Removed', 'Unchanged', 'Skipped', 'Failed', 'Unknown') {
            $run.$name | Should -Be ([int] ($name -eq $Count)) -Because $name
        }
    }

    It 'counts what was sent without an answer as unknown' {
        Add-SandboxFault $sandbox @{ kind = 'reset_after_apply'; times = 1; match = @{ method = 'POST' } }
        $null = Invoke-Recorded { New-ImpersonationRegistryEntry -Name Ann -Email ann@example.com -IfExists Create }

        (Get-AclRun -Last).Unknown | Should -Be 1
        (Get-AclRun -Last).Failed | Should -Be 0
    }

    It 'counts a run under -WhatIf as skipped, as the closing line does' {
        $line = Invoke-Recorded { New-Row (1..4) | Set-ImpersonationRegistryEntry -WhatIf }

        (Get-AclRun -Last).Skipped | Should -Be 4
        $line.Information[-1] | Should -BeLike '4 rows: 4 would change, 0 unchanged, 0 failed in *'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'says that an error ended the run: <Name>' -ForEach @(
        @{ Name = 'the credential'; Status = 401; Other = @{} }, @{ Name = '-ErrorAction Stop'; Status = 404; Other = @{ ErrorAction = 'Stop' } }
    ) {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = $Status }
        $null = Invoke-Recorded { New-Row (1..3) | Set-ImpersonationRegistryEntry -ThrottleLimit 1 @Other }

        $run = Get-AclRun -Last
        $run.EndedBy | Should -BeExactly 'Failed'
        $run.Failed | Should -Be $run.Rows
        $run.Unreported | Should -BeNullOrEmpty
    }

    It 'writes the runs of this session, the latest last, and -Last the latest alone' {
        $runs = Invoke-InSession -Argument @($entries[1].id, $rules[0].rule_sid) {
            param($ids)
            Set-ImpersonationRegistryEntry $ids[0] -Comments 'new'
            Update-AccessControlRule $ids[1] -Operation exact
            Get-ImpersonationRegistryEntry -First 1 | Out-Null
        }, { Get-AclRun; 'last:'; Get-AclRun -Last }

        $runs.Count | Should -Be 4
        $runs[0, 1].Command | Should -BeExactly @('Set-ImpersonationRegistryEntry', 'Update-AccessControlRule')
        $runs[3].Command | Should -BeExactly 'Update-AccessControlRule'
        $runs[0].StartedAt | Should -BeLessOrEqual $runs[1].StartedAt
    }

    It 'does not write what another session has run' {
        $null = Set-ImpersonationRegistryEntry $entries[1].id -Comments 'here'
        $here = @(Get-AclRun).Count
        Invoke-InSession -Argument $rules[0].rule_sid { param($sid) Update-AccessControlRule $sid -Operation exact }, { Get-AclRun } | ForEach-Object Command | Should -BeExactly 'Update-AccessControlRule'

        (Get-AclRun -Last).Command | Should -BeExactly 'Set-ImpersonationRegistryEntry'
        Get-AclRun | Should -HaveCount $here
    }

    It 'keeps the latest 20' {
        foreach ($number in 1..22) { Set-ImpersonationRegistryEntry $entries[$number].id -Comments 'new' }

        Get-AclRun | Should -HaveCount 20
    }

    It 'keeps no run without rows' {
        $before = @(Get-AclRun | ForEach-Object StartedAt)
        @() | Set-ImpersonationRegistryEntry -Comments 'new'

        @(Get-AclRun | ForEach-Object StartedAt) | Should -BeExactly $before
    }
}
