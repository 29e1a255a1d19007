# New-ImpersonationRegistryEntry when the answer to a create is lost: never two entries, and never none.

Describe 'New-ImpersonationRegistryEntry, when an answer is lost' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')

        function Get-Ann {
            Get-SandboxState $sandbox entries | Where-Object name -EQ 'Ann'
        }

        function Add-PostFault {
            param([hashtable] $Fault)
            Add-SandboxFault $sandbox (@{ match = @{ method = 'POST' } } + $Fault)
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'has one entry and no error after the service applied it and <Kind>: it looks, and does not send again' -ForEach @(
        @{ Kind = 'reset_after_apply' }, @{ Kind = 'truncate' }
    ) {
        Add-PostFault @{ kind = $Kind; times = 1 }
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' -PassThru -Verbose }

        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
        $run.Output.Id | Should -BeExactly (Get-Ann).id
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'GET')
        @(Get-SandboxRequest $sandbox)[1].query | Should -BeExactly 'page=1&per_page=1000&order=created_at&direction=desc'
        $run.Verbose | Should -Contain "Found the new impersonation registry entry $((Get-Ann).id) (Ann): the create had arrived, and is not sent again."
    }

    It 'sends it again where the service had not applied it: <Name>' -ForEach @(
        @{ Name = 'a cut connection'; Fault = @{ kind = 'reset' } }, @{ Name = 'a 502'; Fault = @{ kind = 'status'; status = 502 } }
        @{ Name = 'an answer of HTML'; Fault = @{ kind = 'wrong_content' } }
    ) {
        Add-PostFault ($Fault + @{ times = 1 })
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'GET', 'POST')
    }

    It 'sends it again at once, without looking, after a refusal: it was not carried out' {
        Add-PostFault @{ kind = '429_retry_after_seconds'; seconds = 0; times = 1 }
        New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com'

        @(Get-Ann) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'POST')
    }

    It 'gives up after -MaxRetryCount, with an error for the row and no entry' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 1 }
        Add-PostFault @{ kind = 'reset' }
        $row = [pscustomobject] @{ Name = 'Ann'; Email = 'ann@example.com' }
        $run = Invoke-Recorded { $row | New-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'Unreachable'
        $run.Errors[0].TargetObject | Should -Be $row
        Get-Ann | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('POST', 'GET', 'POST', 'GET')
    }

    It 'says that it may have been made where it cannot be looked for' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-PostFault @{ kind = 'reset_after_apply' }
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ method = 'GET' } }
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Should -HaveCount 1
        "$($run.Errors[0].ErrorDetails.Message) $($run.Errors[0].ErrorDetails.RecommendedAction)" | Should -Match 'POST|may have been|not known whether'
    }

    It 'finds what was made even where nothing is to be repeated' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-PostFault @{ kind = 'reset_after_apply' }
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
    }

    It 'does not take an older entry for the new one' {
        $old = $entries[1]
        Add-PostFault @{ kind = 'reset'; times = 1 }
        $made = New-ImpersonationRegistryEntry -Name $old.name -Email $old.email -PassThru

        $made.Id | Should -Not -Be $old.id
        @(Get-SandboxState $sandbox entries | Where-Object name -EQ $old.name) | Should -HaveCount 2
    }

    It 'does not take another person''s entry for the new one: same name, other address' {
        New-ImpersonationRegistryEntry -Name 'Ann' -Email 'other@example.com'
        Add-PostFault @{ kind = 'reset'; times = 1 }
        New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com'

        (Get-Ann).email | Sort-Object | Should -BeExactly @('ann@example.com', 'other@example.com')
    }

    It 'makes two entries of two identical rows when an answer is lost: <Name>' -ForEach @(
        @{ Name = 'the first, applied'; Fault = @{ kind = 'reset_after_apply'; times = 1 } }
        @{ Name = 'the second, applied'; Fault = @{ kind = 'reset_after_apply'; every = 2 } }
        @{ Name = 'both, applied'; Fault = @{ kind = 'reset_after_apply'; times = 2 } }
        @{ Name = 'the first, not applied'; Fault = @{ kind = 'reset'; times = 1 } }
        @{ Name = 'the second, not applied'; Fault = @{ kind = 'reset'; every = 2 } }
    ) {
        Add-PostFault $Fault
        $run = Invoke-Recorded { "name,email`nAnn,ann@example.com`nAnn,ann@example.com" | ConvertFrom-Csv | New-ImpersonationRegistryEntry -PassThru -ThrottleLimit 8 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 2
        $run.Output.Id | Sort-Object -Unique | Should -HaveCount 2
    }

    It 'makes 60 entries of 60 rows while every fifth answer is lost' {
        Add-PostFault @{ kind = 'reset_after_apply'; every = 5 }
        $rows = 1..60 | ForEach-Object { [pscustomobject] @{ Name = 'Ann'; Email = "ann$_@example.com" } }
        $run = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -ThrottleLimit 8 -PassThru }

        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Email | Should -BeExactly $rows.Email
        (Get-Ann).email | Sort-Object | Should -BeExactly ($rows.Email | Sort-Object)
    }
}
