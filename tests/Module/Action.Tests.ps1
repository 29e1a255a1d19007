# The scripts of action.yml, as a runner calls them: against the sandbox, and against a stub of GitHub's API.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    Import-Module (Join-Path $PSScriptRoot 'Support/GitHub.psm1') -Force
    $github = Start-GitHubStub

    # Where Install-PSResource would put it.
    $modules = Join-Path $TestDrive 'modules'
    Copy-Item -LiteralPath (Split-Path $modulePath) -Destination (Join-Path $modules 'AclAdmin') -Recurse

    # Runs a script of the action with the variables that action.yml sets, and reads what it left for the runner.
    function Invoke-ActionScript {
        param([string] $Name, [hashtable] $Variables = @{})

        $runner = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $runner
        $start = New-EngineStartInfo -ArgumentList '-NoProfile', '-NonInteractive', '-File', (Join-Path $root ".github/action/$Name.ps1")
        $start.WorkingDirectory = $TestDrive
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $set = @{
            NO_COLOR = '1'; PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
            RUNNER_TEMP = $runner; GITHUB_OUTPUT = "$runner/output"; GITHUB_STEP_SUMMARY = "$runner/summary"
            GITHUB_API_URL = $github.Address; GITHUB_REPOSITORY = 'owner/lists'
            CLOUDFLARE_BASE_URL = $sandbox.cloudflare; CARRIERX_BASE_URL = $sandbox.carrierx
            ACL_LIST = 'ImpersonationRegistryEntry'; ACL_PATH = 'registry.csv'; ACL_TOKEN = 'sandbox-cloudflare-token'; ACL_ACCOUNT = $sandbox.account_id
            ACL_REMOVE_UNLISTED = 'false'; ACL_MAX_REMOVE = ''; ACL_KEY = ''
            ACL_PULL_REQUEST = '7'; ACL_GITHUB_TOKEN = 'github-token-of-the-test'; ACL_AUTHOR = 'github-actions[bot]'
        }
        foreach ($key in @($set.Keys) + @($Variables.Keys)) { $start.Environment[$key] = if ($Variables.ContainsKey($key)) { $Variables[$key] } else { $set[$key] } }
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $printed = $process.StandardOutput.ReadToEnd() + $errors.Result
        $process.WaitForExit()
        $outputs = @{}
        if (Test-Path "$runner/output") { Get-Content "$runner/output" | ForEach-Object { $key, $value = $_ -split '=', 2; $outputs[$key] = $value } }
        [pscustomobject] @{
            ExitCode = $process.ExitCode
            Printed = $printed
            Outputs = $outputs
            Summary = if (Test-Path "$runner/summary") { Get-Content "$runner/summary" -Raw } else { '' }
        }
    }

    function Set-Registry { param([string[]] $Lines) [IO.File]::WriteAllLines((Join-Path $TestDrive 'registry.csv'), $Lines) }
}

AfterAll {
    Stop-GitHubStub $github
    Stop-Sandbox $sandbox
}

Describe 'action.yml' {
    BeforeAll { $action = [IO.File]::ReadAllText((Join-Path $root 'action.yml')) -replace "`r" }

    It 'calls scripts that exist, with inputs and outputs that exist' {
        $scripts = [regex]::Matches($action, '\.github/action/(\w+\.ps1)') | ForEach-Object { $_.Groups[1].Value }
        $scripts | Should -BeExactly 'Install.ps1', 'Plan.ps1', 'Comment.ps1', 'Apply.ps1'
        $scripts | ForEach-Object { Join-Path $root ".github/action/$_" | Should -Exist }
        $declared = [regex]::Matches([regex]::Match($action, '(?ms)^inputs:\n(.*?)^\w').Groups[1].Value, '(?m)^  ([\w-]+):') | ForEach-Object { $_.Groups[1].Value }
        $used = [regex]::Matches($action, 'inputs\.([\w-]+)') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        $used | Should -BeExactly ($declared | Sort-Object)
    }

    It 'has the inputs and the version of the workflow in about_AclAdmin_Sync' {
        $text = [IO.File]::ReadAllText((Join-Path $root 'en-US/about_AclAdmin_Sync.help.txt')) -replace "`r"
        $version = (Import-PowerShellDataFile $modulePath).ModuleVersion
        $with = [regex]::Match($text, "(?s)- uses: OWNER/AclAdmin@v$([regex]::Escape($version))\n +with:\n(.*?)\n\n").Groups[1].Value
        $inputs = [regex]::Matches($with, '(?m)^ +([\w-]+):') | ForEach-Object { $_.Groups[1].Value }
        $inputs | Should -BeExactly 'path', 'account-id', 'token', 'remove-unlisted'
        $inputs | ForEach-Object { $action | Should -Match "(?m)^  ${_}:$" }
    }

    It 'hands each script every variable that it reads' {
        foreach ($name in 'Plan', 'Comment', 'Apply') {
            $step = [regex]::Match($action, "(?s)\n {6}env:\n((?:(?!\n {6}env:).)*?)action/$name\.ps1").Groups[1].Value
            $read = foreach ($file in @("$name.ps1") + @(if ($name -ne 'Comment') { 'Start.ps1' })) {
                [regex]::Matches([IO.File]::ReadAllText((Join-Path $root ".github/action/$file")), '\$env:(ACL_\w+)') | ForEach-Object { $_.Groups[1].Value }
            }
            $given = [regex]::Matches($step, '(?m)^ +(ACL_\w+):') | ForEach-Object { $_.Groups[1].Value }
            ($given | Sort-Object -Unique) -join ' ' | Should -BeExactly (($read | Sort-Object -Unique) -join ' ') -Because $name
        }
    }

    It 'puts no input and nothing of an event into a script' {
        [regex]::Matches($action, '(?m)^ +run: .*$').Value | Should -Not -Match '\$\{\{'
    }
}

Describe 'Plan' {
    BeforeEach { Reset-Test }

    It 'writes the plan, its Markdown and whether there are changes, and changes nothing' {
        Set-Registry 'name,email', 'Zoë Müller,zoe@example.com'
        $run = Invoke-ActionScript Plan

        $run.ExitCode | Should -Be 0 -Because $run.Printed
        $run.Outputs.changes | Should -BeExactly 'true'
        $run.Outputs.plan | Should -Exist
        [IO.File]::ReadAllText($run.Outputs.markdown) | Should -Match 'Zoë Müller'
        $run.Summary | Should -BeExactly ([IO.File]::ReadAllText($run.Outputs.markdown) + "`n")
        Get-SentBody | Should -BeNullOrEmpty
        $run.Printed | Should -Not -Match 'sandbox-cloudflare-token'
    }

    It 'states that there is nothing to do' {
        Set-Registry 'id,name', "$($entries[0].id),$($entries[0].name)"
        (Invoke-ActionScript Plan).Outputs.changes | Should -BeExactly 'false'
    }

    It 'removes what is not listed only where that is specified, within the limit' {
        Set-Registry 'id,name', "$($entries[0].id),$($entries[0].name)"
        $run = Invoke-ActionScript Plan @{ ACL_REMOVE_UNLISTED = 'true' }
        $run.ExitCode | Should -Be 1
        $run.Outputs.changes | Should -BeExactly 'false'
        [IO.File]::ReadAllText($run.Outputs.markdown) | Should -Match '(?s)^The plan failed\. Nothing was changed\.\n\n    .*-MaxRemove'

        $run = Invoke-ActionScript Plan @{ ACL_REMOVE_UNLISTED = 'true'; ACL_MAX_REMOVE = '100%' }
        $run.ExitCode | Should -Be 0 -Because $run.Printed
        $run.Summary | Should -Match '97 to remove'
    }

    It 'reports every bad row' {
        Set-Registry 'name,email', 'One,one@@example.com', 'Two,two@example.com', 'Three,three@@example.com'
        $run = Invoke-ActionScript Plan
        $run.ExitCode | Should -Be 1
        $run.Printed | Should -Match 'one@@example\.com'
        $run.Printed | Should -Match 'three@@example\.com'
    }

    It 'fails where the file, the list or the credential is missing' {
        (Invoke-ActionScript Plan @{ ACL_PATH = 'missing.csv' }).ExitCode | Should -Be 1
        $run = Invoke-ActionScript Plan @{ ACL_LIST = 'Registry; exit 0' }
        $run.ExitCode | Should -Be 1
        $run.Printed | Should -Match 'must be one of'
        Set-Registry 'name,email', 'Two,two@example.com'
        (Invoke-ActionScript Plan @{ ACL_TOKEN = '' }).ExitCode | Should -Be 1
    }

    It 'plans access control rules with the token of CarrierX, and a file without rows' {
        Set-Registry 'rule_sid,name', "$($rules[0].rule_sid),Renamed"
        $token = '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $run = Invoke-ActionScript Plan @{ ACL_LIST = 'AccessControlRule'; ACL_TOKEN = $token; ACL_ACCOUNT = '' }
        $run.ExitCode | Should -Be 0 -Because $run.Printed
        $run.Outputs.changes | Should -BeExactly 'true'

        Set-Registry 'rule_sid,name'
        $run = Invoke-ActionScript Plan @{ ACL_LIST = 'AccessControlRule'; ACL_TOKEN = $token; ACL_ACCOUNT = '' }
        $run.ExitCode | Should -Be 0 -Because $run.Printed
        $run.Outputs.changes | Should -BeExactly 'false'
        $run.Summary | Should -Match '^The file has no rows'
    }
}

Describe 'Comment' {
    BeforeAll {
        $markdown = Join-Path $TestDrive 'plan.md'
        function Write-Plan { param([string] $Text) [IO.File]::WriteAllText($markdown, $Text) }
    }
    BeforeEach { Reset-GitHubStub $github }

    It 'adds a comment, and updates it the next time' {
        Write-Plan "Plan: 1 to create`n| ``Zoë`` |"
        $first = Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }
        $first.ExitCode | Should -Be 0 -Because $first.Printed
        Write-Plan 'Plan: 2 to create'
        (Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }).ExitCode | Should -Be 0

        ($github.Requests | ForEach-Object { "$($_.Method) $($_.Path)" }) | Should -BeExactly @(
            'GET /repos/owner/lists/issues/7/comments?per_page=100&page=1', 'POST /repos/owner/lists/issues/7/comments'
            'GET /repos/owner/lists/issues/7/comments?per_page=100&page=1', 'PATCH /repos/owner/lists/issues/comments/1')
        $github.Requests.Authorization | Sort-Object -Unique | Should -BeExactly 'Bearer github-token-of-the-test'
        $github.Requests[1].Body | Should -BeExactly ('{"body":"<!-- AclAdmin ImpersonationRegistryEntry%20registry.csv -->\n### `registry.csv`: ImpersonationRegistryEntry\n\n' +
            'Plan: 1 to create\n| `Zoë` |"}')
        $github.Comments.Count | Should -Be 1
        $github.Comments[0].body | Should -Match 'Plan: 2 to create$'
    }

    It 'finds its comment on a later page' {
        1..150 | ForEach-Object { Add-GitHubComment $github 'somebody' "Comment $_" }
        Add-GitHubComment $github 'github-actions[bot]' "<!-- AclAdmin ImpersonationRegistryEntry%20registry.csv -->`nold"
        Write-Plan 'new'
        (Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }).ExitCode | Should -Be 0
        $github.Comments.Count | Should -Be 151
        $github.Comments[150].body | Should -Match 'new$'
    }

    It 'leaves the comments of others, and those for another file or list, as they are' {
        $mark = '<!-- AclAdmin ImpersonationRegistryEntry%20registry.csv -->'
        Add-GitHubComment $github 'mallory' "$mark`nnot a plan"
        Add-GitHubComment $github 'github-actions[bot]' "A quotation: $mark"
        Add-GitHubComment $github 'github-actions[bot]' "<!-- AclAdmin ImpersonationRegistryEntry%20other.csv -->`nold"
        Write-Plan 'new'
        (Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }).ExitCode | Should -Be 0
        $github.Requests[-1].Method | Should -BeExactly 'POST'
        $github.Comments.Count | Should -Be 4
    }

    It 'cuts a plan that GitHub would not accept' {
        Write-Plan ('x' * 70000)
        (Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }).ExitCode | Should -Be 0
        $github.Comments[0].body.Length | Should -BeLessThan 65536
        $github.Comments[0].body | Should -Match 'The rest is in the summary of the run\.$'
    }

    It 'fails where the comment is refused' {
        $github.Status = 403
        Write-Plan 'new'
        $run = Invoke-ActionScript Comment @{ ACL_MARKDOWN = $markdown }
        $run.ExitCode | Should -Be 1
        $run.Printed | Should -Not -Match 'github-token-of-the-test'
    }
}

Describe 'Apply' {
    BeforeEach { Reset-Test }

    It 'applies the plan, with a journal, and once' {
        Set-Registry 'id,name,email', "$($entries[0].id),Renamed,", ',New,new@example.com'
        $plan = (Invoke-ActionScript Plan).Outputs.plan
        $run = Invoke-ActionScript Apply @{ ACL_PLAN = $plan }

        $run.ExitCode | Should -Be 0 -Because $run.Printed
        Get-SentBody | Sort-Object | Should -BeExactly @('{"name":"New","email":"new@example.com","is_email_regex":false}', '{"name":"Renamed"}')
        @(Get-AclChange -JournalPath $run.Outputs.journal).Count | Should -Be 2
        $run.Summary | Should -Match '1 created, 1 changed'

        (Invoke-ActionScript Apply @{ ACL_PLAN = $plan }).ExitCode | Should -Be 1
    }

    It 'refuses a plan from which the list has moved away, and sends nothing' {
        Set-Registry 'id,name', "$($entries[0].id),Renamed"
        $plan = (Invoke-ActionScript Plan).Outputs.plan
        Set-ImpersonationRegistryEntry -Id $entries[0].id -Name 'By another'
        $run = Invoke-ActionScript Apply @{ ACL_PLAN = $plan }
        $run.ExitCode | Should -Be 1
        $run.Printed | Should -Match 'By another'
        Get-SentBody | Should -BeExactly '{"name":"By another"}'
    }
}
