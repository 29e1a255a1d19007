# Every example in the help and in the README, run as it is.

BeforeDiscovery {
    $folder = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    Import-Module (Join-Path $PSScriptRoot 'Support/Examples.psm1') -Force
    $examples = @(
        Get-PageExample (Join-Path $folder 'docs/en-US')
        Get-AboutExample (Join-Path $folder 'en-US')
        Get-ReadmeExample (Join-Path $folder 'README.md')
    )
    $sources = $examples | Group-Object { $_.Source } | ForEach-Object { @{ Source = $_.Name; Examples = @($_.Group) } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    Import-Module (Join-Path $PSScriptRoot 'Support/Examples.psm1') -Force
    $known = @{
        entry = @($entries.id); rule = @($rules.rule_sid); cloudflare = $sandbox.cloudflare; carrierx = $sandbox.carrierx
        module = $modulePath; root = $root; sandbox = $sandbox
    }
}

AfterAll {
    Get-AclConnection | Disconnect-AclConnection
    Stop-Sandbox $sandbox
}

Describe 'The examples of <Source>' -ForEach $sources {
    BeforeEach { Reset-Test }

    It '<Title>' -ForEach $Examples {
        $Code | Should -Not -BeNullOrEmpty -Because 'an example must have code'
        $expected = Get-Expectation @{ Source = $Source; Title = $Title; Code = $Code }
        $expected.Problems | Should -BeNullOrEmpty -Because 'it must parse'
        if (-not $expected.Connected) { Get-AclConnection | Disconnect-AclConnection }

        $run = Invoke-Example @{ Source = $Source; Title = $Title; Code = $Code } -Expected $expected -Session (New-Session) -Known $known `
            -Folder (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))

        if ($expected.Errors) {
            $run.Raised | Should -BeGreaterThan 0 -Because 'it says that it shows an error'
        }
        else {
            $run.Errors | Should -BeNullOrEmpty
            $run.Raised | Should -Be 0 -Because 'no error may be silenced, either'
        }
        # The rules that examples name are in lists of the sandbox, and none compares as another does.
        $run.Warnings | Where-Object { $_ -notlike '* is in use: *' -and $_ -notlike '* not managed here, *' -and $_ -notlike 'The rules compare differently*' } | Should -BeNullOrEmpty

        $requests = @(Get-SandboxRequest $sandbox)
        if ($expected.Requests -and -not $expected.Errors) {
            $requests | Should -Not -BeNullOrEmpty -Because 'it asks the service for something'
        }
        $requests | Where-Object { $_.status -in 401, 403 } | Should -BeNullOrEmpty
        $writes = @($requests | Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/oauth/*' -and $_.applied })
        if ($expected.Writes) {
            $writes | Should -Not -BeNullOrEmpty -Because 'it changes something'
        }
        else {
            $writes | Should -BeNullOrEmpty -Because 'it changes nothing'
        }
    }
}

Describe 'The README' {
    It 'has examples, if it is there' {
        $readme = Join-Path $PSScriptRoot '../../README.md'
        if (Test-Path $readme) {
            Import-Module (Join-Path $PSScriptRoot 'Support/Examples.psm1') -Force
            Get-ReadmeExample $readme | Should -Not -BeNullOrEmpty
        }
    }
}
