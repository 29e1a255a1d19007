# What people's files contain: each small file in Fixtures, with what is sent for it or the error that names the cause.

Describe 'Files as people have them' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $fixtures = Join-Path $PSScriptRoot 'Fixtures'

        # The rows of a file, with the ids of the sandbox in place of the made-up ones.
        function Import-Fixture {
            param([string] $Name, [hashtable] $With = @{}, [object[]] $Item = $entries)
            foreach ($row in Import-Csv -LiteralPath (Join-Path $fixtures $Name) @With) {
                foreach ($cell in $row.PSObject.Properties) {
                    if ($cell.Value -match '0{8}-0{4}-4000-8000-0{11}(\d)') {
                        $id = if ($Item[1].PSObject.Properties['rule_sid']) { $Item[[int] $Matches[1]].rule_sid } else { $Item[[int] $Matches[1]].id }
                        $cell.Value = $cell.Value -replace '0{8}-0{4}-4000-8000-0{11}\d', $id
                    }
                }
                $row
            }
        }

        $latin1 = if ($PSVersionTable.PSVersion.Major -gt 5) { 'Latin1' } else { 'Default' }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'names -Delimiter once where a file was read with the wrong separator (<File>)' -ForEach @(
        @{ File = 'excel-semicolon-ansi.csv'; Cure = "Read the file with Import-Csv -Delimiter ';'." }
        @{ File = 'excel-utf16.csv'; Cure = 'Read the file with Import-Csv -Delimiter "`t".' }
    ) {
        $run = Invoke-Recorded { Import-Fixture $File | Set-ImpersonationRegistryEntry }

        $run.Terminating.FullyQualifiedErrorId | Should -BeLike 'ValidationFailed,*'
        $run.Terminating.ErrorDetails.Message | Should -BeLike 'Row 1: The rows have a column ''id*name*comments'', so the file was read with the wrong separator.'
        $run.Terminating.ErrorDetails.RecommendedAction | Should -BeExactly $Cure
        $run.Errors | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'names the cure where the first line is for spreadsheets only' {
        $run = Invoke-Recorded { 'sep=;', 'id;comments', "$($entries[1].id);c" | ConvertFrom-Csv | Set-ImpersonationRegistryEntry }

        $run.Terminating.ErrorDetails.Message | Should -BeExactly "Row 1: The file begins with a line 'sep=;', which only spreadsheets understand, so the columns have no names."
        $run.Terminating.ErrorDetails.RecommendedAction | Should -BeLike "*Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter ';'*"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'names -Encoding where a file was read with the wrong encoding' {
        $run = Invoke-Recorded { Import-Fixture excel-semicolon-ansi.csv @{ Delimiter = ';'; Encoding = 'utf8' } | Set-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell')
        $run.Errors.ErrorDetails.Message | Should -BeLike '*U+FFFD*-Encoding*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'sends two updates with the right separator and encoding' {
        Import-Fixture excel-semicolon-ansi.csv @{ Delimiter = ';'; Encoding = $latin1 } | Set-ImpersonationRegistryEntry -ThrottleLimit 1

        Get-SentBody | Should -BeExactly @("{`"name`":`"J$([char]0xFC)rgen M$([char]0xFC)ller`",`"comments`":`"Gesch$([char]0xE4)ftsf$([char]0xFC)hrer`"}", "{`"comments`":`"gepr$([char]0xFC)ft`"}")
    }

    It 'sends one update of a Unicode text file' {
        Import-Fixture excel-utf16.csv @{ Delimiter = "`t" } | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly "{`"name`":`"Zo$([char]0xEB)`",`"comments`":`"ok`"}"
    }

    It 'sends no number that a spreadsheet shortened' {
        $run = Invoke-Recorded { Import-Fixture excel-scientific.csv -Item $rules | Update-AccessControlRule }

        $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell', 'InvalidCell')
        $run.Errors[0].ErrorDetails.Message | Should -BeExactly (
            "Row 1: column 'entries' is '1.5551E+10': it looks like a number that a spreadsheet shortened; format the column as text. Nothing was sent for this row.")
        $run.Errors[1].ErrorDetails.Message | Should -BeLike "Row 2:*a spreadsheet shortened*"
        $run.Errors[2].ErrorDetails.Message | Should -BeLike 'Row 3:*''="0444"'': it has a wrapper*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reads the headers of <File>' -ForEach @(
        @{ File = 'bom-twice.csv'; Sent = '{"name":"Ann Lee"}' }
        @{ File = 'blank-in-headers.csv'; Sent = '{"name":"Ann Lee","comments":"x"}' }
    ) {
        $run = Invoke-Recorded { Import-Fixture $File @{ Encoding = 'utf8' } | Set-ImpersonationRegistryEntry }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly $Sent
    }

    It 'shows invisible characters of an address, and trims those around' {
        $run = Invoke-Recorded { Import-Fixture invisible.csv @{ Encoding = 'utf8' } | Set-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell')
        $run.Errors[0].ErrorDetails.Message | Should -BeLike 'Row 1:*U+00A0*'
        $run.Errors[1].ErrorDetails.Message | Should -BeLike 'Row 2:*U+200B*'
        Get-SentBody | Should -BeExactly '{"email":"cfo@example.com"}'
        (Get-SandboxRequest $sandbox -Write).path | Should -BeExactly "$registryPath/$($entries[3].id)"
    }

    It 'ignores rows of empty cells, and counts them nowhere' {
        $run = Invoke-Recorded { Import-Fixture comma-rows.csv | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @('{"name":"Ann Lee"}', '{"comments":"x"}')
        (Get-AclRun | Select-Object -Last 1).Rows | Should -Be 2
    }

    It 'keeps the row''s number in the file where empty rows precede it' {
        $run = Invoke-Recorded { @([pscustomobject] @{ id = ''; name = ' ' }, [pscustomobject] @{ id = ''; name = 'x' }) | Set-ImpersonationRegistryEntry }

        $run.Errors.ErrorDetails.Message | Should -BeLike 'Row 2: *'
    }

    It 'warns once of a forgotten separator where the operation is not known' {
        $run = Invoke-Recorded { Import-Fixture comma-list.csv -Item $rules | Update-AccessControlRule -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "Column 'entries': '1800,1615' contains a comma, and items stand between ';'*"
        Get-SentBody | Should -HaveCount 2
    }

    It 'refuses a forgotten separator in <Operation> entries' -ForEach @(@{ Operation = 'exact' }, @{ Operation = 'prefix' }) {
        $run = Invoke-Recorded { Import-Fixture comma-list.csv -Item $rules | Update-AccessControlRule -Operation $Operation }

        $run.Errors | Get-ErrorId | Should -BeExactly @('InvalidCell', 'InvalidCell')
        $run.Errors[0].ErrorDetails.Message | Should -BeLike '*contains a comma*'
        $run.Errors[1].ErrorDetails.Message | Should -BeLike '*contains a line break*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'creates what <File> lists' -ForEach @(
        @{ File = 'dashboard.csv'; Sent = @('{"name":"Ann Lee","email":"ann.lee@example.com","is_email_regex":false}', '{"name":"Finance Team","email":"finance@example.com,billing@example.com","is_email_regex":false}') }
        @{ File = 'dashboard-space.csv'; Sent = @('{"name":"Ann Lee","email":"ann.lee@example.com","is_email_regex":false}') }
        @{ File = 'directory-people.csv'; Sent = @('{"name":"Ann Lee","email":"ann.lee@example.com","is_email_regex":false}', '{"name":"Marcus Obi","email":"mobi@example.com","is_email_regex":false}') }
    ) {
        $run = Invoke-Recorded { Import-Fixture $File | New-ImpersonationRegistryEntry -ThrottleLimit 1 }

        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly $Sent
    }

    It 'reads JSON rows of different shape, and refuses a nested object' {
        $text = { param($Name) [regex]::Replace([IO.File]::ReadAllText((Join-Path $fixtures $Name)), '0{8}-0{4}-4000-8000-0{11}(\d)', { param($found) $entries[[int] $found.Groups[1].Value].id }) }
        $run = Invoke-Recorded { & $text unlike-rows.json | ConvertFrom-Json | ForEach-Object { $_ } | Set-ImpersonationRegistryEntry -ThrottleLimit 1 }
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly @('{"comments":"a"}', '{"name":"B","directory_id":7}')

        Reset-Test
        $run = Invoke-Recorded { & $text nested.json | ConvertFrom-Json | ForEach-Object { $_ } | Set-ImpersonationRegistryEntry }
        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        Get-SentBody | Should -BeExactly '{"comments":"ok"}'
    }
}
