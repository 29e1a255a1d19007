# Sync-ImpersonationRegistryEntry: the rows are the desired state of the registry. What only the engine shows is here; the rest is tested in the library.

Describe 'Sync-ImpersonationRegistryEntry' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $missing = '00000000-0000-4000-8000-000000000000'

        # Entries 50 and 100 are synced from a directory.
        function Get-Row {
            $entries | ForEach-Object { [pscustomobject] @{ id = $_.id; name = $_.name; email = $_.email; comments = $_.comments } }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'creates, changes and removes what it takes, in one read, and does nothing the second time' {
        $rows = @(Get-Row)
        $rows[0].comments = 'Reviewed'
        $rows[1].name = '  Two  blanks '
        $desired = @($rows[0..97]) + $rows[99] + ([pscustomobject] @{ id = ''; name = 'New'; email = 'new@example.com'; comments = '' })
        $run = Invoke-Recorded { $desired | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force -PassThru -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'PATCH', 'PATCH', 'POST', 'DELETE')
        Get-SentBody | Should -BeExactly @('{"comments":"Reviewed"}', '{"name":"Two  blanks"}', '{"name":"New","email":"new@example.com","is_email_regex":false}', '')
        $run.Warnings | Should -BeExactly '2 impersonation registry entries are not managed here, as directories own them or they are read-only. They are left alone.'
        $run.Information[0] | Should -BeLike '100 rows: 1 created, 2 changed, 1 removed, 97 unchanged, 0 failed, 0 skipped in *(5 requests, 0 repeated)'
        "$($run.Output)" | Should -BeExactly 'Plan: 1 to create, 2 to change, 1 to remove, 95 unchanged, 2 not managed here'
        $run.Output[0].HasChanges | Should -BeTrue

        $null = Invoke-SandboxControl $sandbox requests -Method Delete
        $again = Invoke-Recorded { $desired | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force -PassThru }
        "$($again.Output)" | Should -BeExactly 'Plan: 0 to create, 0 to change, 0 to remove, 98 unchanged, 2 not managed here'
        $again.Output[0].HasChanges | Should -BeFalse
        (Get-SandboxRequest $sandbox).method | Should -BeExactly 'GET'
    }

    It 'shows each change and the plan under -WhatIf, and sends nothing but the reading' {
        $printed = Invoke-ChildPowerShell -Connected (
            "`$rows = Get-ImpersonationRegistryEntry | Select-Object -Skip 1 id, name; `$rows[0].name = 'Other'" + "`n" +
            "`$rows + [pscustomobject] @{ email = 'new@example.com'; name = 'New' } | Sync-ImpersonationRegistryEntry -RemoveUnlisted -WhatIf")

        $printed | Should -BeLike '*"Update name" on target "impersonation registry entry *": name "*" -> "Other"*'
        $printed | Should -BeLike '*"Create email, name, is_email_regex" on target "impersonation registry entry New": email null -> "new@example.com"; name null -> "New"*'
        $printed | Should -BeLike "*`"Remove`" on target `"impersonation registry entry $($entries[0].id) ($($entries[0].name))`"*"
        $printed | Should -BeLike '*Plan: 1 to create, 1 to change, 1 to remove, 96 unchanged, 2 not managed here*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'removes nothing where a row is bad, and carries out the others' {
        $rows = @(Get-Row)[0..96]
        $rows[0].comments = 'Reviewed'
        $rows[1].id = $missing
        $rows[2] | Add-Member is_email_regex maybe
        $rows[3].id = $rows[4].id.ToUpperInvariant()
        $run = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force -PassThru }

        $run.Errors | Get-ErrorId | Sort-Object | Should -BeExactly @('InvalidCell', 'NotFound', 'ValidationFailed', 'ValidationFailed')
        "$($run.Errors[2])" | Should -BeLike 'Row 4: The rows 4, 5 are about the same impersonation registry entry *'
        $run.Errors[1].TargetObject | Should -Be $rows[1]
        Get-SentBody | Should -BeExactly '{"comments":"Reviewed"}'
        $run.Warnings[1] | Should -BeLike '* impersonation registry entries that no row names are not removed, as a row that cannot be carried out may be about one of them. *'
        "$($run.Output)" | Should -BeLike '*, 4 rows failed'
    }

    It 'ends before it reads where there are no rows, and before it sends where too many would be removed' {
        $none = Invoke-Recorded { @() | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force }
        "$($none.Terminating)" | Should -BeLike 'There are no rows, and -RemoveUnlisted would remove every impersonation registry entry. *'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty

        $few = Invoke-Recorded { @(Get-Row)[0..49] | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force }
        $few.Terminating | Get-ErrorId | Should -BeExactly 'TooManyRemovals'
        "$($few.Terminating)" | Should -BeLike 'No row names 49 of 98 managed impersonation registry entries, and -MaxRemove allows 10% to be removed: *'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty

        (Invoke-Recorded { @() | Sync-ImpersonationRegistryEntry }).Terminating | Should -BeNullOrEmpty
        (Invoke-Recorded { @() | Sync-ImpersonationRegistryEntry -MaxRemove most }).Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
    }

    It 'removes nothing where the registry was not read whole, or a change failed' {
        $rows = @(Get-Row)[0..96]
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ method = 'GET' } }
        $unread = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force }
        $unread.Errors.Count | Should -Be 97
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty

        $rows[0].comments = 'Reviewed'
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ method = 'PATCH' } }
        $failed = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Force }
        $failed.Errors.Count | Should -Be 1
        (Get-SandboxRequest $sandbox -Write).method | Should -Not -Contain 'DELETE'
        $failed.Warnings[1] | Should -BeLike '2 impersonation registry entries that no row names are not removed, as changes before them failed. *'
    }

    It 'tells entries by address where rows have no id, without regard to case, and leaves synced ones to their directory' {
        $rows = @(
            [pscustomobject] @{ email = $entries[1].email.ToUpperInvariant(); comments = 'By address' }
            [pscustomobject] @{ email = $entries[49].email; name = 'Not yours' }
        )
        $run = Invoke-Recorded { $rows | Sync-ImpersonationRegistryEntry }

        Get-SentBody | Should -BeExactly '{"comments":"By address"}'
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$($entries[1].id)"
        $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
    }

    It 'records in a journal what can be undone' {
        $journal = Join-Path $TestDrive 'sync.jsonl'
        $before = Get-SandboxState $sandbox entries | Select-Object name, email, comments | Sort-Object name, email | ConvertTo-Json
        $rows = @(Get-Row)[0..98]
        $rows[0].comments = 'Reviewed'
        $rows += [pscustomobject] @{ name = 'New'; email = 'new@example.com' }
        $rows | Where-Object { $_.email -ne $entries[1].email } | Sync-ImpersonationRegistryEntry -RemoveUnlisted -Confirm:$false -JournalPath $journal
        Get-AclChange $journal | ForEach-Object { "$($_.Action)" } | Sort-Object | Should -BeExactly @('Create', 'Delete', 'Update')

        Undo-AclChange -JournalPath $journal -Last -Force
        Get-SandboxState $sandbox entries | Select-Object name, email, comments | Sort-Object name, email | ConvertTo-Json | Should -BeExactly $before
    }

    It 'saves a plan without sending anything, carries out exactly that, and refuses it when the registry has changed' {
        $file = Join-Path $TestDrive 'plan.json'
        $rows = @(Get-Row)
        $rows[0].comments = 'Reviewed'
        $rows += [pscustomobject] @{ name = 'New'; email = 'new@example.com' }
        $save = { $rows | Where-Object email -NE $entries[1].email | Sync-ImpersonationRegistryEntry -RemoveUnlisted -PlanPath $file -PassThru }
        $saved = Invoke-Recorded $save
        $saved.Information[0] | Should -BeExactly 'Plan: 1 to create, 1 to change, 1 to remove, 96 unchanged, 2 not managed here'
        $saved.Information[1] | Should -BeLike '100 rows: 2 would change, 1 would be removed, 98 unchanged, 0 failed in *'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty

        Set-ImpersonationRegistryEntry $entries[0].id -Comments 'Somebody else'
        $stale = Invoke-Recorded { Sync-ImpersonationRegistryEntry -ApplyPlan $file -Force }
        $stale.Terminating | Get-ErrorId | Should -BeExactly 'StalePlan'
        "$($stale.Terminating)" | Should -BeLike "*comments of $($entries[0].id) (*) was * and is `"Somebody else`". Nothing was sent."
        @(Get-SandboxRequest $sandbox -Write).Count | Should -Be 1

        $null = & $save 6> $null 3> $null
        $applied = Invoke-Recorded { Sync-ImpersonationRegistryEntry -ApplyPlan $file -Force -PassThru -ThrottleLimit 1 -JournalPath (Join-Path $TestDrive 'applied.jsonl') }
        $applied.Errors | Should -BeNullOrEmpty
        # A journalled run keeps no order among changes to different entries; removals come last in any case.
        $methods = @(Get-SandboxRequest $sandbox -Write).method
        $methods | Sort-Object | Should -BeExactly @('DELETE', 'PATCH', 'PATCH', 'POST')
        $methods[-1] | Should -BeExactly 'DELETE'
        $applied.Information[0] | Should -BeLike '3 rows: 1 created, 1 changed, 1 removed, 0 unchanged, *'
        $applied.Output[0].HasChanges | Should -BeTrue
        @(Get-AclChange (Join-Path $TestDrive 'applied.jsonl')).Count | Should -Be 3

        # Again: it is done, so what the plan was made for is no longer there.
        (Invoke-Recorded { Sync-ImpersonationRegistryEntry -ApplyPlan $file -Force }).Terminating | Get-ErrorId | Should -BeExactly 'StalePlan'
    }
}
