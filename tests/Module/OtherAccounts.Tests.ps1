# Rows and items of another account than the connection's, and copies of items.

Describe 'Which account and which values' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $other = '99999999999999999999999999999999'
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    Context 'A row of another account' {
        It 'is an error that names both, where -Connection is specified: <Name>' -ForEach @(
            @{ Name = 'Set'; Call = { param($row, $name) $row | Set-ImpersonationRegistryEntry -Connection $name -Comments x } }
            @{ Name = 'New'; Call = { param($row, $name) $row | New-ImpersonationRegistryEntry -Connection $name } }
            @{ Name = 'Remove'; Call = { param($row, $name) $row | Remove-ImpersonationRegistryEntry -Connection $name -Force } }
            @{ Name = 'Get'; Call = { param($row, $name) $row | Get-ImpersonationRegistryEntry -Connection $name -MatchBy Email } }
            @{ Name = 'Sync'; Call = { param($row, $name) $row | Sync-ImpersonationRegistryEntry -Connection $name } }
        ) {
            $name = (Get-AclConnection | Where-Object Service -eq 'Cloudflare').Name
            $row = [pscustomobject] @{ id = $entries[1].id; name = 'N'; email = $entries[1].email; AccountId = $other }
            $run = Invoke-Recorded { & $Call $row $name }

            $run.Errors | Get-ErrorId | Should -BeExactly 'InvalidCell'
            "$($run.Errors)" | Should -BeLike "*'AccountId' is of the account '$other', but -Connection specifies a connection to the account '$($sandbox.account_id)'*"
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'is an item of another account, too' {
            $name = (Get-AclConnection | Where-Object Service -eq 'Cloudflare').Name
            $item = Get-ImpersonationRegistryEntry $entries[1].id
            Connect-CloudflareAccount -Name Other -AccountId $other -ApiToken (ConvertTo-SecureString x -AsPlainText -Force) -BaseUri "$($sandbox.cloudflare)"
            $run = Invoke-Recorded {
                $item | Set-ImpersonationRegistryEntry -Connection Other -Comments x
                $item | Get-ImpersonationRegistryEntry -Connection Other
            }

            @($run.Errors | Get-ErrorId) | Should -BeExactly @('InvalidCell', 'InvalidCell')
            $run.Errors | ForEach-Object { "$_" | Should -BeLike "*The piped object is of the account '$($sandbox.account_id)', but -Connection specifies a connection to the account '$other'*" }
            $name | Should -Not -BeExactly 'Other'
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }

        It 'goes on where it is that of the connection' {
            $name = (Get-AclConnection | Where-Object Service -eq 'Cloudflare').Name
            [pscustomobject] @{ id = $entries[1].id; comments = 'x'; AccountId = $sandbox.account_id.ToUpperInvariant() } | Set-ImpersonationRegistryEntry -Connection $name

            Get-SentBody | Should -BeExactly '{"comments":"x"}'
        }
    }

    Context 'A copy with an edited value' {
        It 'is an edit: <Name>' -ForEach @(
            @{ Name = 'CLIXML'; Copy = { param($item) $item | Export-Clixml (Join-Path $TestDrive x.xml); $copy = Import-Clixml (Join-Path $TestDrive x.xml); $copy.Comments = 'edited'; $copy } }
            @{ Name = 'Select-Object'; Copy = { param($item) $copy = $item | Select-Object *; $copy.Comments = 'edited'; $copy } }
            @{ Name = 'Add-Member'; Copy = { param($item) $item | Add-Member -NotePropertyName Comments -NotePropertyValue 'edited' -Force -PassThru } }
            @{ Name = 'serialization'; Copy = { param($item) $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($item)); $copy.Comments = 'edited'; $copy } }
        ) {
            $copy = & $Copy (Get-ImpersonationRegistryEntry $entries[1].id)
            $run = Invoke-Recorded { $copy | Set-ImpersonationRegistryEntry -SkipUnchanged }

            @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
            $run.Information[-1] | Should -BeLike '1 row: 1 changed, 0 unchanged*'
            Get-SentBody | Should -BeExactly '{"comments":"edited"}'
        }

        It 'contributes its identity alone beside fields of the command line' {
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-ImpersonationRegistryEntry $entries[1].id)))
            $copy | Set-ImpersonationRegistryEntry -Comments x

            Get-SentBody | Should -BeExactly '{"comments":"x"}'
        }

        It 'without an edit changes nothing' {
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-ImpersonationRegistryEntry $entries[1].id)))
            $run = Invoke-Recorded { $copy | Set-ImpersonationRegistryEntry -SkipUnchanged }

            @($run.Errors) + $run.Warnings | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox -Write | Should -BeNullOrEmpty
        }
    }
}
