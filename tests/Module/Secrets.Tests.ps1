# A secret never leaves the authorization headers: not to a stream, an error record, a transcript or an error variable.

Describe 'Secrets' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $token = 'sandbox-cloudflare-token'
        $carrierXToken = '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13'
        $secrets = $token, $carrierXToken, 'sandbox-global-key'

        # Everything that can be had out of an error record, its exceptions and what they hold, as text.
        function Get-WholeText {
            param([Parameter(ValueFromPipeline)] $Record)
            process {
                $Record | Format-List * -Force | Out-String -Width 400
                $Record.InvocationInfo.BoundParameters | Out-String
                for ($exception = $Record.Exception; $exception; $exception = $exception.InnerException) {
                    $exception.ToString()
                    $exception.Data | Out-String
                    $exception | Format-List * -Force | Out-String -Width 400
                    if ($exception -is [AclAdmin.Client.AclException]) { $exception.ApiErrors | Format-List * -Force | Out-String -Width 400 }
                }
            }
        }

        function Assert-NoSecret {
            param([Parameter(ValueFromPipeline)] $Text)
            begin { $all = [Text.StringBuilder]::new() }
            process { $null = $all.AppendLine("$Text") }
            end {
                $all.Length | Should -BeGreaterThan 10 -Because 'something must have been looked at'
                # What a narrow console breaks over two lines is still a secret.
                $unbroken = $all.ToString() -replace '[\s|]'
                foreach ($secret in $secrets) {
                    $at = $unbroken.IndexOf($secret)
                    if ($at -ge 0) { throw "A secret is shown: ...$($unbroken.Substring([Math]::Max(0, $at - 120), [Math]::Min(120, $at)))<here>" }
                }
            }
        }

        # A service that repeats the credential in what it answers, as some do.
        function Start-EchoService {
            $listener = [Net.HttpListener]::new()
            $port = (Get-FreePort)
            $listener.Prefixes.Add("http://127.0.0.1:$port/")
            $listener.Start()
            $worker = Start-ThreadJob {
                $listener = $using:listener
                while ($listener.IsListening) {
                    try { $context = $listener.GetContext() } catch { return }
                    $said = "$($context.Request.Headers['Authorization'])$($context.Request.Headers['X-Auth-Key'])"
                    $escaped = [uri]::EscapeDataString($said)
                    $raw = $said -replace '^Bearer '
                    $other = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("a@example.com:$raw")),
                        [Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes($raw)), (-join ($raw.ToCharArray() | ForEach-Object { "&#$([int]$_);" })) -join ' '
                    $body = [Text.Encoding]::UTF8.GetBytes("{`"success`":false,`"errors`":[{`"code`":1000,`"message`":`"bad '$said' or $escaped`"," +
                        "`"source`":{`"pointer`":`"/$said`"},`"documentation_url`":`"https://example.com/?t=$said`"},{`"code`":1001,`"message`":`"$other`"}],`"result`":null}")
                    $context.Response.StatusCode = 400
                    $context.Response.Headers['cf-ray'] = $said
                    $context.Response.ContentType = 'application/json'
                    $context.Response.OutputStream.Write($body, 0, $body.Length)
                    $context.Response.Close()
                }
            }
            [pscustomobject] @{ Uri = "http://127.0.0.1:$port/"; Listener = $listener; Worker = $worker }
        }

        function Get-FreePort {
            $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $probe.Start()
            $probe.LocalEndpoint.Port
            $probe.Stop()
        }
    }
    BeforeEach { Reset-Test }
    AfterAll { Stop-Sandbox $sandbox }

    It 'no stream shows one at -Verbose -Debug, whether it goes well or fails' {
        Add-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = 1 }
        $run = Invoke-Recorded {
            Get-AclConnection | Format-List * -Force
            Get-ImpersonationRegistryEntry -First 1 -Verbose -Debug
            Set-ImpersonationRegistryEntry -Id $entries[1].id -Comments 'c' -PassThru -Verbose -Debug | Format-List * -Force
            Update-AccessControlRule -RuleSid $rules[1].rule_sid -Name 'N' -PassThru -Verbose -Debug
            Set-ImpersonationRegistryEntry -Id '00000000-0000-4000-8000-000000000000' -Comments 'c' -Verbose -Debug
        }

        $run.Verbose, $run.Debug, $run.Errors | ForEach-Object { $_.Count } | Should -Not -Contain 0
        ($run.Output | Out-String), $run.Verbose, $run.Debug, $run.Warnings, ($run.Errors | Get-WholeText) | ForEach-Object { $_ } | Assert-NoSecret
        ($run.Debug -match '(?m)^Authorization: \*{8}\r?$').Count | Should -Be $run.Debug.Count
    }

    It 'an error record holds none, whatever is looked at: <Name>' -ForEach @(
        @{ Name = 'a refusal'; Fault = @{ kind = 'status'; status = 401 } }, @{ Name = 'a cut connection'; Fault = @{ kind = 'reset' } }
        @{ Name = 'a redirect'; Fault = @{ kind = 'redirect' } }, @{ Name = 'a 403'; Fault = @{ kind = 'status'; status = 403 } }
    ) {
        Connect-Sandbox $sandbox -Option @{ MaxRetryCount = 0 }
        Add-SandboxFault $sandbox $Fault
        $run = Invoke-Recorded { Get-ImpersonationRegistryEntry; Get-AccessControlRule }

        @($run.Errors) + $run.Terminating | Where-Object { $_ } | Get-WholeText | Assert-NoSecret
    }

    It 'an answer that repeats the credential is shown without it' {
        $echo = Start-EchoService
        $secure = [Net.NetworkCredential]::new('', $token).SecurePassword
        $key = [Net.NetworkCredential]::new('', 'sandbox-global-key').SecurePassword
        Connect-CloudflareAccount a $secure -BaseUri $echo.Uri
        $byToken = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id 'x' -Comments 'c' -Verbose -Debug }
        Connect-CloudflareAccount a -Email a@example.com -ApiKey $key -BaseUri $echo.Uri
        $byKey = Invoke-Recorded { Set-ImpersonationRegistryEntry -Id 'x' -Comments 'c' -Verbose -Debug }
        $echo.Listener.Stop()
        $echo.Worker | Remove-Job -Force

        foreach ($run in $byToken, $byKey) {
            $run.Errors | Get-ErrorId | Should -BeExactly 'ValidationFailed'
            $run.Errors[0].ErrorDetails.Message | Should -BeLike "*1000 bad '*"
            $run.Verbose, $run.Debug, ($run.Errors | Get-WholeText) | ForEach-Object { $_ } | Assert-NoSecret

            # Nor in another form: base64 of "address:secret", hexadecimal digits, character by character.
            $whole = (@($run.Verbose) + $run.Debug + ($run.Errors | Get-WholeText)) -join "`n"
            foreach ($secret in $secrets) {
                $bytes = [Text.Encoding]::UTF8.GetBytes($secret)
                $whole.Contains([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("a@example.com:$secret")).Substring(20, 12)) | Should -BeFalse
                $whole.Contains([Convert]::ToHexString($bytes)) | Should -BeFalse
                $whole.Contains((-join ($secret.ToCharArray() | ForEach-Object { "&#$([int]$_);" }))) | Should -BeFalse
            }
        }
    }

    It 'a transcript holds none, at -Verbose -Debug' {
        $transcript = Join-Path $TestDrive 'transcript.txt'
        $printed = Invoke-ChildPowerShell -Environment @{ CLOUDFLARE_API_TOKEN = $token; CLOUDFLARE_ACCOUNT_ID = $sandbox.account_id
            CLOUDFLARE_BASE_URL = $sandbox.cloudflare; CARRIERX_ACCESS_TOKEN = $carrierXToken; CARRIERX_BASE_URL = $sandbox.carrierx } -Script @"
            `$null = Start-Transcript -LiteralPath '$transcript' -IncludeInvocationHeader
            `$VerbosePreference = `$DebugPreference = 'Continue'
            Get-AclConnection | Format-List *
            Get-ImpersonationRegistryEntry -First 2 | Set-ImpersonationRegistryEntry -Comments c
            Update-AccessControlRule -RuleSid $($rules[1].rule_sid) -Name N
            Update-AccessControlRule -RuleSid no-such-rule -Name N
            `$Error | Format-List * -Force
            Stop-Transcript
"@
        $text = Get-Content -LiteralPath $transcript -Raw

        $text | Should -BeLike '*DEBUG: *PATCH *'
        $text, $printed | Assert-NoSecret
    }

    It 'plain text for -<Parameter> is refused without being repeated' -ForEach @(
        @{ Parameter = 'ApiToken'; Command = 'Connect-CloudflareAccount'; Argument = @{ AccountId = 'a' } }
        @{ Parameter = 'ApiKey'; Command = 'Connect-CloudflareAccount'; Argument = @{ AccountId = 'a'; Email = 'a@example.com' } }
        @{ Parameter = 'AccessToken'; Command = 'Connect-CarrierXAccount'; Argument = @{} }
    ) {
        Disconnect-AclConnection -All
        $plain = @{ $Parameter = $token }
        $run = Invoke-Recorded { & $Command @Argument @plain }

        $run.Terminating.Exception.Message | Should -BeLike '*A secret must be a SecureString*'
        # Not its InvocationInfo: the engine keeps a caller's own command line there.
        $run.Terminating.Exception.ToString(), "$($run.Terminating)", ($run.Terminating.Exception | Format-List * -Force | Out-String),
            "$($run.Terminating.TargetObject)", "$($run.Terminating.CategoryInfo)" | Assert-NoSecret
        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'a token that cannot be one is refused without being repeated' {
        $secure = [Net.NetworkCredential]::new('', "$token`nX-Evil: 1").SecurePassword
        $run = Invoke-Recorded { Connect-CarrierXAccount $secure }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        $run.Terminating | Get-WholeText | Assert-NoSecret
    }

    It 'an environment variable that cannot be used is refused without being repeated' {
        $printed = Invoke-ChildPowerShell 'Get-AccessControlRule; $Error | Format-List * -Force' -Environment @{
            CARRIERX_ACCESS_TOKEN = "$token`ntwo"; CARRIERX_BASE_URL = $sandbox.carrierx }

        $printed | Should -BeLike '*ValidationFailed*'
        $printed | Assert-NoSecret
    }

    It 'a base address with a password in it is refused without being repeated' {
        $secure = [Net.NetworkCredential]::new('', 'other').SecurePassword
        $run = Invoke-Recorded { Connect-CarrierXAccount $secure -BaseUri "https://user:$token@example.com/" }

        $run.Terminating | Get-ErrorId | Should -BeExactly 'ValidationFailed'
        "$($run.Terminating)", $run.Terminating.Exception.ToString(), $run.Terminating.ErrorDetails.RecommendedAction | Assert-NoSecret
    }

    It 'a connection that is exported, or shown in any way, holds none' {
        $connection = Get-AclConnection Cloudflare

        ($connection | ConvertTo-Json -Depth 5 -WarningAction Ignore), ($connection | ConvertTo-Csv), "$connection",
            [Management.Automation.PSSerializer]::Serialize($connection, 6), ($connection | Format-Custom -Depth 6 | Out-String) |
            ForEach-Object { $_ } | Assert-NoSecret
        $connection.Credential | Should -BeExactly 'API token from parameter -ApiToken'
    }
}
