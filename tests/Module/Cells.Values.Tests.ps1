# Cells that a spreadsheet, a wrong encoding or an editor has changed: each is sent as it was meant, or is an error that names the cause.

Describe 'The value of a cell' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        # Texts with \uXXXX for what cannot be seen in a source file.
        function Expand-Text([string] $Text) { [regex]::Replace($Text, '\\u([0-9A-F]{4})', { param($found) [string] [char] [convert]::ToInt32($found.Groups[1].Value, 16) }) }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'refuses <Cell> in <Column>: <Cause>' -ForEach @(
        @{ Column = 'comments'; Cell = '#N/A'; Cause = 'spreadsheet error' }
        @{ Column = 'comments'; Cell = '#REF!'; Cause = 'spreadsheet error' }
        @{ Column = 'name'; Cell = '#VALUE!'; Cause = 'spreadsheet error' }
        @{ Column = 'name'; Cell = '#NAME?'; Cause = 'spreadsheet error' }
        @{ Column = 'email'; Cell = '#DIV/0!'; Cause = 'spreadsheet error' }
        @{ Column = 'directory_id'; Cell = '#NUM!'; Cause = 'spreadsheet error' }
        @{ Column = 'is_email_regex'; Cell = '#NULL!'; Cause = 'spreadsheet error' }
        @{ Column = 'comments'; Cell = '#BUSY!'; Cause = 'spreadsheet error' }
        @{ Column = 'comments'; Cell = '#\u0412\u0410\u041B!'; Cause = 'spreadsheet error' }
        @{ Column = 'comments'; Cell = 'Err:502'; Cause = 'spreadsheet error' }
        @{ Column = 'comments'; Cell = '#######'; Cause = 'too narrow' }
        @{ Column = 'directory_id'; Cell = '1.2E+05'; Cause = 'a spreadsheet shortened' }
        @{ Column = 'directory_id'; Cell = '1,2E+05'; Cause = 'a spreadsheet shortened' }
        @{ Column = 'external_directory_node_id'; Cell = '1E+11'; Cause = 'a spreadsheet shortened' }
        @{ Column = 'comments'; Cell = '="0444"'; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = "'0444"; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = '="0444" '; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = "='0444'"; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = "'+1555"; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = '=0444'; Cause = 'wrapper' }
        @{ Column = 'comments'; Cell = '1.5551E10'; Cause = 'a spreadsheet shortened' }
        @{ Column = 'comments'; Cell = 'System.Xml.XmlElement'; Cause = 'nested object' }
        @{ Column = 'comments'; Cell = 'Microsoft.ActiveDirectory.Management.ADPropertyValueCollection'; Cause = 'nested object' }
        @{ Column = 'comments'; Cell = 'System.Object`[`]'; Cause = 'nested object' }
        @{ Column = 'comments'; Cell = '@{text=hi; by=ann}'; Cause = 'nested object' }
        @{ Column = 'comments'; Cell = 'NULL'; Cause = 'a missing value; leave the cell empty' }
        @{ Column = 'name'; Cell = '<null>'; Cause = 'a missing value' }
        @{ Column = 'email'; Cell = '\N'; Cause = 'a missing value' }
        @{ Column = 'directory_id'; Cell = '(null)'; Cause = 'a missing value' }
        @{ Column = 'is_email_regex'; Cell = 'NaN'; Cause = 'a missing value' }
        @{ Column = 'comments'; Cell = 'gepr\uFFFDft'; Cause = '-Encoding' }
        @{ Column = 'name'; Cell = '\uFFFD'; Cause = '-Encoding' }
        @{ Column = 'name'; Cell = 'J\u00C3\u00BCrgen'; Cause = "'\u00C3\u00BC' is one character in UTF-8 that was read as Windows-1252*-Encoding utf8" }
        @{ Column = 'email'; Cell = 'finance\u00A0@example.com'; Cause = 'U+00A0' }
        @{ Column = 'email'; Cell = 'ceo\u200B@example.com'; Cause = 'U+200B' }
        @{ Column = 'email'; Cell = 'ceo\u202E@example.com'; Cause = 'U+202E' }
        @{ Column = 'email'; Cell = '\uFF43eo@example.com'; Cause = 'U+FF43' }
        @{ Column = 'directory_id'; Cell = '1\u00A0000'; Cause = 'U+00A0' }
        @{ Column = 'external_directory_node_id'; Cell = 'a\u00ADb'; Cause = 'U+00AD' }
    ) {
        $text = (Expand-Text $Cell) -replace '`'
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; $Column = $text } | Set-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike "Row 1: column '$Column' is *$(Expand-Text $Cause)*. Nothing was sent for this row."
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'sends <Sent> for <Cell> in <Column>' -ForEach @(
        @{ Column = 'email'; Cell = '\uFEFF\u00A0cfo@example.com \u200B'; Sent = '"cfo@example.com"' }
        @{ Column = 'email'; Cell = 'a@example.com, b@example.com'; Sent = '"a@example.com, b@example.com"' }
        @{ Column = 'directory_id'; Cell = '\u00A012\u200E'; Sent = '12' }
        @{ Column = 'is_email_regex'; Cell = 'yes\u00A0'; Sent = 'true' }
        @{ Column = 'provenance'; Cell = '\u200Ba1s_internal '; Sent = '"A1S_INTERNAL"' }
        @{ Column = 'comments'; Cell = '\uFEFF\uFEFFx'; Sent = '"x"' }
        @{ Column = 'comments'; Cell = ' kept '; Sent = '" kept "' }
        @{ Column = 'comments'; Cell = '#1 priority'; Sent = '"#1 priority"' }
        @{ Column = 'comments'; Cell = "'quoted'"; Sent = "`"'quoted'`"" }
        @{ Column = 'comments'; Cell = '1E5'; Sent = '"1E5"' }
        @{ Column = 'comments'; Cell = '#help?'; Sent = '"#help?"' }
        @{ Column = 'comments'; Cell = 'System. No.'; Sent = '"System. No."' }
        @{ Column = 'comments'; Cell = 'Microsoft.com'; Sent = '"Microsoft.com"' }
        @{ Column = 'comments'; Cell = '= see below'; Sent = '"= see below"' }
    ) {
        [pscustomobject] @{ id = $entries[1].id; $Column = (Expand-Text $Cell) } | Set-ImpersonationRegistryEntry

        Get-SentBody | Should -BeExactly "{`"$Column`":$Sent}"
    }

    It 'warns of <Letter> in <Column> and sends it' -ForEach @(
        @{ Column = 'email'; Cell = 'p\u0430ypal@example.com'; Letter = 'U+0430, a Cyrillic letter' }
        @{ Column = 'email'; Cell = 'ceo@ex\u0430mple.com'; Letter = 'U+0430, a Cyrillic letter' }
        @{ Column = 'email'; Cell = 'ceo@example.c\u03BFm'; Letter = 'U+03BF, a Greek letter' }
        @{ Column = 'name'; Cell = 'John Sm\u0456th'; Letter = 'U+0456, a Cyrillic letter' }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; $Column = (Expand-Text $Cell) } | Set-ImpersonationRegistryEntry }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -HaveCount 1
        $run.Warnings[0] | Should -BeLike "*: $Column '*' contains $Letter among Latin ones: it may look right and match nothing. It is sent as it is."
        Get-SentBody | Should -BeExactly "{`"$Column`":`"$(Expand-Text $Cell)`"}"
    }

    It 'does not warn of <Cell> in <Column>' -ForEach @(
        @{ Column = 'name'; Cell = '\u0418\u0432\u0430\u043D Petrov' }
        @{ Column = 'name'; Cell = 'M\u00FCller' }
        @{ Column = 'name'; Cell = 'Sony\u682A\u5F0F\u4F1A\u793E' }
        @{ Column = 'email'; Cell = 'info@\u043F\u0440\u0438\u043C\u0435\u0440.com' }
        @{ Column = 'comments'; Cell = 'p\u0430ypal' }
    ) {
        $run = Invoke-Recorded { [pscustomobject] @{ id = $entries[1].id; $Column = (Expand-Text $Cell) } | Set-ImpersonationRegistryEntry }

        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly "{`"$Column`":`"$(Expand-Text $Cell)`"}"
    }

    It 'does not warn of an expression that lists letters of two alphabets' {
        $run = Invoke-Recorded {
            [pscustomobject] @{ id = $entries[1].id; email = (Expand-Text 'a\u0430@example\.com'); is_email_regex = 'true' } | Set-ImpersonationRegistryEntry
        }

        $run.Warnings | Should -BeNullOrEmpty
    }

    It 'keeps invisible characters of free text' {
        $text = Expand-Text 'a\u00A0b\u200Dc'
        [pscustomobject] @{ id = $entries[1].id; comments = $text } | Set-ImpersonationRegistryEntry

        (Get-SentBody | ConvertFrom-Json).comments | Should -BeExactly $text
    }

    It 'reads a cell that shows nothing as empty (<Cell>)' -ForEach @(@{ Cell = '  ' }, @{ Cell = '\u00A0' }, @{ Cell = '\u200B\uFEFF' }) {
        $text = Expand-Text $Cell
        [pscustomobject] @{ id = $entries[1].id; name = $text; comments = 'c' } | Set-ImpersonationRegistryEntry
        Get-SentBody | Should -BeExactly '{"comments":"c"}'

        $run = Invoke-Recorded { [pscustomobject] @{ name = $text; email = 'a@example.com' } | New-ImpersonationRegistryEntry }
        $run.Errors.ErrorDetails.Message | Should -BeLike 'Row 1: name is missing*'
    }

    It 'never makes a name blank from the command line either' {
        { Set-ImpersonationRegistryEntry -Id $entries[1].id -Name ' ' -ErrorAction Stop } | Should -Throw -ErrorId 'ValidationFailed,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'trims an id, and reads a header, of what is around them' {
        $row = [pscustomobject] @{ (Expand-Text ' \uFEFFid\u00A0') = (Expand-Text "\u202A$($entries[1].id)\u202C "); ' COMMENTS ' = 'c' }
        $run = Invoke-Recorded { $row | Set-ImpersonationRegistryEntry }

        $run.Errors + $run.Warnings | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).path | Should -BeExactly "$registryPath/$($entries[1].id)"
    }

    It 'refuses the address <Address>' -ForEach @(
        @{ Address = 'finance@@example.com' }, @{ Address = 'a@x.com;b@x.com' }, @{ Address = 'a@x.' }, @{ Address = 'a@x.com>' }, @{ Address = 'mailto:a@x.com' }
    ) {
        $run = Invoke-Recorded {
            [pscustomobject] @{ name = 'A'; email = $Address } | New-ImpersonationRegistryEntry
            [pscustomobject] @{ id = $entries[1].id; email = $Address } | Set-ImpersonationRegistryEntry
        }

        $run.Errors | Get-ErrorId | Should -BeExactly @('ValidationFailed', 'ValidationFailed')
        $run.Errors.ErrorDetails.Message | Should -BeLike '*cannot be an address*'
        Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
    }
}
