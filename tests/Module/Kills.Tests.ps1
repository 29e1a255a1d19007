# A journalled job of several cmdlets that is killed and run again: every row is in effect once, nothing twice, and the journal takes all of it back.
# ACLADMIN_KILLS and ACLADMIN_KILL_ROWS make the trial as long as wanted, 50 and 1000 for a full one; ACLADMIN_KILL_SEED chooses other points.

Describe 'A journalled job that is killed and run again' {
    BeforeDiscovery {
        $kills = if ($env:ACLADMIN_KILLS) { [int] $env:ACLADMIN_KILLS } else { 2 }
        $total = if ($env:ACLADMIN_KILL_ROWS) { [int] $env:ACLADMIN_KILL_ROWS } else { 40 }
        $seed = if ($env:ACLADMIN_KILL_SEED) { [int] $env:ACLADMIN_KILL_SEED } else { 7 }
        $random = [Random]::new($seed)
        # After so many writes, and a moment later: in the middle of others.
        $points = foreach ($number in 1..$kills) { @{ After = $random.Next(1, $total); Pause = $random.Next(0, 9); Seed = $seed; Total = $total } }
    }
    BeforeAll {
        $total = if ($env:ACLADMIN_KILL_ROWS) { [int] $env:ACLADMIN_KILL_ROWS } else { 40 }
        $sandboxEntries = [Math]::Max(100, $total)
        $sandboxRules = [Math]::Max(50, [int] ($total / 2))
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $journal = Join-Path $TestDrive 'changes.jsonl'

        # Of a hundred rows 30 create, 30 edit and 15 remove entries; 15 edit, 5 create and 5 remove rules.
        $owned = @($entries | Where-Object provenance -EQ 'A1S_INTERNAL' | ForEach-Object id)
        $writable = @($rules | Where-Object { -not $_.read_only } | ForEach-Object rule_sid)
        $many = @{ Create = [int] ($total * 0.3); Edit = [int] ($total * 0.3); Remove = [int] ($total * 0.15); Rule = [int] ($total * 0.15); Few = [int] ($total * 0.05) }
        $files = @{}
        foreach ($file in @(
                @{ Name = 'create'; Rows = 1..$many.Create | ForEach-Object { [pscustomobject] @{ name = "Person $_"; email = "person$_@example.com" } } }
                @{ Name = 'edit'; Rows = 1..$many.Edit | ForEach-Object { [pscustomobject] @{ id = $owned[$_ - 1]; comments = "Edit $_" } } }
                @{ Name = 'remove'; Rows = 1..$many.Remove | ForEach-Object { [pscustomobject] @{ id = $owned[$many.Edit + $_ - 1] } } }
                @{ Name = 'editrule'; Rows = 1..$many.Rule | ForEach-Object { [pscustomobject] @{ rule_sid = $writable[$_ - 1]; name = "Edited $_" } } }
                @{ Name = 'createrule'; Rows = 1..$many.Few | ForEach-Object { [pscustomobject] @{ name = "New $_"; field = 'calling'; operation = 'exact'; quantifier = 'any'; entries = "1800$_;1900" } } }
                @{ Name = 'removerule'; Rows = 1..$many.Few | ForEach-Object { [pscustomobject] @{ rule_sid = $writable[$many.Rule + $_ - 1] } } }
            )) {
            $files[$file.Name] = Join-Path $TestDrive "$($file.Name).csv"
            $file.Rows | Export-Csv -LiteralPath $files[$file.Name] -NoTypeInformation
        }
        $job = @"
`$more = @{ JournalPath = '$journal'; ThrottleLimit = 8 }
Import-Csv '$($files.create)' | New-ImpersonationRegistryEntry -IfExists Create @more | Out-Null
Import-Csv '$($files.editrule)' | Update-AccessControlRule @more
Import-Csv '$($files.edit)' | Set-ImpersonationRegistryEntry @more
Import-Csv '$($files.createrule)' | New-AccessControlRule -IfExists Create @more | Out-Null
Import-Csv '$($files.remove)' | Remove-ImpersonationRegistryEntry -Force @more
Import-Csv '$($files.removerule)' | Remove-AccessControlRule -Force @more
"@

        # Everything that is stored, without times and, where items are new, without ids.
        function Get-Stored {
            @(
                Get-SandboxState $sandbox entries | ForEach-Object { $_ } | Select-Object * -ExcludeProperty id, created_at, modified_at, last_modified
                Get-SandboxState $sandbox rules | ForEach-Object { $_ } | Select-Object * -ExcludeProperty rule_sid
            ) | ForEach-Object { ConvertTo-Json -InputObject $_ -Compress } | Sort-Object
        }
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'has every row in effect once and brings everything back: killed <Pause> ms after <After> of about <Total> writes (seed <Seed>)' -ForEach $points {
        Reset-Test
        Remove-Item -LiteralPath $journal -ErrorAction Ignore
        $before = Get-Stored
        Set-SandboxSetting $sandbox @{ latency_ms = 5 }

        $process = Start-ChildPowerShell -Connected $job
        while ((Invoke-SandboxControl $sandbox counters).applied -lt $After -and -not $process.HasExited) { Start-Sleep -Milliseconds 2 }
        Start-Sleep -Milliseconds $Pause
        $process.Kill()
        $process.WaitForExit()
        Set-SandboxSetting $sandbox @{ latency_ms = 0 }
        $run = Invoke-Recorded ([scriptblock]::Create($job))

        $run.Errors | Should -BeNullOrEmpty
        $run.Terminating | Should -BeNullOrEmpty
        $stored = @(Get-SandboxState $sandbox entries)
        $made = @($stored | Where-Object name -Like 'Person *')
        @($made.email | Sort-Object -Unique) | Should -HaveCount $many.Create
        $made | Should -HaveCount $many.Create -Because 'nothing is created twice'
        @($stored | Where-Object comments -Like 'Edit *') | Should -HaveCount $many.Edit
        $stored | Should -HaveCount ($entries.Count + $many.Create - $many.Remove)
        $ruled = @(Get-SandboxState $sandbox rules)
        @($ruled | Where-Object name -Like 'Edited *') | Should -HaveCount $many.Rule
        @($ruled | Where-Object name -Like 'New *') | Should -HaveCount $many.Few
        $ruled | Should -HaveCount $rules.Count
        Get-AclChange $journal -State Unknown -WarningAction Ignore | Should -BeNullOrEmpty

        $undo = Invoke-Recorded { Undo-AclChange -JournalPath $journal -All -Confirm:$false -ThrottleLimit 8 }
        $undo.Errors | Should -BeNullOrEmpty
        Get-Stored | Should -BeExactly $before
    }
}
