# What build.ps1 -Task Package makes, as somebody who installs it finds it.

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    Import-Module (Join-Path $root 'tests/Engine/Engine.psm1')
    $version = (Import-PowerShellDataFile (Join-Path $root 'AclAdmin.psd1')).ModuleVersion
    $out = Join-Path $TestDrive 'out'
    $package = Join-Path $out "AclAdmin/$version"

    # A build server that outlives the task would hold on to the streams of this process.
    $kept = @{}
    foreach ($name in 'MSBUILDDISABLENODEREUSE', 'UseSharedCompilation', 'DOTNET_CLI_USE_MSBUILD_SERVER') { $kept[$name] = [Environment]::GetEnvironmentVariable($name) }
    try {
        $env:MSBUILDDISABLENODEREUSE = '1'
        $env:UseSharedCompilation = 'false'
        $env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
        $printed = Invoke-Engine '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'build.ps1'), '-Task', 'Package', '-OutputPath', $out,
            '-ProjectUri', 'https://example.com/owner/acladmin' 2>&1 | Out-String
        $exitCode = $LASTEXITCODE
    }
    finally {
        foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
    }

    function Get-RelativeName {
        param([string] $Folder)
        Get-ChildItem $Folder -Recurse -File | ForEach-Object { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') } | Sort-Object
    }
}

Describe 'The package' {
    It 'is made' {
        $exitCode | Should -Be 0 -Because $printed
        $printed | Should -Match 'Packaged: '
    }

    It 'holds the module, its help and its licence, and nothing else' {
        $topics = Get-ChildItem (Join-Path $root 'en-US') -Filter 'about_*.help.txt' | ForEach-Object { "en-US/$($_.Name)" }
        $expected = @(
            'AclAdmin.psd1', 'CHANGELOG.md', 'LICENSE', 'README.md'
            'bin/AclAdmin.Client.dll', 'bin/AclAdmin.dll', 'bin/AclAdmin.Format.ps1xml', 'bin/EmailSecurity.Format.ps1xml', 'bin/Newtonsoft.Json.dll'
            'en-US/AclAdmin.dll-Help.xml'
        ) + $topics | Sort-Object
        (Get-RelativeName $package) -join ' ' | Should -BeExactly ($expected -join ' ')
    }

    It 'imports from a module path in a new process, with every cmdlet, its view and its help' {
        $script = @"
            `$ErrorActionPreference = 'Stop'
            `$env:PSModulePath = '$out' + [IO.Path]::PathSeparator + `$env:PSModulePath
            `$module = Import-Module AclAdmin -PassThru
            `$module.ModuleBase
            (`$module.ExportedCmdlets.Keys | Sort-Object) -join ' '
            @(Get-FormatData -TypeName AclAdmin.Client.Cloudflare.ImpersonationRegistryEntry).Count
            (Get-Help Set-ImpersonationRegistryEntry).Synopsis
            (Get-Help about_AclAdmin | Out-String).Length -gt 500
"@
        $file = Join-Path $TestDrive 'import.ps1'
        Set-Content -LiteralPath $file -Value $script
        $found = @(Invoke-Engine '-NoProfile', '-NonInteractive', '-File', $file 2>&1 | ForEach-Object { "$_" })

        $LASTEXITCODE | Should -Be 0 -Because ($found -join "`n")
        $found[0] | Should -Be $package
        $found[1] | Should -BeExactly (((Import-PowerShellDataFile (Join-Path $root 'AclAdmin.psd1')).CmdletsToExport | Sort-Object) -join ' ')
        $found[2] | Should -Be '1'
        $found[3] | Should -Match '^[A-Z].+\.$'
        $found[4] | Should -Be 'True'
    }

    It 'names the pages of the project that it was packed from, and Get-Help -Online opens the page of the cmdlet there' {
        $data = (Import-PowerShellDataFile (Join-Path $package 'AclAdmin.psd1')).PrivateData.PSData
        $data.ProjectUri | Should -BeExactly 'https://example.com/owner/acladmin'
        $data.LicenseUri | Should -BeExactly "https://example.com/owner/acladmin/blob/v$version/LICENSE"
        $data.IconUri | Should -BeExactly "https://example.com/owner/acladmin/raw/v$version/.github/icon.png"
        Join-Path $root '.github/icon.png' | Should -Exist
        $data.ReleaseNotes | Should -Match 'CHANGELOG\.md'

        $help = [xml] (Get-Content (Join-Path $package 'en-US/AclAdmin.dll-Help.xml') -Raw)
        $commands = @($help.DocumentElement.SelectNodes('*[local-name()="command"]'))
        $commands.Count | Should -Be @((Import-PowerShellDataFile (Join-Path $package 'AclAdmin.psd1')).CmdletsToExport).Count
        foreach ($command in $commands) {
            $name = $command.details.name
            $first = $command.SelectSingleNode('*[local-name()="relatedLinks"]/*[1]/*[local-name()="uri"]').InnerText
            $first | Should -BeExactly "https://example.com/owner/acladmin/blob/v$version/src/AclAdmin/Help/$name.md"
        }
    }

    It 'is zipped with a checksum that fits' {
        $zip = Join-Path $out "AclAdmin-$version.zip"
        $sum = (Get-FileHash -LiteralPath $zip -Algorithm SHA256).Hash.ToLowerInvariant()
        (Get-Content (Join-Path $out 'SHA256SUMS') -Raw).Trim() | Should -BeExactly "$sum  AclAdmin-$version.zip"
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $archive = [IO.Compression.ZipFile]::OpenRead($zip)
        try { $names = $archive.Entries.FullName | Sort-Object } finally { $archive.Dispose() }
        $names -join ' ' | Should -BeExactly ((Get-RelativeName $package | ForEach-Object { "AclAdmin/$version/$_" } | Sort-Object) -join ' ')
    }
}

Describe 'Trying it by hand, as the README has it' {
    BeforeAll {
        Import-Module (Join-Path $root 'tests/Module/Support/Examples.psm1') -Force
        $text = (Get-Content (Join-Path $root 'README.md') -Raw) -replace "`r"
        $section = [regex]::Match($text, '(?ms)^## Try it by hand\n(.*?)^## ').Groups[1].Value
        $commands = @([regex]::Matches($section, '(?ms)^```sh\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value.Trim() -split '\n' })
        $script = [regex]::Match($section, '(?ms)^```powershell\n(.*?)^```').Groups[1].Value

        # As it is written, but for the port, which may be taken here.
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()

        $start = [Diagnostics.ProcessStartInfo]::new('dotnet', ($commands[0] -replace '^dotnet ' -replace ':8787', ":$port") + " --parent-pid $PID")
        $start.WorkingDirectory = $root
        $start.RedirectStandardOutput = $true
        $start.UseShellExecute = $false
        $start.Environment['MSBUILDDISABLENODEREUSE'] = '1'
        $start.Environment['UseSharedCompilation'] = 'false'
        $start.Environment['DOTNET_CLI_USE_MSBUILD_SERVER'] = '0'
        $process = [Diagnostics.Process]::Start($start)
        do { $line = $process.StandardOutput.ReadLine() } until ($null -eq $line -or $line.StartsWith('AclAdmin.Sandbox ready '))
    }
    AfterAll {
        if ($line) { try { Invoke-RestMethod "http://127.0.0.1:$port/_sandbox/stop" -Method Post -UseBasicParsing } catch { Write-Verbose "$_" } }
        if (-not $process.WaitForExit(10000)) { $process.Kill() }
    }

    It 'has three commands, of which the last opens a session' {
        $commands.Count | Should -Be 3
        $commands[1] | Should -BeExactly 'dotnet run --project tests/Engine -- ./build.ps1'
        $commands[2] | Should -BeExactly 'dotnet run --project tests/Engine'
    }

    It 'starts the sandbox' {
        $line | Should -Match '^AclAdmin\.Sandbox ready '
    }

    It 'exports, previews and changes' {
        # The module as the package has it stands for the one that build.ps1 puts into bin: both are made by the same task.
        $file = Join-Path $TestDrive 'walk.ps1'
        Set-Content -LiteralPath $file -Value ('$ErrorActionPreference = "Stop"; Set-Location -LiteralPath "' + $TestDrive + '"' + "`n" +
            $script.Replace(':8787', ":$port").Replace('./AclAdmin.psd1', (Join-Path $package 'AclAdmin.psd1')))
        $printed = @(Invoke-Engine '-NoProfile', '-NonInteractive', '-File', $file 2>&1 | ForEach-Object { "$_" })

        $LASTEXITCODE | Should -Be 0 -Because ($printed -join "`n")
        @($printed -match '^What if: .*comments "Board member" -> "Reviewed in June"').Count | Should -BeGreaterThan 3
        @($printed -match '^100 rows: [1-9][0-9]* changed, [0-9]+ unchanged, 0 failed').Count | Should -Be 1
        $writes = @((Invoke-RestMethod "http://127.0.0.1:$port/_sandbox/requests?writes=true" -UseBasicParsing) | ForEach-Object { $_ })
        $writes.body | Sort-Object -Unique | Should -BeExactly '{"comments":"Reviewed in June"}'
    }
}
