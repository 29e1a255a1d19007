# The module where its views cannot be loaded. An execution policy that permits no scripts refuses ps1xml files, and so does an engine that cannot read them.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Start.ps1')
    $copy = Join-Path $TestDrive 'AclAdmin'
    Copy-Item -LiteralPath (Split-Path $modulePath) -Destination $copy -Recurse
    Get-ChildItem (Join-Path $copy 'bin') -Filter '*.ps1xml' | ForEach-Object { Set-Content -LiteralPath $_.FullName -Value '<Configuration><View></Configuration>' }

    function Invoke-Import {
        param([string] $Before, [string] $After)
        $script = @"
            $Before
            Import-Module '$copy/AclAdmin.psd1'
            `$VerbosePreference = 'SilentlyContinue'
            `$env:CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token'
            `$env:CLOUDFLARE_ACCOUNT_ID = '$($sandbox.account_id)'
            `$env:CLOUDFLARE_BASE_URL = '$($sandbox.cloudflare)'
            $After
            "time: `$((Get-ImpersonationRegistryEntry -First 1).CreatedAt.ToString())"
            "errors: `$(`$Error.Count)"
"@
        $file = Join-Path $TestDrive 'import.ps1'
        Set-Content -LiteralPath $file -Value $script
        @(Invoke-Engine '-NoProfile', '-NonInteractive', '-File', $file 2>&1 | ForEach-Object { "$_" })
    }
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'A module without its views' {
    It 'works, keeps times as ISO 8601, and names the cause <Where>' -ForEach @(
        @{ Where = 'at the import'; Before = '$VerbosePreference = "Continue"'; After = 'Get-ImpersonationRegistryEntry -First 1 -Verbose 4>&1 | Out-String' }
        @{ Where = 'in the first verbose cmdlet'; Before = ''; After = '1..2 | ForEach-Object { Get-ImpersonationRegistryEntry -First 1 -Verbose 4>&1 | Out-String }' }
    ) {
        $printed = Invoke-Import $Before $After

        @($printed -match 'The views of AclAdmin are not loaded, so results are shown plainly: ').Count | Should -Be 1 -Because ($printed | Out-String)
        $printed | Should -Contain 'errors: 1' -Because 'the engine keeps the error of the views that was handled'
        @($printed -match '^time: \d{4}-\d\d-\d\dT[\d:.]+Z$').Count | Should -Be 1 -Because ($printed | Out-String)
    }

    It 'states nothing where nobody asked' {
        $printed = Invoke-Import '' ''

        @($printed -match 'views').Count | Should -Be 0
    }
}
