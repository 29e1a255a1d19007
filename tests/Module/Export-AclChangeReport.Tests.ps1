# Export-AclChangeReport: what the engine binds and the file that comes of it. What the page holds is tested in the library.

Describe 'Export-AclChangeReport' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        Reset-Test
        $journal = Join-Path $TestDrive 'changes.jsonl'
        1..3 | ForEach-Object { Set-ImpersonationRegistryEntry $entries[$_].id -Comments "note $_" -JournalPath $journal }
        $changes = @(Get-AclChange $journal)

        function Get-Reported {
            param([string] $Path)
            @([regex]::Matches((Get-Content -LiteralPath $Path -Raw), '<code>([0-9a-f-]{36})</code>') | ForEach-Object { $_.Groups[1].Value })
        }
    }
    BeforeEach { $page = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).html" }
    AfterAll { Stop-Sandbox $sandbox }

    It 'writes a page of a journal, and nothing to the pipeline' {
        Export-AclChangeReport $page -JournalPath $journal | Should -BeNullOrEmpty

        Get-Reported $page | Should -BeExactly $changes.Id
    }

    It 'takes changes from the pipeline, and filters them as Get-AclChange does' {
        $changes[2], $changes[0] | Export-AclChangeReport $page
        Get-Reported $page | Should -BeExactly $changes[2].Id, $changes[0].Id

        Export-AclChangeReport $page -JournalPath $journal -RunId $changes[1].RunId -State Applied -After $changes[0].Time -Force
        Get-Reported $page | Should -BeExactly $changes[1].Id
    }

    It 'reports no changes where the pipeline brings none, whatever the default journal holds' {
        $env:ACLADMIN_JOURNAL_PATH = $journal
        try {
            Get-AclChange -State Failed | Export-AclChangeReport $page
            Get-Reported $page | Should -BeNullOrEmpty

            Export-AclChangeReport $page -Force
            Get-Reported $page | Should -HaveCount 3
        }
        finally { $env:ACLADMIN_JOURNAL_PATH = $null }
    }

    It 'replaces a file with -Force alone' {
        Set-Content -LiteralPath $page -Value mine
        { Export-AclChangeReport $page -JournalPath $journal } | Should -Throw -ErrorId 'FileFailed,AclAdmin.Commands.ExportAclChangeReportCommand'
        { Export-AclChangeReport $page -JournalPath $journal -Force -ErrorAction Stop } | Should -Throw -ErrorId 'FileFailed,AclAdmin.Commands.ExportAclChangeReportCommand'
        Get-Content -LiteralPath $page | Should -BeExactly mine

        Set-Content -LiteralPath $page -Value '<!DOCTYPE html>'
        $file = Export-AclChangeReport $page -JournalPath $journal -Title 'A <b>' -Force -PassThru
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -BeExactly $page
        Get-Content -LiteralPath $page -Raw | Should -Match '<title>A &lt;b&gt;</title>'
    }

    It 'resolves a path against the location, writes nothing under -WhatIf, and refuses what is no file' {
        Push-Location $TestDrive
        try {
            Export-AclChangeReport ./relative.html -JournalPath ./changes.jsonl -WhatIf
            './relative.html' | Should -Not -Exist
            Export-AclChangeReport ./relative.html -JournalPath ./changes.jsonl
            './relative.html' | Should -Exist
        }
        finally { Pop-Location }
        { Export-AclChangeReport Env:\report -JournalPath $journal } | Should -Throw -ErrorId 'FileFailed,*'
    }
}

Describe 'The page of a report in a browser' {
    It 'opens with 1,000 changes, filters them, follows the colour scheme and asks for nothing' {
        Import-Module (Join-Path $PSScriptRoot '../Report/Chromium.psm1')
        if (-not (Find-Chromium)) {
            Set-ItResult -Skipped -Because (Get-ChromiumAdvice)
            return
        }

        $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $result = & (Join-Path $root 'tests/Report/Measure-Report.ps1') -Folder (Join-Path $TestDrive pictures) -Count 1000

        $result.Found | Should -BeExactly '111 of 1,000 changes'
        $result.Shown | Should -Be 111
        $result.Problems | Should -BeNullOrEmpty
        $result.Requests | Should -BeNullOrEmpty
        $result.Backgrounds | Should -BeExactly 'rgb(246, 247, 249)', 'rgb(17, 21, 27)'
        (Join-Path $TestDrive 'pictures/report-1000-dark.png') | Should -Exist
    }
}
