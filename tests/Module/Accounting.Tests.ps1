# Every row that was read ends in exactly one outcome, whatever happens while it is read, sent or written.

Describe 'Every row ends in one outcome' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        Add-Type -TypeDefinition @'
using System;
using System.Collections;
using System.Collections.Generic;

public class ThrowingText { public override string ToString() { throw new InvalidOperationException("no text"); } }
public class ThrowingFormat : IFormattable { public string ToString(string format, IFormatProvider provider) { throw new InvalidOperationException("no format"); } }
public class ThrowingList : IEnumerable { public IEnumerator GetEnumerator() { throw new InvalidOperationException("no items"); } }
public class TearingList : IEnumerable<string>
{
    public IEnumerator<string> GetEnumerator() { yield return "1800"; throw new InvalidOperationException("torn"); }
    IEnumerator IEnumerable.GetEnumerator() { return GetEnumerator(); }
}
public class ThrowingProperty { public string id { get { throw new InvalidOperationException("no id"); } } public string comments { get { return "new"; } } }
'@

        function New-Row {
            param([int] $At, [object] $Comments = 'new')
            [pscustomobject] @{ id = $entries[$At].id; comments = $Comments }
        }

        # The counts of the line that closes a run.
        function Get-Count {
            param([string] $Line)
            $counts = @{ rows = [int] ($Line -replace '^([\d,]+) rows?:.*', '$1' -replace ',') }
            foreach ($match in [regex]::Matches($Line, '([\d,]+) (created|changed|removed|unchanged|skipped|failed|unknown)')) {
                $counts[$match.Groups[2].Value] = [int] ($match.Groups[1].Value -replace ',')
            }
            $counts
        }

        function Assert-AddsUp {
            param([string] $Line)
            $counts = Get-Count $Line
            $sum = 0
            foreach ($key in @($counts.Keys) -ne 'rows') { $sum += $counts[$key] }
            $sum | Should -Be $counts.rows -Because $Line
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'when reading a row fails' {
        It '<name>: the row is an error, the other 29 go on, the counts add up' -ForEach @(
            @{ name = 'a cell without a text'; make = { New-Row 10 ([ThrowingText]::new()) } }
            @{ name = 'a cell without a format'; make = { New-Row 10 ([ThrowingFormat]::new()) } }
            @{ name = 'a list that cannot be read'; make = { New-Row 10 ([ThrowingList]::new()) } }
            @{ name = 'a nested object'; make = { New-Row 10 ([pscustomobject] @{ text = 'hi'; by = '' }) } }
            @{ name = 'a nested hashtable'; make = { New-Row 10 @{ text = 'hi' } } }
            @{ name = 'a script property as id'; make = { [pscustomobject] @{ comments = 'new' } | Add-Member ScriptProperty id { throw 'no id' } -PassThru } }
            @{ name = 'an alias that leads to itself'; make = {
                    $row = New-Row 10
                    $row.psobject.Properties.Remove('comments')
                    $row.psobject.Properties.Add([Management.Automation.PSAliasProperty]::new('comments', 'name'))
                    $row.psobject.Properties.Add([Management.Automation.PSAliasProperty]::new('name', 'comments'))
                    $row
                }
            }
            @{ name = 'a property that throws'; make = { [pscustomobject] @{ comments = 'new'; id = '' } | Add-Member ScriptProperty account_id { throw 'no account' } -PassThru } }
            @{ name = 'what came back from a job as another type'; make = {
                    [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([version] '1.2.3', 1))
                }
            }
            @{ name = 'an exit in a property'; make = { [pscustomobject] @{ comments = 'new' } | Add-Member ScriptProperty id { throw [OutOfMemoryException]::new('full') } -PassThru } }
        ) {
            $rows = @(0..8 | ForEach-Object { New-Row ($_ + 1) }) + @(& $make) + @(10..29 | ForEach-Object { New-Row ($_ + 1) })
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorVariable failed; $script:failed = $failed }

            $run.Terminating | Should -BeNullOrEmpty
            $run.Errors | Should -HaveCount 1
            $run.Errors[0] | Get-ErrorId | Should -BeIn 'InvalidCell', 'InternalError', 'ValidationFailed', 'NotFound'
            [object]::ReferenceEquals($run.Errors[0].TargetObject.psobject.BaseObject, $rows[9].psobject.BaseObject) -or $run.Errors[0].TargetObject -eq $rows[9] | Should -BeTrue
            @(Get-SentBody) | Should -HaveCount 29
            $run.Information[-1] | Should -BeLike '30 rows: 29 changed, 0 unchanged, 1 failed, *'
            Assert-AddsUp $run.Information[-1]
        }

        It 'counts a null row' {
            $run = Invoke-Recorded { (New-Row 1), $null, (New-Row 2) | Set-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            $run.Information[-1] | Should -BeLike '3 rows: 2 changed, 0 unchanged, 1 failed, *'
        }

        It 'counts a row for which a script block throws' {
            $run = Invoke-Recorded { 1..4 | ForEach-Object { New-Row $_ } | Set-ImpersonationRegistryEntry -Comments { if ($_.id -eq $entries[2].id) { throw 'no note' } 'noted' } }

            $run.Errors | Should -HaveCount 1
            @(Get-SentBody) | Should -HaveCount 3
            $run.Information[-1] | Should -BeLike '4 rows: 3 changed, 0 unchanged, 1 failed, *'
        }

        It 'never sends the .NET text of an object: <name>' -ForEach @(
            @{ name = 'in a list'; row = { [pscustomobject] @{ rule_sid = $rules[0].rule_sid; entries = @([pscustomobject] @{ a = 1 }) } } }
            @{ name = 'a hashtable in a list'; row = { [pscustomobject] @{ rule_sid = $rules[0].rule_sid; entries = @(@{ a = 1 }) } } }
            @{ name = 'a list in a list'; row = { [pscustomobject] @{ rule_sid = $rules[0].rule_sid; entries = @(, @('1800')) } } }
            @{ name = 'a list that tears'; row = { [pscustomobject] @{ rule_sid = $rules[0].rule_sid; entries = [TearingList]::new() } } }
            @{ name = 'a nested object in a text'; row = { [pscustomobject] @{ rule_sid = $rules[0].rule_sid; name = [pscustomobject] @{ text = 'hi' } } } }
        ) {
            $run = Invoke-Recorded { & $row | Update-AccessControlRule }

            $run.Errors | Get-ErrorId | Should -BeIn 'InvalidCell', 'InternalError'
            Get-SentBody | Should -BeNullOrEmpty
        }
    }

    Context 'when the run ends early' {
        It 'reports ten outcomes for ten rows when the credential is refused on row 1 and rows 2 to 4 hang' {
            $rows = 1..10 | ForEach-Object { New-Row $_ }
            Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 60; match = @{ path_contains = $rows[1].id } }, @{ kind = 'hang'; seconds = 60; match = @{ path_contains = $rows[2].id } },
                @{ kind = 'hang'; seconds = 60; match = @{ path_contains = $rows[3].id } }, @{ kind = 'status'; status = 401; match = @{ path_contains = $rows[0].id } }
            $run = Invoke-Recorded { try { $rows | Set-ImpersonationRegistryEntry -ErrorVariable failed } finally { $script:failed = $failed } }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
            @($failed) | Should -HaveCount 10
            $failed.TargetObject.id | Should -BeExactly $rows.id
            $failed[0] | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
            $failed[1..3] | Get-ErrorId | Should -BeExactly @('OutcomeUnknown', 'OutcomeUnknown', 'OutcomeUnknown')
            $failed[4..9] | Get-ErrorId | Sort-Object -Unique | Should -BeExactly 'NotSent'
            # The reason stands once, in the error of its row.
            $failed[4].ErrorDetails.Message | Should -BeExactly 'Row 5: It was not sent, as the run ended at row 1 with the error AuthenticationFailed.'
            $run.Information[-1] | Should -BeLike '10 rows: 0 changed, 0 unchanged, 7 failed, 0 skipped, 3 unknown in *'
            Assert-AddsUp $run.Information[-1]
        }

        It 'leaves the retry list whole with -ErrorAction Stop' {
            $rows = @(New-Row 1) + [pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' } + @(2..9 | ForEach-Object { New-Row $_ })
            $run = Invoke-Recorded { try { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop -ErrorVariable failed -ThrottleLimit 1 } finally { $script:failed = $failed } }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'NotFound'
            # What was read after the failing row was not sent, and belongs to the list.
            $read = (Get-Count $run.Information[-1]).rows
            @($failed) | Should -HaveCount ($read - 1)
            @($failed | ForEach-Object { if ($null -ne $_.TargetObject) { $_.TargetObject } else { $_.ErrorRecord.TargetObject } }).id | Should -BeExactly $rows[1..($read - 1)].id
            Assert-AddsUp $run.Information[-1]
            $run.Warnings[0] | Should -BeLike 'The run ends at the error that follows.*were not sent*'
        }

        It 'sends nothing after the failing row with -ThrottleLimit 1 -ErrorAction Stop' {
            $rows = @(1..3 | ForEach-Object { New-Row $_ }) + [pscustomobject] @{ id = '00000000-0000-4000-8000-000000000000'; comments = 'new' } + @(4..9 | ForEach-Object { New-Row $_ })
            $null = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop -ThrottleLimit 1 }

            @(Get-SandboxRequest $sandbox -Write | ForEach-Object { ($_.path -split '/')[-1] }) | Should -BeExactly $rows[0..3].id
        }

        It 'sends the rows before one that cannot be planned, and none after it' {
            $rows = @(1..3 | ForEach-Object { New-Row $_ }) + [pscustomobject] @{ id = 'no id'; comments = 'new' } + @(4..9 | ForEach-Object { New-Row $_ })
            $run = Invoke-Recorded { $rows | Set-ImpersonationRegistryEntry -ErrorAction Stop -ThrottleLimit 1 }

            $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            @(Get-SandboxRequest $sandbox -Write | ForEach-Object { ($_.path -split '/')[-1] }) | Should -BeExactly $rows[0..2].id
        }

        It 'keeps for Get-AclRun what Select-Object -First cut off' {
            $null = 1..40 | ForEach-Object { New-Row $_ } | Set-ImpersonationRegistryEntry -PassThru -ThrottleLimit 4 | Select-Object -First 3

            $run = Get-AclRun -Last
            $run.EndedBy | Should -BeExactly 'Stopped'
            $run.Created + $run.Changed + $run.Removed + $run.Unchanged + $run.Skipped + $run.Failed + $run.Unknown | Should -Be $run.Rows
            $applied = @(Get-SandboxRequest $sandbox -Write | Where-Object applied).Count
            $run.Changed | Should -Be $applied
            $unreported = @($run.Unreported | Where-Object Status -EQ Changed)
            $unreported.Number | Should -Be (@(3..$applied) | Select-Object -Unique)
            $unreported[-1].InputObject.id | Should -BeExactly $entries[$applied].id
        }

        It 'keeps for Get-AclRun what a downstream error cut off' {
            $null = Invoke-Recorded { 1..10 | ForEach-Object { New-Row $_ } | Set-ImpersonationRegistryEntry -PassThru | ForEach-Object { throw 'behind' } }

            (Get-AclRun -Last).EndedBy | Should -BeExactly 'Stopped'
            @((Get-AclRun -Last).Unreported).Count | Should -BeGreaterThan 0
        }

        It 'keeps for Get-AclRun what was under way at Ctrl+C, as unknown' {
            Add-SandboxFault $sandbox @{ kind = 'hang'; seconds = 60 }
            $session = New-Session
            $rows = 1..6 | ForEach-Object { New-Row $_ }
            $null = $session.AddScript('param($rows) $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 2').AddArgument($rows)
            $handle = $session.BeginInvoke()
            while (@(Get-SandboxRequest $sandbox).Count -lt 2) { Start-Sleep -Milliseconds 20 }
            $session.Stop()
            $session.Commands.Clear()
            $run = $session.AddCommand('Get-AclRun').AddParameter('Last').Invoke()
            $session.Dispose()

            $run.EndedBy | Should -BeExactly 'Stopped'
            $run.Unknown | Should -Be 2
            @($run.Unreported | Where-Object Status -EQ Unknown).Number | Should -Be 1, 2
            @($run.Unreported | Where-Object Status -EQ NotSent).Number | Should -Be @(3..$run.Rows)
        }
    }

    Context 'an answer that is not what was asked for' {
        It 'is UnexpectedResponse where it shows another id' {
            Add-SandboxFault $sandbox @{ kind = 'raw'; content = '{"success":true,"errors":[],"messages":[],"result":{"id":"00000000-0000-4000-8000-00000000aaaa","name":"Another"}}'; match = @{ path_contains = $entries[1].id } }
            $run = Invoke-Recorded { New-Row 1 | Set-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse'
        }

        It 'is UnexpectedResponse where a rule has no sid: <body>' -ForEach @(@{ body = '{}' }, @{ body = '{"fault":"maintenance"}' }) {
            Add-SandboxFault $sandbox @{ kind = 'raw'; content = $body; times = 2 }
            $read = Invoke-Recorded { Get-AccessControlRule $rules[0].rule_sid }
            $write = Invoke-Recorded { Update-AccessControlRule $rules[0].rule_sid -Operation exact }

            $read.Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse'
            $write.Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse'
        }
    }

    Context 'a refused write' {
        It 'is reported as what it is: a directory owns the entry' {
            $synced = $entries[49]
            $run = Invoke-Recorded { [pscustomobject] @{ id = $synced.id; comments = 'new' } | Set-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
            $run.Errors[0].Exception.StatusCode | Should -BeGreaterOrEqual 400
            @(Get-SandboxRequest $sandbox).method | Should -BeExactly @('PATCH', 'GET')
        }

        It 'is reported as what it is: the rule is read-only' {
            $run = Invoke-Recorded { Update-AccessControlRule $rules[39].rule_sid -Operation exact }

            $run.Errors | Get-ErrorId | Should -BeExactly 'ReadOnlyRule'
        }
    }
}
