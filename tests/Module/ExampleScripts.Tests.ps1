# The scripts of docs/examples, each run against the sandbox as an administrator runs it.

BeforeDiscovery {
    $scripts = Get-ChildItem (Join-Path $PSScriptRoot '../../docs/examples') -Filter '*.ps1' | ForEach-Object Name
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    $examples = Join-Path $root 'docs/examples'

    function Write-File {
        param([string] $Name, [string[]] $Lines)
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, ($Lines -join "`n") + "`n")
        $path
    }

    # A module that is imported by its path satisfies #Requires, as it is loaded.
    function Invoke-Script {
        param([string] $Name, [hashtable] $Parameters)
        Invoke-Recorded { & (Join-Path $examples "$Name.ps1") @Parameters }
    }
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'docs/examples' {
    It 'names <_> in its README' -ForEach $scripts {
        [IO.File]::ReadAllText((Join-Path $examples 'README.md')) | Should -Match ([regex]::Escape("($_)"))
    }

    It 'has help and a preview in <_>' -ForEach $scripts {
        $tokens = $null
        $problems = $null
        $tree = [Management.Automation.Language.Parser]::ParseFile((Join-Path $examples $_), [ref] $tokens, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        $tree.GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty
        $tree.GetHelpContent().Examples | Should -Not -BeNullOrEmpty
        (Get-Command (Join-Path $examples $_)).Parameters.Keys | Should -Contain 'WhatIf'
    }
}

Describe 'Update-RegistryFromHr.ps1' {
    BeforeEach {
        Reset-Test
        $hr = Write-File 'hr.csv' @(
            'FirstName,LastName,Mail,Title,Status'
            'Ada,Lindqvist,ada.lindqvist@example.org,Chief Financial Officer,Active'
            'Ben,Osei,ben.osei@example.org,Payroll Clerk,Active'
            'Cy,Young,cy.young@example.org,Gardener,Active'
            'Di,Marsh,di.marsh@example.org,Director,Left'
            "Eve,Hand,$($entries[0].email),Director,Active")
        $parameters = @{ Path = $hr; JournalPath = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }
    }

    It 'previews, creates whom the file protects, and has nothing to do the second time' {
        $run = Invoke-Script Update-RegistryFromHr ($parameters + @{ WhatIf = $true })
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeNullOrEmpty

        $run = Invoke-Script Update-RegistryFromHr $parameters
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Sort-Object | Should -BeExactly @(
            '{"name":"Ada Lindqvist","email":"ada.lindqvist@example.org","comments":"HR: Chief Financial Officer","is_email_regex":false}'
            '{"name":"Ben Osei","email":"ben.osei@example.org","comments":"HR: Payroll Clerk","is_email_regex":false}')

        $null = Invoke-Script Update-RegistryFromHr $parameters
        @(Get-SentBody).Count | Should -Be 2
    }

    It 'removes who has left, within the limit, and nobody whom it has not added' {
        $null = Invoke-Script Update-RegistryFromHr $parameters
        $null = Write-File 'hr.csv' 'FirstName,LastName,Mail,Title,Status', 'Ben,Osei,ben.osei@example.org,Payroll Clerk,Active'
        (Invoke-Script Update-RegistryFromHr $parameters).Terminating | Get-ErrorId | Should -BeExactly 'TooManyRemovals'

        $run = Invoke-Script Update-RegistryFromHr ($parameters + @{ MaxRemove = '50%' })
        $run.Errors | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox -Write | Where-Object method -EQ 'DELETE').Count | Should -Be 1
        @(Get-SandboxState $sandbox entries).Count | Should -Be 101
    }

    It 'refuses an export without rows, or without a column' {
        $null = Write-File 'hr.csv' 'FirstName,LastName,Mail,Title,Status'
        "$((Invoke-Script Update-RegistryFromHr $parameters).Terminating)" | Should -BeLike '*has no rows*'
        $null = Write-File 'hr.csv' 'FirstName,LastName,Mail', 'Ben,Osei,ben.osei@example.org'
        "$((Invoke-Script Update-RegistryFromHr $parameters).Terminating)" | Should -BeLike '*has no column Title, Status.'
        @(Get-SandboxRequest $sandbox).Count | Should -Be 0
    }
}

Describe 'Merge-Blocklist.ps1' {
    BeforeEach {
        Reset-Test
        $null = Write-File 'phishing.csv' 'pattern,reason', 'bad.example,kit', 'evil@worse.example,sent it', '203.0.113.9,host'
        $null = Write-File 'partners.txt' '# from the partners', 'BAD.example', 'spam.example  # since June', 'partner.example'
        $null = Write-File 'never.txt' 'partner.example'
        $parameters = @{
            Source = (Join-Path $TestDrive 'phishing.csv'), (Join-Path $TestDrive 'partners.txt'); Except = Join-Path $TestDrive 'never.txt'
            JournalPath = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        }
    }

    It 'blocks each pattern once, names its sources, and has nothing to do the second time' {
        $before = @(Get-EmailBlockedSender).Count
        $run = Invoke-Script Merge-Blocklist $parameters
        $run.Errors | Should -BeNullOrEmpty
        Get-EmailBlockedSender | Where-Object Comments -Like 'Source: *' | Sort-Object Pattern | ForEach-Object { "$($_.Pattern) $($_.PatternType) $($_.Comments)" } | Should -BeExactly @(
            '203.0.113.9 IP Source: phishing', 'bad.example DOMAIN Source: phishing, partners', 'evil@worse.example EMAIL Source: phishing', 'spam.example DOMAIN Source: partners')
        @(Get-EmailBlockedSender).Count | Should -Be ($before + 4)

        $null = Invoke-SandboxControl $sandbox requests -Method Delete
        (Invoke-Script Merge-Blocklist $parameters).Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeNullOrEmpty
    }

    It 'refuses a source without patterns' {
        $null = Write-File 'partners.txt' '# none today'
        "$((Invoke-Script Merge-Blocklist $parameters).Terminating)" | Should -BeLike '*partners.txt has no patterns*'
        Get-SentBody | Should -BeNullOrEmpty
    }
}

Describe 'Save-RegistryToGit.ps1' -Skip:(-not (Get-Command git -CommandType Application -ErrorAction Ignore)) {
    It 'commits the registry once for each state, as a file that changes nothing when it is applied' {
        Reset-Test
        $clone = Join-Path $TestDrive 'clone'
        & git init --quiet $clone
        & git -C $clone config user.name Test
        & git -C $clone config user.email test@example.com

        (Invoke-Script Save-RegistryToGit @{ Repository = $clone }).Output | Should -BeExactly 'registry.csv is committed: 98 entries.'
        (Invoke-Script Save-RegistryToGit @{ Repository = $clone }).Output | Should -BeExactly 'registry.csv is as it was: 98 entries.'
        $run = Invoke-Recorded { Import-Csv (Join-Path $clone 'registry.csv') -Encoding utf8 | Sync-ImpersonationRegistryEntry -RemoveUnlisted -MaxRemove '100%' -Force }
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeNullOrEmpty

        Set-ImpersonationRegistryEntry -Id $entries[0].id -Name 'Changed elsewhere'
        $null = Invoke-Script Save-RegistryToGit @{ Repository = $clone; WhatIf = $true }
        @(& git -C $clone log --format=%s).Count | Should -Be 1
        (Invoke-Script Save-RegistryToGit @{ Repository = $clone }).Output | Should -BeExactly 'registry.csv is committed: 98 entries.'
        @(& git -C $clone show --format= --unified=0 HEAD) -match '^\+"' | Should -BeLike '*"Changed elsewhere"*'
        & git -C $clone status --porcelain | Should -BeNullOrEmpty
    }
}

Describe 'Invoke-ScheduledEdit.ps1' {
    BeforeEach {
        Reset-Test
        $drop = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $drop
        [IO.File]::WriteAllText((Join-Path $drop 'june.csv'), "id,comments`n$($entries[0].id),Reviewed`nno such id,Reviewed`n$($entries[1].id),Reviewed`n")
    }

    It 'applies a file once, and leaves the rows that failed with their reason' {
        $run = Invoke-Script Invoke-ScheduledEdit @{ Folder = $drop }
        $LASTEXITCODE | Should -Be 1
        $run.Errors | Should -BeNullOrEmpty
        Get-SentBody | Should -BeExactly '{"comments":"Reviewed"}', '{"comments":"Reviewed"}'
        Get-ChildItem (Join-Path $drop 'done') | ForEach-Object Name | Should -Match '^\d{8}-\d{6}-june\.csv$'
        $failed = @(Get-ChildItem (Join-Path $drop 'failed') | ForEach-Object { Import-Csv $_.FullName })
        $failed.Count | Should -Be 1
        $failed[0].id | Should -BeExactly 'no such id'
        $failed[0].Problem | Should -Match 'no such id'
        @(Get-Content (Join-Path $drop 'job.log'))[0] | Should -Match '^\d{4}-.*Z june\.csv: 3 rows: 2 changed, 0 unchanged, 1 failed'

        # Corrected and put back, with the column Problem.
        $failed[0].id = $entries[2].id
        $failed | Export-Csv (Join-Path $drop 'june-again.csv') -NoTypeInformation -Encoding utf8
        $null = Invoke-Script Invoke-ScheduledEdit @{ Folder = $drop }
        $LASTEXITCODE | Should -Be 0
        @(Get-SentBody).Count | Should -Be 3
    }

    It 'previews without moving a file' {
        $null = Invoke-Script Invoke-ScheduledEdit @{ Folder = $drop; WhatIf = $true }
        Get-SentBody | Should -BeNullOrEmpty
        Join-Path $drop 'june.csv' | Should -Exist
    }

    It 'leaves the file where it is when the service cannot be used' {
        Get-AclConnection | Disconnect-AclConnection
        $null = Invoke-Script Invoke-ScheduledEdit @{ Folder = $drop }
        $LASTEXITCODE | Should -Be 1
        Join-Path $drop 'june.csv' | Should -Exist
        Get-Content (Join-Path $drop 'job.log') | Should -Match 'june\.csv: '
    }

    It 'does not run twice at a time' {
        $held = [IO.File]::Open((Join-Path $drop 'job.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        try { $run = Invoke-Script Invoke-ScheduledEdit @{ Folder = $drop } } finally { $held.Dispose() }
        $LASTEXITCODE | Should -Be 2
        $run.Output | Should -BeExactly 'Another run of this job is under way.'
        Get-SentBody | Should -BeNullOrEmpty
    }
}
