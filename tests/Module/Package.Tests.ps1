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
        $printed = Invoke-Engine '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'build.ps1'), '-Task', 'Package', '-OutputPath', $out 2>&1 | Out-String
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
            'bin/AclAdmin.Client.dll', 'bin/AclAdmin.dll', 'bin/AclAdmin.Format.ps1xml', 'bin/Newtonsoft.Json.dll'
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
