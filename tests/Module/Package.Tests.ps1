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
    $again = Join-Path $TestDrive 'again'
    try {
        $env:MSBUILDDISABLENODEREUSE = '1'
        $env:UseSharedCompilation = 'false'
        $env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
        foreach ($folder in $again, $out) {
            $printed = Invoke-Engine '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'build.ps1'), '-Task', 'Package', '-OutputPath', $folder,
                '-ProjectUri', 'https://example.com/owner/acladmin' 2>&1 | Out-String
            $exitCode = $LASTEXITCODE
        }
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
            'AclAdmin.psd1', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bom.cdx.json'
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
            $first | Should -BeExactly "https://example.com/owner/acladmin/blob/v$version/docs/en-US/$name.md"
        }
    }

    It 'has a bill of materials that lists exactly what ships, with its hashes' {
        $text = [IO.File]::ReadAllText((Join-Path $package 'bom.cdx.json'))
        $bom = $text | ConvertFrom-Json
        $bom.bomFormat | Should -BeExactly 'CycloneDX'
        $bom.metadata.component.name | Should -BeExactly 'AclAdmin'
        $bom.metadata.component.version | Should -BeExactly $version
        $libraries = @($bom.components | Where-Object type -EQ 'library')
        $libraries | ForEach-Object { $_.purl } | Should -BeExactly "pkg:nuget/Newtonsoft.Json@$([regex]::Match((Get-Content (Join-Path $root 'Directory.Packages.props') -Raw), '"Newtonsoft.Json" Version="(.*?)"').Groups[1].Value)"

        $listed = @($bom.components | Where-Object type -EQ 'file' | ForEach-Object { "$($_.name) $($_.hashes[0].alg) $($_.hashes[0].content)" } | Sort-Object)
        $shipped = @(Get-RelativeName $package | Where-Object { $_ -ne 'bom.cdx.json' } |
                ForEach-Object { "$_ SHA-256 $((Get-FileHash -LiteralPath (Join-Path $package $_) -Algorithm SHA256).Hash.ToLowerInvariant())" } | Sort-Object)
        $listed -join "`n" | Should -BeExactly ($shipped -join "`n")
        $text | Should -Not -Match ([regex]::Escape($TestDrive)) -Because 'no path of a machine belongs into it'
    }

    It 'is the same byte by byte when it is packed again' {
        Join-Path $again "AclAdmin-$version.zip" | Should -Exist
        (Get-FileHash -LiteralPath (Join-Path $again "AclAdmin-$version.zip")).Hash | Should -BeExactly (Get-FileHash -LiteralPath (Join-Path $out "AclAdmin-$version.zip")).Hash
    }

    It 'has the text of the changelog for the notes of a release' {
        $notes = [IO.File]::ReadAllText((Join-Path $out 'RELEASE_NOTES.md'))
        $notes.Length | Should -BeGreaterThan 200
        $notes | Should -Not -Match '(?m)^## '
        [IO.File]::ReadAllText((Join-Path $root 'CHANGELOG.md')) -replace "`r" | Should -BeLike "*$([WildcardPattern]::Escape($notes.Trim()))*"
    }

    It 'states that it is not signed, and what is missing for a release' {
        $printed | Should -Match '(?m)^Not signed: no certificate is configured \(-CertificateThumbprint\)\.'
        $printed | Should -Match "(?m)^(Missing for a release of $([regex]::Escape($version)):|Nothing is missing for a release of $([regex]::Escape($version))\.)"
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

Describe 'What is missing for a release' -Skip:(-not (Get-Command git -CommandType Application -ErrorAction Ignore)) {
    BeforeAll {
        Import-Module (Join-Path $root '.github/release/Release.psm1')
        $repository = Join-Path $TestDrive 'repository'
        $null = New-Item -ItemType Directory -Path (Join-Path $repository 'en-US') -Force
        function Write-Text { param([string] $Name, [string] $Text) [IO.File]::WriteAllText((Join-Path $repository $Name), $Text) }
        Write-Text 'Directory.Build.props' '<Project><PropertyGroup><Version>1.2.0</Version></PropertyGroup></Project>'
        Write-Text 'README.md' 'Install-PSResource AclAdmin -Version 1.2.0'
        Write-Text 'en-US/about_AclAdmin.help.txt' '- uses: OWNER/AclAdmin@v1.2.0'
        $released = "# Changelog`n`n## [Unreleased]`n`n## [1.2.0] - 2026-12-01`n`nA line.`n`n* A change.`n`n## [1.1.0] - 2026-11-01`n`n* Old.`n"
        Write-Text 'CHANGELOG.md' $released
        & git init --quiet $repository
        & git -C $repository config user.name Test
        & git -C $repository config user.email test@example.com
        & git -C $repository add -A
        & git -C $repository commit --quiet -m 'First'
        & git -C $repository tag v1.2.0
        $specified = @{ Root = $repository; Version = '1.2.0'; ProjectUri = 'https://example.com/owner/acladmin' }
    }
    AfterEach { & git -C $repository checkout --quiet . }

    It 'is nothing, where all agrees' {
        Get-ReleaseGap @specified | Should -BeNullOrEmpty
        Get-ReleaseNote -Root $repository -Version '1.2.0' | Should -BeExactly "A line.`n`n* A change.`n"
    }

    It 'is <Because>' -ForEach @(
        @{ Because = 'a section of the version'; File = 'CHANGELOG.md'; Old = '## [1.2.0] - 2026-12-01'; New = '## [1.2.0]'; Like = 'CHANGELOG.md has no section*' }
        @{ Because = 'an empty section of what is unreleased'; File = 'CHANGELOG.md'; Old = '## [1.2.0] -'; New = "* More.`n`n## [1.2.0] -"; Like = '*under Unreleased.' }
        @{ Because = 'the version of the assemblies'; File = 'Directory.Build.props'; Old = '1.2.0'; New = '1.1.9'; Like = 'The assemblies have the version 1.1.9 *' }
        @{ Because = 'the version in the README'; File = 'README.md'; Old = '1.2.0'; New = '1.1.0'; Like = 'README.md names version 1.1.0.' }
        @{ Because = 'the version of the action'; File = 'en-US/about_AclAdmin.help.txt'; Old = 'v1.2.0'; New = 'v1.1.0'; Like = 'about_AclAdmin.help.txt names version 1.1.0.' }
    ) {
        Write-Text $File ([IO.File]::ReadAllText((Join-Path $repository $File)).Replace($Old, $New))
        $gaps = @(Get-ReleaseGap @specified)
        $gaps[0] | Should -BeLike $Like
        $gaps[1] | Should -BeExactly 'Files are changed or new, and not committed.'
        $gaps.Count | Should -Be 2
    }

    It 'is the tag, and the pages of the project' {
        & git -C $repository commit --quiet --allow-empty -m 'Second'
        Get-ReleaseGap -Root $repository -Version '1.2.0' | Should -BeExactly @('-ProjectUri is not specified: the package names no page of the project.', 'The commit has no tag v1.2.0.')
    }

    It 'needs Windows to sign, and states so' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) {
        { Add-PackageSignature -Path 'x.dll' -Thumbprint ('0' * 40) } | Should -Throw 'Signing needs PowerShell on Windows*'
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
