# Which way requests take: never through a proxy to this machine, and a proxy's password is shown nowhere.

Describe 'Connect- and proxies' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $token = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
        $password = 'pr0xy-Passw0rd-91x'

        # A proxy that asks everybody for a credential, and keeps the first line of each request.
        function Start-Proxy {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
            $worker = Start-ThreadJob {
                $listener = $using:listener
                $seen = $using:seen
                while ($true) {
                    try { $client = $listener.AcceptTcpClient() } catch { return }
                    try {
                        $reader = [IO.StreamReader]::new($client.GetStream())
                        $seen.Enqueue($reader.ReadLine())
                        while ($reader.ReadLine()) { $null }
                        $answer = "HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=`"x`"`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
                        $bytes = [Text.Encoding]::ASCII.GetBytes($answer)
                        $client.GetStream().Write($bytes, 0, $bytes.Length)
                    }
                    finally { $client.Dispose() }
                }
            }
            [pscustomobject] @{ Port = $listener.LocalEndpoint.Port; Listener = $listener; Worker = $worker; Seen = $seen }
        }

        function Stop-Proxy {
            param($Proxy)
            $Proxy.Listener.Stop()
            $Proxy.Worker | Remove-Job -Force
        }
    }
    BeforeEach {
        Reset-Sandbox $sandbox
        Disconnect-AclConnection -All
    }
    AfterAll { Stop-Sandbox $sandbox }

    It 'sends nothing for this machine over http to the proxy of the environment, nor to one that is specified' {
        $proxy = Start-Proxy
        $address = "http://127.0.0.1:$($proxy.Port)"
        $variables = @{ HTTP_PROXY = $address; ALL_PROXY = $address; NO_PROXY = '' }
        $printed = Invoke-ChildPowerShell -Environment $variables @"
            `$secure = [Net.NetworkCredential]::new('', 'sandbox-cloudflare-token').SecurePassword
            Connect-CloudflareAccount $($sandbox.account_id) `$secure -BaseUri $($sandbox.cloudflare)
            @(Get-ImpersonationRegistryEntry -First 2).Count
            Connect-CloudflareAccount $($sandbox.account_id) `$secure -BaseUri $($sandbox.cloudflare) -Proxy $address
            @(Get-ImpersonationRegistryEntry -First 3).Count
            (Get-AclConnection).Proxy
"@
        Stop-Proxy $proxy

        $printed.Trim() -split '\r?\n' | Should -BeExactly @('2', '3', 'none')
        $proxy.Seen.ToArray() | Should -BeNullOrEmpty
    }

    It 'tries once at a proxy that answers 407, with advice of its own, and shows its password nowhere: <How>' -ForEach @(
        @{ How = 'no credential' }, @{ How = 'in the address' }, @{ How = 'as a credential' }
    ) {
        $proxy = Start-Proxy
        $given = switch ($How) {
            'no credential' { @{ Proxy = "http://127.0.0.1:$($proxy.Port)" } }
            'in the address' { @{ Proxy = "http://ann:$password@127.0.0.1:$($proxy.Port)" } }
            'as a credential' {
                @{ Proxy = "http://127.0.0.1:$($proxy.Port)"; ProxyCredential = [pscredential]::new('ann', [Net.NetworkCredential]::new('', $password).SecurePassword) }
            }
        }
        Connect-CloudflareAccount $sandbox.account_id $token -BaseUri https://example.invalid/ @given
        $run = Invoke-Recorded {
            Get-ImpersonationRegistryEntry -First 1 -Verbose -Debug
            Get-AclConnection | Format-List * -Force
            Get-AclConnection | ConvertTo-Json -Depth 4 -WarningAction Ignore
        }
        Stop-Proxy $proxy

        @($proxy.Seen.ToArray() -ne 'CONNECT example.invalid:443 HTTP/1.1') | Should -BeNullOrEmpty
        $proxy.Seen.Count | Should -BeIn @(1, 2) -Because '.NET answers a first refusal with the credential'
        (Get-AclConnection).RequestsSent | Should -Be 1
        $run.Errors | Get-ErrorId | Should -BeExactly 'Unreachable'
        $run.Errors[0].ErrorDetails.Message | Should -BeLike '*407*'
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-ProxyCredential*-NoProxy*Nothing reached the service*'
        (Get-AclConnection).Proxy | Should -BeExactly "http://127.0.0.1:$($proxy.Port)"
        $shown = ($run.Output | Out-String -Width 400), $run.Verbose, $run.Debug, $run.Warnings, ($run.Errors | ForEach-Object { $_.Exception.ToString(); $_ | Format-List * -Force | Out-String -Width 400 }) |
            ForEach-Object { $_ }
        ($shown -join "`n").Contains($password) | Should -BeFalse
    }

    It 'has the proxy of the environment for any other address, and its password shown nowhere' {
        $proxy = Start-Proxy
        $address = "http://ann:$password@127.0.0.1:$($proxy.Port)"
        $printed = Invoke-ChildPowerShell -Environment @{ HTTPS_PROXY = $address; NO_PROXY = ''; CARRIERX_ACCESS_TOKEN = 'abcdefgh-1234'; CARRIERX_BASE_URL = 'https://example.invalid/' } (
            '$VerbosePreference = $DebugPreference = "Continue"; Get-AccessControlRule -First 1; (Get-AclConnection).Proxy; $Error | Format-List * -Force')
        Stop-Proxy $proxy

        $proxy.Seen.Count | Should -BeGreaterThan 0
        $printed | Should -BeLike '*407*'
        $printed | Should -BeLike '*system*'
        $printed.Contains($password) | Should -BeFalse
    }

    It 'uses none with -NoProxy' {
        (Connect-CloudflareAccount a $token -NoProxy -PassThru).Proxy | Should -BeExactly 'none'
        (Connect-CloudflareAccount a $token -PassThru).Proxy | Should -BeExactly 'system'
    }

    It 'refuses <What> for -Proxy without repeating it' -ForEach @(
        @{ What = 'a path'; Proxy = '/ann:pr0xy-Passw0rd-91x@proxy' }, @{ What = 'another scheme'; Proxy = 'ftp://ann:pr0xy-Passw0rd-91x@proxy.example.com' }
        @{ What = 'a port that is none'; Proxy = 'http://ann:pr0xy-Passw0rd-91x@proxy:port' }
    ) {
        $run = Invoke-Recorded { Connect-CloudflareAccount a $token -Proxy $Proxy }

        $run.Terminating | Should -Not -BeNullOrEmpty
        "$($run.Terminating) $($run.Terminating.Exception)".Contains($password) | Should -BeFalse
        Get-AclConnection | Should -BeNullOrEmpty
    }

    It 'refuses -NoProxy together with -Proxy' {
        { Connect-CloudflareAccount a $token -Proxy http://proxy.example.com:8080 -NoProxy } | Should -Throw -ErrorId 'ValidationFailed,*'
    }
}
