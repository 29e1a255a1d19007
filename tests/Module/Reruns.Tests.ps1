# A run that dies and is run again makes nothing twice. ACLADMIN_KILLS and ACLADMIN_KILL_ROWS make the test as long as wanted: 20 and 500 for a full trial.

Describe 'A run that is killed and run again' {
    BeforeDiscovery {
        $kills = if ($env:ACLADMIN_KILLS) { [int] $env:ACLADMIN_KILLS } else { 2 }
        $total = if ($env:ACLADMIN_KILL_ROWS) { [int] $env:ACLADMIN_KILL_ROWS } else { 60 }
        # Spread over the run, the same each time.
        $points = foreach ($number in 1..$kills) { [int] [math]::Max(1, [math]::Floor($total * ($number - 0.37) / $kills)) }
    }
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $total = if ($env:ACLADMIN_KILL_ROWS) { [int] $env:ACLADMIN_KILL_ROWS } else { 60 }
        $entryFile = Join-Path $TestDrive 'entries.csv'
        1..$total | ForEach-Object { [pscustomobject] @{ Display_Name = "Person $_"; Email = "person$_@example.com" } } | Export-Csv -LiteralPath $entryFile -NoTypeInformation
        $ruleFile = Join-Path $TestDrive 'rules.csv'
        1..$total | ForEach-Object { [pscustomobject] @{ name = "Rule $_"; field = 'calling'; operation = 'exact'; quantifier = 'any'; entries = "1800555$('{0:d4}' -f $_);1900" } } |
            Export-Csv -LiteralPath $ruleFile -NoTypeInformation

        # Starts the import in a process of its own, kills it when the service has applied so many creates, and runs the file again to its end.
        function Invoke-KilledRun {
            param([string] $Cmdlet, [string] $File, [int] $After)

            Set-SandboxSetting $sandbox @{ latency_ms = 5 }
            $process = Start-ChildPowerShell -Connected "Import-Csv -LiteralPath '$File' | $Cmdlet -ThrottleLimit 8 | Out-Null"
            while ((Invoke-SandboxControl $sandbox counters).applied -lt $After -and -not $process.HasExited) { Start-Sleep -Milliseconds 2 }
            $process.Kill()
            $process.WaitForExit()
            Set-SandboxSetting $sandbox @{ latency_ms = 0 }
            Invoke-Recorded { Import-Csv -LiteralPath $File | & $Cmdlet -ThrottleLimit 8 }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'has every entry once: killed after <_> creates' -ForEach $points {
        $run = Invoke-KilledRun -Cmdlet New-ImpersonationRegistryEntry -File $entryFile -After $_

        $run.Errors | Should -BeNullOrEmpty
        $made = @(Get-SandboxState $sandbox entries | Where-Object name -Like 'Person *')
        $made | Should -HaveCount $total
        @($made.email | Sort-Object -Unique) | Should -HaveCount $total
        $run.Information[-1] | Should -Match "^$total rows: \d+ created, [1-9]\d* unchanged, 0 failed, 0 skipped in "
    }

    It 'has every rule once: killed after <_> creates' -ForEach $points {
        $run = Invoke-KilledRun -Cmdlet New-AccessControlRule -File $ruleFile -After $_

        $run.Errors | Should -BeNullOrEmpty
        $made = @(Get-SandboxState $sandbox rules | Where-Object name -Like 'Rule *')
        $made | Should -HaveCount $total
        @($made.name | Sort-Object -Unique) | Should -HaveCount $total
    }
}

Describe 'Edits of one rule by several runspaces' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support/Start.ps1') }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'all survive: eight runspaces add an entry each' {
        Set-SandboxSetting $sandbox @{ latency_ms = 20 }
        $sid = $rules[0].rule_sid
        $sessions = 1..8 | ForEach-Object {
            $session = New-Session
            $null = $session.AddScript('param($sid, $entry) Update-AccessControlRule $sid -AddEntry $entry').AddArgument($sid).AddArgument("777$_")
            $session
        }
        $runs = $sessions | ForEach-Object { @{ Session = $_; Handle = $_.BeginInvoke() } }
        $runs | ForEach-Object { $_.Session.EndInvoke($_.Handle); $_.Session.Streams.Error | Should -BeNullOrEmpty; $_.Session.Dispose() }

        $entries = (Get-SandboxState $sandbox rules | Where-Object rule_sid -EQ $sid).entries
        1..8 | ForEach-Object { $entries | Should -Contain "777$_" }
        $entries.Count | Should -Be ($rules[0].entries.Count + 8)
    }
}
