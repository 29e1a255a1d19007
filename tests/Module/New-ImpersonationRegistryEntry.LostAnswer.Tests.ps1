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
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'GET')
        @(Get-SandboxRequest $sandbox)[0].query | Should -BeExactly 'page=1&per_page=1000'
        @(Get-SandboxRequest $sandbox)[2].query | Should -BeExactly 'page=1&per_page=1000&order=created_at&direction=desc'
        $run.Verbose | Should -Contain "Found the new impersonation registry entry $((Get-Ann).id) (Ann): the create had arrived, and is not sent again."
    }

    It 'looks four times and sends it again where the service had not applied it: <Name>' -ForEach @(
        @{ Name = 'a cut connection'; Fault = @{ kind = 'reset' } }, @{ Name = 'a 502'; Fault = @{ kind = 'status'; status = 502 } }
        @{ Name = 'an answer of HTML'; Fault = @{ kind = 'wrong_content' } }
    ) {
        Add-PostFault ($Fault + @{ times = 1 })
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'GET', 'GET', 'GET', 'GET', 'POST')
    }

    It 'sends it again at once, without looking for it, after a refusal: it was not carried out' {
        Add-PostFault @{ kind = '429_retry_after_seconds'; seconds = 0; times = 1 }
        $null = New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com'

        @(Get-Ann) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'POST')
    }

    It 'gives up after -MaxRetryCount, with an error for the row that leaves open whether there is an entry' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-PostFault @{ kind = 'reset' }
        $row = [pscustomobject] @{ Name = 'Ann'; Email = 'ann@example.com' }
        $run = Invoke-Recorded { $row | New-ImpersonationRegistryEntry }

        $run.Errors | Get-ErrorId | Should -BeExactly 'OutcomeUnknown'
        $run.Errors[0].TargetObject | Should -Be $row
        $run.Information[-1] | Should -BeLike '1 row: 0 created, 0 unchanged, 0 failed, 0 skipped, 1 unknown in *'
        Get-Ann | Should -BeNullOrEmpty
        (Get-SandboxRequest $sandbox).method | Should -BeExactly @('GET', 'POST', 'GET', 'GET', 'GET', 'GET')
    }

    It 'says that it may have been made where it cannot be looked for' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-PostFault @{ kind = 'reset_after_apply' }
        # The first GET reads what is there, the second one looks for what was made.
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 403; every = 2; match = @{ method = 'GET' } }
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Get-ErrorId | Should -BeExactly 'OutcomeUnknown'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike '*So there may be a new impersonation registry entry. Looking for it failed as well: *'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike 'Run the row again with -IfExists Skip*'
        @(Get-Ann) | Should -HaveCount 1
    }

    It 'neither looks nor sends again with -IfExists Create' {
        Add-PostFault @{ kind = 'reset_after_apply'; times = 1 }
        $row = [pscustomobject] @{ Name = 'Ann'; Email = 'ann@example.com' }
        $run = Invoke-Recorded { $row | New-ImpersonationRegistryEntry -IfExists Create }

        $run.Errors | Get-ErrorId | Should -BeExactly 'OutcomeUnknown'
        $run.Errors[0].TargetObject | Should -Be $row
        @(Get-Ann) | Should -HaveCount 1
        (Get-SandboxRequest $sandbox).method | Should -BeExactly 'POST'
    }

    It 'finds what was made even where nothing is to be repeated' {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-PostFault @{ kind = 'reset_after_apply' }
        $run = Invoke-Recorded { New-ImpersonationRegistryEntry -Name 'Ann' -Email 'ann@example.com' }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
    }

    It 'does not take another person''s entry for the new one: same name, other address, made meanwhile' {
        Add-PostFault @{ kind = 'reset'; times = 1 }
        $run = Invoke-Recorded {
            "name,email`nAnn,ann@example.com`nAnn,other@example.com" | ConvertFrom-Csv | New-ImpersonationRegistryEntry -ThrottleLimit 2
        }

        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Email | Should -BeExactly @('ann@example.com', 'other@example.com')
        (Get-Ann).email | Sort-Object | Should -BeExactly @('ann@example.com', 'other@example.com')
    }

    It 'makes one entry of two identical rows when an answer is lost: <Name>' -ForEach @(
        @{ Name = 'the first, applied'; Fault = @{ kind = 'reset_after_apply'; times = 1 } }
        @{ Name = 'the first, not applied'; Fault = @{ kind = 'reset'; times = 1 } }
    ) {
        Add-PostFault $Fault
        $run = Invoke-Recorded { "name,email`nAnn,ann@example.com`nAnn,ann@example.com" | ConvertFrom-Csv | New-ImpersonationRegistryEntry -PassThru -ThrottleLimit 8 }

        $run.Errors | Should -BeNullOrEmpty
        @(Get-Ann) | Should -HaveCount 1
        # The entry twice: as the new one, and as the one that is there already.
        $run.Output.Id | Should -BeExactly @((Get-Ann).id, (Get-Ann).id)
        $run.Information[-1] | Should -BeLike '2 rows: 1 created, 1 unchanged, 0 failed, *'
    }

    It 'makes 60 entries of 60 rows while every fifth answer is lost' {
        Add-PostFault @{ kind = 'reset_after_apply'; every = 5; per_item = $true; stagger = $true; seed = 5 }
        $rows = 1..60 | ForEach-Object { [pscustomobject] @{ Name = 'Ann'; Email = "ann$_@example.com" } }
        $run = Invoke-Recorded { $rows | New-ImpersonationRegistryEntry -ThrottleLimit 8 -PassThru }

        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Email | Should -BeExactly $rows.Email
        (Get-Ann).email | Sort-Object | Should -BeExactly ($rows.Email | Sort-Object)
    }
}
