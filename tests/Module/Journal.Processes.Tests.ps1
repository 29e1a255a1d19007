# A journal that several processes write to, and one on a disk that is full: what needs a process of its own.

Describe 'A journal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $journal = Join-Path $TestDrive 'changes.jsonl'
        $owned = @($entries | Where-Object provenance -EQ 'A1S_INTERNAL' | ForEach-Object id)
    }
    BeforeEach {
        Reset-Test
        Remove-Item -LiteralPath $journal -ErrorAction Ignore
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'has every line of two processes that write to it at the same time' {
        # Both wait for the file that lets them go.
        $go = Join-Path $TestDrive 'go'
        $processes = foreach ($half in $owned[0..29], $owned[30..59]) {
            Start-ChildPowerShell -Connected @"
`$rows = '$($half -join ',')' -split ',' | ForEach-Object { [pscustomobject] @{ id = `$_; comments = 'together' } }
while (-not (Test-Path -LiteralPath '$go')) { Start-Sleep -Milliseconds 5 }
`$rows | Set-ImpersonationRegistryEntry -ThrottleLimit 8 -JournalPath '$journal'
"@
        }
        Set-Content -LiteralPath $go -Value ''
        foreach ($process in $processes) {
            $process.StandardOutput.ReadToEnd() | Should -Match '30 rows: 30 changed, 0 unchanged, 0 failed'
            $process.WaitForExit()
        }

        $changes = @(Get-AclChange $journal -WarningVariable problems)
        $problems | Should -BeNullOrEmpty
        $changes | Should -HaveCount 60
        @($changes.RunId | Sort-Object -Unique) | Should -HaveCount 2
        @($changes.State | Sort-Object -Unique) | Should -Be 'Applied'
        @($changes.Run.EndedBy | Sort-Object -Unique) | Should -Be 'Completed'
    }

    It 'that cannot grow any more stops the run: what is not recorded is not sent' {
        $limit = if ($PSVersionTable.PSVersion.Major -ge 6 -and -not $IsWindows) { Get-Command bash -CommandType Application -ErrorAction Ignore | Select-Object -First 1 }
        if (-not $limit) {
            Set-ItResult -Skipped -Because 'a limit to the size of files needs bash on Linux or macOS'
            return
        }

        # The process may write no file beyond what is there and four blocks of 1,024 bytes more.
        Set-ImpersonationRegistryEntry $owned[0] -Comments fits -JournalPath $journal
        $room = [int] [Math]::Ceiling((Get-Item -LiteralPath $journal).Length / 1024) + 4
        $job = Join-Path $TestDrive 'full.ps1'
        @"
Import-Module '$modulePath', '$sandboxModulePath'
Connect-Sandbox ('$(ConvertTo-Json -Compress ($sandbox | Select-Object cloudflare, carrierx, control, account_id))' | ConvertFrom-Json)
`$rows = '$($owned[1..40] -join ',')' -split ',' | ForEach-Object { [pscustomobject] @{ id = `$_; comments = 'x' } }
try { `$rows | Set-ImpersonationRegistryEntry -ThrottleLimit 2 -JournalPath '$journal' -ErrorVariable failed -ErrorAction SilentlyContinue }
catch { "ended: `$(`$_.FullyQualifiedErrorId)" }
"rows: `$(@(`$failed | Where-Object TargetObject).Count)"
"@ | Set-Content -LiteralPath $job
        $start = New-EngineStartInfo -ArgumentList '-NoProfile', '-NonInteractive', '-File', $job
        # The limit would hold for the memory of compiled code too, which .NET maps as a file for its protection.
        $output = & $limit.Source -c "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f $room; exec '$($start.FileName)' $($start.Arguments)" 2>&1 | Out-String

        $output | Should -Match 'JournalFailed'
        $changes = @(Get-AclChange $journal -WarningVariable problems)
        $problems | Should -BeNullOrEmpty -Because 'what does not fit as a whole is taken back'
        $sent = @(Get-SandboxRequest $sandbox -Write)
        $sent.Count | Should -BeLessThan 40
        # Each write that the service has seen is in the journal.
        $seen = @($sent | ForEach-Object { ($_.path -split '/')[-1] } | Sort-Object)
        $seen | ForEach-Object { $changes.Id | Should -Contain $_ }
    }
}
