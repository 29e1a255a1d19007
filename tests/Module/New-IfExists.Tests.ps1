# New- with -IfExists: what it does about what is there already, in the list or in an earlier row. Both cmdlets, by what is sent.

BeforeDiscovery {
    # Rows are written as "name,email,comments" of the registry; {n} and {e} are the name and the address of an entry that is there. Sent is what is sent
    # after the one read, as "METHOD body", in order; Ends is how each row ends: c(reated), u(nchanged), m(odified), or the id of an error.
    $registry = @(
        @{ Case = 'new'; Rows = 'Ann,ann@example.com,note'; Skip = 'POST new'; Update = 'POST new'; Create = 'POST new'; EndsSkip = 'c'; EndsUpdate = 'c'; EndsCreate = 'c' }
        @{ Case = 'the same'; Rows = '{n},{e},"{c}"'; Skip = ''; Update = ''; Create = 'POST'; EndsSkip = 'u'; EndsUpdate = 'u'; EndsCreate = 'c' }
        @{ Case = 'the same, of which less is specified'; Rows = '{n},{e},'; Skip = ''; Update = ''; Create = 'POST'; EndsSkip = 'u'; EndsUpdate = 'u'; EndsCreate = 'c' }
        @{ Case = 'the same key with other values'; Rows = '{n},{e},another'; Skip = ''; Update = 'PATCH {"comments":"another"}'; Create = 'POST'
            EndsSkip = 'AlreadyExists'; EndsUpdate = 'm'; EndsCreate = 'c'
        }
        @{ Case = 'the same in other case'; Rows = '{N},{E},"{c}"'; Skip = ''; Update = 'PATCH {"email":"{E}","name":"{N}"}'; Create = 'POST'
            EndsSkip = 'u'; EndsUpdate = 'm'; EndsCreate = 'c'
        }
        @{ Case = 'the same key in other case with other values'; Rows = '{N},{e},another'; Skip = ''; Update = 'PATCH {"name":"{N}","comments":"another"}'; Create = 'POST'
            EndsSkip = 'AlreadyExists'; EndsUpdate = 'm'; EndsCreate = 'c'
        }
        @{ Case = 'the name with another address'; Rows = '{n},another@example.com,"{c}"'; Skip = 'POST'; Update = 'POST'; Create = 'POST'; EndsSkip = 'c'; EndsUpdate = 'c'; EndsCreate = 'c' }
        @{ Case = 'the address with another name'; Rows = 'Ann,{e},"{c}"'; Skip = 'POST'; Update = 'POST'; Create = 'POST'; EndsSkip = 'c'; EndsUpdate = 'c'; EndsCreate = 'c' }
        @{ Case = 'twice the same'; Rows = 'Ann,ann@example.com,note', 'Ann,ann@example.com,note'; Skip = 'POST'; Update = 'POST'; Create = 'POST', 'POST'
            EndsSkip = 'c', 'u'; EndsUpdate = 'c', 'u'; EndsCreate = 'c', 'c'
        }
        @{ Case = 'twice the same in other case'; Rows = 'Ann,ann@example.com,note', 'ANN,Ann@Example.com,note'; Skip = 'POST'
            Update = 'POST', 'PATCH {"email":"Ann@Example.com","name":"ANN"}'; Create = 'POST', 'POST'; EndsSkip = 'c', 'u'; EndsUpdate = 'c', 'm'; EndsCreate = 'c', 'c'
        }
        @{ Case = 'twice the same key with other values'; Rows = 'Ann,ann@example.com,note', 'Ann,ann@example.com,another'; Skip = 'POST'
            Update = 'POST', 'PATCH {"comments":"another"}'; Create = 'POST', 'POST'; EndsSkip = 'c', 'AlreadyExists'; EndsUpdate = 'c', 'm'; EndsCreate = 'c', 'c'
        }
        @{ Case = 'what is there, twice'; Rows = '{n},{e},"{c}"', '{n},{e},"{c}"'; Skip = ''; Update = ''; Create = 'POST', 'POST'
            EndsSkip = 'u', 'u'; EndsUpdate = 'u', 'u'; EndsCreate = 'c', 'c'
        }
    )
    $registryCases = foreach ($row in $registry) {
        foreach ($mode in 'Skip', 'Update', 'Create') { @{ Case = $row.Case; Mode = $mode; Rows = $row.Rows; Sent = @($row[$mode] | Where-Object { $_ }); Ends = @($row["Ends$mode"]) } }
    }

    # Changes to the rule with which a row otherwise agrees. Rules have no values beyond their key: a rule is there, or it is not. Another order of the
    # entries is the same rule, and so is another spelling of the name; with Update the spelling is sent.
    $ruleCases = foreach ($row in @(
            @{ Case = 'the same'; Changes = @(@{}); Makes = 0; Ends = 'u' }
            @{ Case = 'the same with its entries in another order'; Changes = @(@{ Order = $true }); Makes = 0; Ends = 'u' }
            @{ Case = 'another name'; Changes = @(@{ name = 'Another' }); Makes = 1; Ends = 'c' }
            @{ Case = 'the name in other case'; Changes = @(@{ Upper = $true }); Makes = 0; Ends = 'u'; EndsUpdate = 'm' }
            @{ Case = 'no name'; Changes = @(@{ name = '' }); Makes = 1; Ends = 'c' }
            @{ Case = 'another entry'; Changes = @(@{ entries = '4711;4712' }); Makes = 1; Ends = 'c' }
            @{ Case = 'another quantifier'; Changes = @(@{ quantifier = 'none' }); Makes = 1; Ends = 'c' }
            @{ Case = 'another field'; Changes = @(@{ field = 'to_did' }); Makes = 1; Ends = 'c' }
            @{ Case = 'a new one twice'; Changes = @(@{ name = 'Another' }, @{ name = 'Another' }); Makes = 1; Ends = 'c', 'u' }
            @{ Case = 'two that differ'; Changes = @(@{ name = 'Another' }, @{ name = 'A third' }); Makes = 2; Ends = 'c', 'c' }
            @{ Case = 'what is there, twice'; Changes = @(@{}, @{}); Makes = 0; Ends = 'u', 'u' }
        )) {
        @{ Case = $row.Case; Mode = 'Skip'; Changes = $row.Changes; Makes = $row.Makes; Ends = @($row.Ends) }
        @{ Case = $row.Case; Mode = 'Update'; Changes = $row.Changes; Makes = $row.Makes; Ends = @(if ($row['EndsUpdate']) { $row.EndsUpdate } else { $row.Ends }) }
        @{ Case = $row.Case; Mode = 'Create'; Changes = $row.Changes; Makes = @($row.Changes).Count; Ends = @('c') * @($row.Changes).Count }
    }
}

Describe 'New- with -IfExists' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $old = $entries[1]
        $oldRule = $rules | Where-Object { $_.name -and @($_.entries).Count -gt 1 -and $_.quantifier -ne 'none' -and $_.name -cne $_.name.ToUpperInvariant() } | Select-Object -First 1

        function Expand-Text {
            param([string] $Text)
            $Text.Replace('{n}', $old.name).Replace('{e}', $old.email).Replace('{c}', $old.comments).Replace('{N}', $old.name.ToUpperInvariant()).Replace('{E}', $old.email.ToUpperInvariant())
        }

        # What is sent for a row that is created.
        function Format-Body {
            param([object] $Row)
            $comments = if ($Row.comments) { ',"comments":"{0}"' -f $Row.comments }
            '{{"name":"{0}","email":"{1}"{2},"is_email_regex":false}}' -f $Row.name, $Row.email, $comments
        }

        function New-RuleRow {
            param([hashtable] $Change)
            $list = @($oldRule.entries)
            if ($Change['Order']) { [array]::Reverse($list) }
            $row = [ordered] @{ name = $oldRule.name; field = $oldRule.field; operation = $oldRule.operation; quantifier = $oldRule.quantifier; entries = $list }
            if ($Change['Upper']) { $row.name = $oldRule.name.ToUpperInvariant() }
            foreach ($key in $Change.Keys | Where-Object { $row.Contains($_) }) { $row[$key] = $Change[$key] }
            [pscustomobject] $row
        }

        # The line that closes a run in which the rows ended so.
        function Get-Closing {
            param([string[]] $Ends)
            $created, $modified, $unchanged = foreach ($letter in 'c', 'm', 'u') { @($Ends -ceq $letter).Count }
            $failed = $Ends.Count - $created - $modified - $unchanged
            "$($Ends.Count) row$(if ($Ends.Count -ne 1) { 's' }): $created created$(if ($modified) { ", $modified changed" }), $unchanged unchanged, $failed failed, 0 skipped in *"
        }

        function Get-PersonRow {
            foreach ($index in 1..30) { [pscustomobject] @{ name = "Person $index"; email = "person$index@example.com"; comments = "row $index" } }
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'an entry of the registry' {
        It '<Case>, -IfExists <Mode>' -ForEach $registryCases {
            $data = $Rows | ForEach-Object { Expand-Text $_ } | ConvertFrom-Csv -Header name, email, comments
            $run = Invoke-Recorded { $data | New-ImpersonationRegistryEntry -IfExists $Mode -ThrottleLimit 1 -EmptyValue Ignore }

            $run.Terminating | Should -BeNullOrEmpty
            @($run.Errors | Get-ErrorId) | Should -BeExactly @($Ends | Where-Object { $_.Length -gt 1 })
            $run.Information[-1] | Should -BeLike (Get-Closing $Ends)
            # Read once, before the first row; not at all for Create.
            $reads = @(Get-SandboxRequest $sandbox -Method GET)
            $reads.query | Should -BeExactly $(if ($Mode -ne 'Create') { 'page=1&per_page=1000' })
            $writes = @(Get-SandboxRequest $sandbox -Write)
            $writes.method | Should -BeExactly @($Sent -replace ' .*')
            foreach ($index in 0..5 | Where-Object { $_ -lt $Sent.Count -and $Sent[$_] -like 'PATCH *' }) {
                $expected = Expand-Text ($Sent[$index] -replace '^PATCH ') | ConvertFrom-Json
                $body = $writes[$index].body | ConvertFrom-Json
                @($body.PSObject.Properties.Name | Sort-Object) | Should -BeExactly @($expected.PSObject.Properties.Name | Sort-Object)
                foreach ($name in $expected.PSObject.Properties.Name) { $body.$name | Should -BeExactly $expected.$name }
            }
            $posts = @($Sent -like 'POST*').Count
            @($writes | Where-Object method -EQ POST | ForEach-Object body) | Should -BeExactly @($data | Select-Object -First $posts | ForEach-Object { Format-Body $_ })
            # What was created or updated is written, what was there is not.
            @($run.Output) | Should -HaveCount @($Ends | Where-Object { $_ -cin 'c', 'm' }).Count
        }

        It 'names the id and what differs where there is such an entry with other values' {
            $row = [pscustomobject] @{ name = $old.name; email = $old.email; comments = 'another' }
            $run = Invoke-Recorded { $row | New-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly 'AlreadyExists'
            $run.Errors[0].TargetObject | Should -Be $row
            $run.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1: There is such an impersonation registry entry already, $($old.id) (*), with other values: *comments*another*Nothing was sent."
            $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-IfExists Update*'
        }

        It 'names the earlier row where a later one specifies the same key with other values' {
            $run = Invoke-Recorded { "name,email,comments`nAnn,ann@example.com,a`nann,ann@example.com,b" | ConvertFrom-Csv | New-ImpersonationRegistryEntry }

            $run.Errors | Get-ErrorId | Should -BeExactly 'AlreadyExists'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike 'Row 2: Row 1 specifies the same *name* with other values.*'
        }

        It 'is <Ends> where the list has several with that key, -IfExists <Mode>' -ForEach @(
            @{ Mode = 'Skip'; Comments = 'one'; Ends = 'u' }, @{ Mode = 'Skip'; Comments = 'three'; Ends = 'AlreadyExists' }
            @{ Mode = 'Update'; Comments = 'two'; Ends = 'u' }, @{ Mode = 'Update'; Comments = 'three'; Ends = 'AlreadyExists' }
        ) {
            $made = 'one', 'two' | ForEach-Object { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' -Comments $_ -IfExists Create }
            $run = Invoke-Recorded { [pscustomobject] @{ name = 'Ann'; email = 'ann@example.com'; comments = $Comments } | New-ImpersonationRegistryEntry -IfExists $Mode }

            @($run.Errors | Get-ErrorId) | Should -BeExactly @($Ends | Where-Object { $_.Length -gt 1 })
            if ($run.Errors) {
                foreach ($id in $made.Id) { $run.Errors[0].ErrorDetails.Message | Should -BeLike "*2 such impersonation registry entries already: *$id*" }
            }
            @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount 2
        }

        It 'changes a directory''s entry for nobody: it is an error with -IfExists Update, and unchanged where it agrees' {
            $synced = $entries[49]
            $run = Invoke-Recorded {
                [pscustomobject] @{ name = $synced.name; email = $synced.email; comments = 'another' }, [pscustomobject] @{ name = $synced.name; email = $synced.email } |
                    New-ImpersonationRegistryEntry -IfExists Update
            }

            $run.Errors | Get-ErrorId | Should -BeExactly 'DirectorySyncedEntry'
            $run.Information[-1] | Should -BeLike '2 rows: 0 created, 1 unchanged, 1 failed, *'
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'writes what was there already with -PassThru' {
            $run = Invoke-Recorded { Expand-Text "name,email`n{n},{e}`nAnn,ann@example.com" | ConvertFrom-Csv | New-ImpersonationRegistryEntry -PassThru }

            $run.Output | Should -HaveCount 2
            $run.Output[0].Id | Should -BeExactly $old.id
            $run.Output[1].Name | Should -BeExactly 'Ann'
        }
    }

    Context 'a rule' {
        It '<Case>, -IfExists <Mode>' -ForEach $ruleCases {
            $data = @($Changes | ForEach-Object { New-RuleRow $_ })
            $run = Invoke-Recorded { $data | New-AccessControlRule -IfExists $Mode -ThrottleLimit 1 }

            @($run.Errors) + $run.Terminating | Where-Object { $_ } | Should -BeNullOrEmpty
            $run.Information[-1] | Should -BeLike (Get-Closing $Ends)
            $reads = @(Get-SandboxRequest $sandbox -Method GET)
            $reads.query | Should -BeExactly $(if ($Mode -ne 'Create') { 'limit=1000&offset=0' })
            $writes = @(Get-SandboxRequest $sandbox -Write)
            $writes.method | Should -BeExactly (@('POST') * $Makes + @('PATCH') * @($Ends -ceq 'm').Count)
            $writes | Where-Object method -EQ PATCH | ForEach-Object { $_.path; $_.body } | Should -BeExactly $(if ($Ends -ceq 'm') {
                    "$rulesPath/$($oldRule.rule_sid)", ('{{"name":"{0}"}}' -f $data[0].name)
                })
            @($writes | Where-Object method -EQ POST | ForEach-Object body) | Should -BeExactly @($data | Select-Object -First $Makes | ForEach-Object {
                    $name = if ($_.name) { '"name":"{0}",' -f $_.name }
                    $list = @($_.entries | ForEach-Object { $_ -split ';' } | ForEach-Object { ConvertTo-Json $_ }) -join ','
                    '{{{0}"field":"{1}","operation":"{2}","quantifier":"{3}","entries":[{4}]}}' -f $name, $_.field, $_.operation, $_.quantifier, $list
                })
            @($run.Output) | Should -HaveCount @($Ends | Where-Object { $_ -cin 'c', 'm' }).Count
        }

        It 'is unchanged where the list has several with that key' {
            $row = New-RuleRow @{ name = 'Twice' }
            $made = $row, $row | New-AccessControlRule -IfExists Create
            $made | Should -HaveCount 2
            $run = Invoke-Recorded { $row | New-AccessControlRule -PassThru }

            $run.Errors | Should -BeNullOrEmpty
            $run.Output.RuleSid | Should -BeIn $made.RuleSid
            @(Get-SandboxRequest $sandbox -Write) | Should -HaveCount 2
        }
    }

    Context 'a file of 30 rows' {
        BeforeAll {
            $file = Join-Path $TestDrive 'people.csv'
            Get-PersonRow | Export-Csv -LiteralPath $file -NoTypeInformation
        }

        It 'is read against one pass of pages, of <Pages> page(s), and run again makes nothing' -ForEach @(@{ Total = 100; Pages = 1 }, @{ Total = 2500; Pages = 3 }) {
            $null = Invoke-SandboxControl $sandbox seed -Method Post -Body @{ entries = $Total }
            $first = Invoke-Recorded { Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry }
            $first.Information[-1] | Should -BeLike '30 rows: 30 created, 0 unchanged, 0 failed, 0 skipped in *'
            $first.Output.Name | Should -BeExactly (Get-PersonRow).name
            @(Get-SandboxRequest $sandbox -Method GET).query | Sort-Object | Should -BeExactly @(1..$Pages | ForEach-Object { "page=$_&per_page=1000" })

            $null = Invoke-SandboxControl $sandbox requests -Method Delete
            $again = Invoke-Recorded { Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry }
            $again.Information[-1] | Should -BeLike '30 rows: 0 created, 30 unchanged, 0 failed, 0 skipped in *'
            $again.Output | Should -BeNullOrEmpty
            (Get-SandboxRequest $sandbox).method | Should -BeExactly (@('GET') * $Pages)
        }

        It 'is completed by a second run after the credential was refused at row 10' {
            # The ninth row is made, the tenth is refused, once.
            Add-SandboxFault $sandbox @{ kind = 'status'; status = 401; every = 10; times = 1; match = @{ method = 'POST' } }
            $first = Invoke-Recorded { try { Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry -ThrottleLimit 1 -ErrorVariable failed } finally { $script:failed = $failed } }
            $first.Terminating | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
            $first.Output.Name | Should -BeExactly (Get-PersonRow).name[0..8]
            $failed[0] | Get-ErrorId | Should -BeExactly 'AuthenticationFailed'
            $failed.TargetObject.name | Should -BeExactly (Get-PersonRow).name[9..(8 + @($failed).Count)]

            Connect-Sandbox $sandbox
            $second = Invoke-Recorded { Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry }
            $second.Errors | Should -BeNullOrEmpty
            $second.Information[-1] | Should -BeLike '30 rows: 21 created, 9 unchanged, 0 failed, 0 skipped in *'
            $second.Output.Name | Should -BeExactly (Get-PersonRow).name[9..29]
            @(Get-SandboxState $sandbox entries | Where-Object name -Like 'Person *') | Should -HaveCount 30
        }

        It 'sends with -IfExists Update only what differs' {
            $null = Import-Csv -LiteralPath $file | New-ImpersonationRegistryEntry
            $null = Invoke-SandboxControl $sandbox requests -Method Delete
            $rows = @(Get-PersonRow)
            $rows[3].comments = 'other'
            $rows[7].comments = 'another'
            $run = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists Update -ThrottleLimit 1 }

            $run.Information[-1] | Should -BeLike '30 rows: 0 created, 2 changed, 28 unchanged, 0 failed, 0 skipped in *'
            Get-SentBody | Should -BeExactly @('{"comments":"other"}', '{"comments":"another"}')
            $run.Output.Comments | Should -BeExactly @('other', 'another')
        }

        It 'counts under -WhatIf as the real run does, -IfExists <Mode>, and writes nothing' -ForEach @(
            @{ Mode = 'Skip'; Last = 'b' }, @{ Mode = 'Update'; Last = 'a' }, @{ Mode = 'Create'; Last = 'b' }
        ) {
            # New ones, one that is there, one in other case, one three times, the last time with other values, one that cannot be made, one with other values.
            $rows = @(Get-PersonRow | Select-Object -First 4) +
                @('{n},{e},"{c}"', '{N},{e},"{c}"', 'Ann,ann@example.com,a', 'Ann,ann@example.com,a', "Ann,ann@example.com,$Last", 'Nobody,,x' |
                    ForEach-Object { Expand-Text $_ } | ConvertFrom-Csv -Header name, email, comments) + [pscustomobject] @{ name = $entries[2].name; email = $entries[2].email; comments = 'another' }
            $null = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists $Mode -WhatIf }
            $preview = Get-AclRun -Last
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
            @(Get-SandboxRequest $sandbox) | Should -HaveCount $(if ($Mode -eq 'Create') { 0 } else { 1 })

            $null = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists $Mode }
            $real = Get-AclRun -Last
            $preview.Rows | Should -Be 11
            $preview.Skipped | Should -Be ($real.Created + $real.Changed)
            $preview.Unchanged | Should -Be $real.Unchanged
            $preview.Failed | Should -Be $real.Failed
            $real.Skipped | Should -Be 0
        }

        It 'leaves the values of the last row where several rows name an item that is <Name>' -ForEach @(
            @{ Name = 'there'; Seconds = 0; Comments = 'b', 'a' }, @{ Name = 'new, and created by the time the last row comes'; Seconds = 1; Comments = 'a', 'b', 'a' }
        ) {
            if ($Seconds -eq 0) { $null = New-ImpersonationRegistryEntry -Name Ann -Email ann@example.com -Comments a }
            # The row before is still under way while the last one is planned.
            Set-SandboxSetting $sandbox @{ latency_ms = 300 }
            $run = Invoke-Recorded {
                $Comments | ForEach-Object {
                    [pscustomobject] @{ name = 'Ann'; email = 'ann@example.com'; comments = $_ }
                    if ($Seconds) { Start-Sleep -Seconds $Seconds; $Seconds = 0 }
                } | New-ImpersonationRegistryEntry -IfExists Update
            }

            $run.Errors | Should -BeNullOrEmpty
            @(Get-SandboxState $sandbox entries | Where-Object name -EQ 'Ann').comments | Should -BeExactly 'a'
            $last = Get-AclRun -Last
            $last.Changed, $last.Unchanged | Should -Be @(2, 0)
        }

        It 'counts under -WhatIf a row that would update what an earlier row creates as the real run does' {
            $rows = 'Ann,ann@example.com,a', 'Ann,ann@example.com,b', 'Ann,ann@example.com,a' | ConvertFrom-Csv -Header name, email, comments
            $null = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists Update -WhatIf }
            $preview = Get-AclRun -Last
            $null = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -IfExists Update }
            $real = Get-AclRun -Last

            $real.Created, $real.Changed, $real.Unchanged | Should -Be @(1, 2, 0)
            $preview.Skipped, $preview.Unchanged | Should -Be @(3, 0)
        }
    }
}
