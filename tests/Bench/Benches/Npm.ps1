# The official cloudflare client for Node.js, with the same window, 0 and 50 ms server.
param([Parameter(Mandatory)] [hashtable] $Bench)

Import-Module $Bench.ModulePath
$repeats = $Bench.Quick ? 3 : 5
$folder = Join-Path $Bench.Folder 'npm'
$null = New-Item -ItemType Directory -Path $folder
Push-Location $folder
try {
    $null = & npm init --yes
    $null = & npm install cloudflare --no-audit --no-fund --loglevel error
    if ($LASTEXITCODE -ne 0) { throw 'npm could not install the package cloudflare.' }
}
finally { Pop-Location }
$version = (Get-Content (Join-Path $folder 'node_modules/cloudflare/package.json') -Raw | ConvertFrom-Json).version
$script = Join-Path $folder 'patch.mjs'
Copy-Item (Join-Path $Bench.SupportPath 'npm-patch.mjs') $script

$sandbox = Start-BenchSandbox $Bench -Entries 4000
try {
    $all = @(Get-EditRow $sandbox)
    foreach ($latency in 0, 50) {
        Set-SandboxSetting $sandbox @{ latency_ms = $latency }
        $rows = $latency -eq 0 ? $all : $all[0..799]
        $file = Join-Path $folder "rows-$latency.json"
        ConvertTo-Json -InputObject $rows -Compress | Set-Content -LiteralPath $file
        $time = Measure-Interleaved -Count $repeats -Variant ([ordered] @{
                # Warms up in its own process, and times its own loop: its start is not held against it.
                Npm  = { & node $script $sandbox.cloudflare $sandbox.account_id 'sandbox-cloudflare-token' $file 16 }
                Ours = { Measure-Time { $rows | Set-ImpersonationRegistryEntry -ThrottleLimit 16 } }
            })
        New-BenchRow -What "npm ``cloudflare`` $version, $latency ms server, window 16" -Measured "$(Format-Number ($rows.Count * 1000 / $time.Ours) 0) rows/s" `
            -Beside "$(Format-Number ($rows.Count * 1000 / $time.Npm) 0) rows/s npm" -Ratio "$(Format-Number ($time.Npm / $time.Ours) 2) ×"
    }
    New-BenchNote "npm: cloudflare $version on Node.js $(& node --version), ``client.emailSecurity.settings.impersonationRegistry.edit``, keep-alive as it comes, 100 warm-up requests; in turn, medians of $repeats."
}
finally {
    Stop-Sandbox $sandbox
}
