# What the service offers beyond its description of August: the end of content policies, their dialect, PUT of whole items; and plain lists of senders.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
}
AfterAll { Stop-Sandbox $sandbox }

Describe 'Content policies' {
    BeforeEach { Reset-Test }

    It 'end when <Cell> says: <Sent>' -ForEach @(
        @{ Cell = '2026-12-31'; Sent = '2026-12-31T00:00:00Z' }, @{ Cell = '2026-12-31T18:00:00+02:00'; Sent = '2026-12-31T16:00:00Z' }
        @{ Cell = '2026-12-31T18:00Z'; Sent = '2026-12-31T18:00:00Z' }, @{ Cell = [datetime]::new(2026, 12, 31, 18, 0, 0, [DateTimeKind]::Utc); Sent = '2026-12-31T18:00:00Z' }
    ) {
        $run = Invoke-Recorded {
            [pscustomobject] @{ name = 'N'; enabled = 'yes'; pattern = 'x'; targets = 'BODY'; 'Expires At' = $Cell } | New-EmailContentPolicy
            New-EmailContentPolicy -Name M -Enabled $true -Pattern x -Targets BODY -ExpiresAt $Cell
        }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @(
            "{`"name`":`"N`",`"enabled`":true,`"pattern`":`"x`",`"targets`":[`"BODY`"],`"expires_at`":`"$Sent`"}"
            "{`"enabled`":true,`"expires_at`":`"$Sent`",`"name`":`"M`",`"pattern`":`"x`",`"targets`":[`"BODY`"]}"
        )
        $run.Output.ExpiresAt | Should -Be @(([datetimeoffset] $Sent).UtcDateTime, ([datetimeoffset] $Sent).UtcDateTime)
    }

    It 'do not end at a time that is open: <Cell>' -ForEach @(@{ Cell = '31.12.2026' }, @{ Cell = '2026-12-31T18:00:00' }, @{ Cell = 'tomorrow' }, @{ Cell = '12/31/2026' }) {
        $run = Invoke-Recorded { [pscustomobject] @{ name = 'N'; enabled = 'yes'; pattern = 'x'; targets = 'BODY'; expires_at = $Cell } | New-EmailContentPolicy }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        "$($run.Errors)" | Should -BeLike '*allowed: a date such as 2026-12-31*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'compare times and not texts, and no longer end after -Clear' {
        $policy = New-EmailContentPolicy -Name N -Enabled $true -Pattern x -Targets BODY -ExpiresAt 2026-12-31
        $policy | Set-EmailContentPolicy -ExpiresAt '2026-12-31T01:00:00+01:00' -SkipUnchanged
        $policy | Set-EmailContentPolicy -Clear ExpiresAt -BatchSize 1

        (Get-SentBody)[-1] | Should -BeExactly '{"expires_at":null}'
        @(Get-SentBody) | Should -HaveCount 2
    }

    It 'refuse <Pattern>: <Cause>' -ForEach @(
        @{ Pattern = '(?=a)b'; Cause = "'(?=' is a lookaround" }, @{ Pattern = '(?<!a)b'; Cause = "'(?<!' is a lookaround" }, @{ Pattern = '(a)\1'; Cause = "'\1' is a backreference" }
        @{ Pattern = '(?i)a'; Cause = "'(?i' sets flags" }, @{ Pattern = '(?<n>a)'; Cause = 'begins a group of a special kind' }, @{ Pattern = '(?>a)'; Cause = 'begins a group of a special kind' }
        @{ Pattern = 'a*?'; Cause = "'*?' is a lazy quantifier" }, @{ Pattern = 'a++'; Cause = "'++' is a possessive quantifier" }, @{ Pattern = 'a{2,3}+'; Cause = 'is a possessive quantifier' }
        @{ Pattern = 'a{2,}'; Cause = 'has no upper bound' }, @{ Pattern = 'a{51}'; Cause = 'allows more than 50 repetitions' }, @{ Pattern = 'a{1,500}'; Cause = 'allows more than 50 repetitions' }
        @{ Pattern = '\p{L}'; Cause = "'\p' is no escape" }, @{ Pattern = '\D'; Cause = "'\D' is no escape" }, @{ Pattern = '[[:alpha:]]'; Cause = 'is a class of a kind' }
    ) {
        $run = Invoke-Recorded {
            New-EmailContentPolicy -Name N -Enabled $true -Pattern $Pattern -Targets BODY
            [pscustomobject] @{ id = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415'; pattern = $Pattern } | Set-EmailContentPolicy
        }

        @($run.Errors | Get-ErrorId) | Should -BeExactly @('ValidationFailed', 'ValidationFailed')
        $run.Errors | ForEach-Object { "$_" | Should -BeLike "*is not in the dialect of content policies: *$($Cause -replace '([*?[\]])', '`$1')*" }
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }

    It 'accept <Pattern>' -ForEach @(
        @{ Pattern = 'gift ?card' }, @{ Pattern = '\d{3,50}-\w+\s*\b' }, @{ Pattern = '[^a-z\d]+|^x$' }, @{ Pattern = '\(a\)\?' }, @{ Pattern = 'a\.\*b\\' }, @{ Pattern = '[?*+]{2}' }
    ) {
        $run = Invoke-Recorded { New-EmailContentPolicy -Name N -Enabled $true -Pattern $Pattern -Targets BODY }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        (Get-SentBody | ConvertFrom-Json).pattern | Should -BeExactly $Pattern
    }

    It 'warn of a group: <Pattern>' -ForEach @(@{ Pattern = '(gift|prize) card' }, @{ Pattern = '(?:gift)' }) {
        $run = Invoke-Recorded { New-EmailContentPolicy -Name N -Enabled $true -Pattern $Pattern -Targets BODY }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeLike '*has a group*'
    }

    It 'are found as blocked content' {
        (Get-Command *BlockedContent*).Name | Sort-Object | Should -BeExactly ('Get', 'New', 'Remove', 'Set', 'Sync' | ForEach-Object { "$_-EmailBlockedContent" })
        (Get-EmailBlockedContent -First 1).Name | Should -BeExactly (Get-EmailContentPolicy -First 1).Name
    }
}

Describe 'A replacement of <Noun>' {
    BeforeEach { Reset-Test }

    It 'is one PUT of what is specified, which resets the rest' -ForEach @(
        @{ Noun = 'EmailAllowPolicy'; Row = @{ pattern = 'a@x.example'; pattern_type = 'EMAIL' }; Sent = '{"pattern":"a@x.example","pattern_type":"EMAIL"}' }
        @{ Noun = 'EmailBlockedSender'; Row = @{ pattern = 'a@x.example'; pattern_type = 'EMAIL' }; Sent = '{"pattern":"a@x.example","pattern_type":"EMAIL"}' }
        @{ Noun = 'EmailTrustedDomain'; Row = @{ pattern = 'x.example' }; Sent = '{"pattern":"x.example"}' }
    ) {
        $item = & "Get-$Noun" -First 3 | Where-Object Comments | Select-Object -First 1
        $run = Invoke-Recorded { [pscustomobject] ([ordered] @{ id = $item.Id } + $Row) | & "Set-$Noun" -Replace -PassThru }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly 'PUT'
        $body = Get-SentBody | ConvertFrom-Json
        @($body.PSObject.Properties).Count | Should -Be $Row.Count
        $body.pattern | Should -BeExactly $Row.pattern
        $item.Comments | Should -Not -BeNullOrEmpty
        $run.Output.Comments | Should -BeNullOrEmpty
    }

    It 'needs the pattern' {
        $run = Invoke-Recorded { Set-EmailBlockedSender -Id (Get-EmailBlockedSender -First 1).Id -Comments x -Replace }

        "$($run.Errors)" | Should -BeLike '*-Pattern is missing*-PatternType is missing*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'A plain list' {
    BeforeEach { Reset-Test }

    It 'of lines is a pattern each; empty lines are ignored' {
        $run = Invoke-Recorded { 'one@evil.example', '', ' two@evil.example ', 'three.evil.example' | New-EmailBlockedSender -Comments c -BatchSize 1 -ThrottleLimit 1 }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | ForEach-Object { ($_ | ConvertFrom-Json).pattern } | Should -BeExactly @('one@evil.example', 'two@evil.example', 'three.evil.example')
        $run.Information[-1] | Should -BeLike '3 rows: 3 created*'
    }

    It 'is an array of an argument, too' {
        $run = Invoke-Recorded { New-EmailBlockedSender -Pattern 'one@evil.example', 'two@evil.example' -PatternType EMAIL -BatchSize 1 -ThrottleLimit 1 }

        @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | ForEach-Object { ($_ | ConvertFrom-Json).pattern } | Should -BeExactly @('one@evil.example', 'two@evil.example')
    }

    It 'of lines identifies what is removed' {
        'spam1@example.com', 'spam2@example.com' | Remove-EmailBlockedSender -MatchBy Pattern -Force -BatchSize 1

        (Get-SandboxRequest $sandbox -Write).method | Should -BeExactly @('DELETE', 'DELETE')
    }

    It 'has one value for a change' {
        $run = Invoke-Recorded { Set-EmailBlockedSender -Id 1 -Pattern 'a@x.example', 'b@x.example' }

        "$($run.Errors)$($run.Terminating)" | Should -BeLike '*-Pattern has 2 values; one is expected*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}

Describe 'A run without rows' {
    BeforeEach { Reset-Test }

    It 'of <Name> ends with its line and a warning, unless it is expected' -ForEach @(
        @{ Name = 'New'; Call = { @() | New-EmailBlockedSender @args } }, @{ Name = 'Set'; Call = { @() | Set-ImpersonationRegistryEntry @args } }
        @{ Name = 'Remove'; Call = { @() | Remove-AccessControlRule -Force @args } }, @{ Name = 'Sync'; Call = { @() | Sync-EmailBlockedSender @args } }
        @{ Name = 'an empty file'; Call = { "id,name`n" | ConvertFrom-Csv | Set-ImpersonationRegistryEntry @args } }
        @{ Name = 'an argument'; Call = { Set-ImpersonationRegistryEntry -InputObject @() @args } }
    ) {
        $run = Invoke-Recorded { & $Call }
        $run.Warnings | Should -BeLike 'There were no rows, so nothing was sent.*'
        $run.Information[-1] | Should -BeLike '0 rows: *'

        $run = Invoke-Recorded { & $Call -AllowEmpty }
        $run.Warnings | Should -BeNullOrEmpty
        $run.Information[-1] | Should -BeLike '0 rows: *'
    }
}
