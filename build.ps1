#!/usr/bin/env pwsh
#Requires -Version 5.1
<#
.SYNOPSIS
Builds, tests and shows AclAdmin.
.DESCRIPTION
Several tasks run in the order given. Needs the .NET SDK, and runs in any PowerShell that the module supports. Without one of your own:
dotnet run --project tests/Engine -- ./build.ps1 -Task Build

Build    builds everything and publishes the module to ./bin, so that Import-Module ./AclAdmin.psd1 works in place
Test     runs every test: the library's, the conventions', and the module's in the packaged PowerShell
TestWindows
         runs the tests in the Windows builds of .NET and PowerShell under Wine, on Linux; tests/Windows/run states what it needs
Demo     builds, starts the sandbox, and does a real bulk edit from CSV with the module
Analyze  checks every script with PSScriptAnalyzer and every C# file with dotnet format; fails when either finds something
Package  makes out/AclAdmin/<version>, ready to be published or copied into a module path, with its bill of materials, and a zip of it, its checksum and
         the notes of the release; prints what is missing for a release; with -ProjectUri, the manifest and the help name the project's pages
Help     makes en-US/AclAdmin.dll-Help.xml, which Get-Help reads, of the Markdown in docs/en-US; Build does it too
Bench    builds, and measures the module beside its alternatives; fails when a benchmark does not run to its end
Clean    deletes what the other tasks made
.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Configuration', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'OutputPath', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'ProjectUri', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'CertificateThumbprint', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'ForRelease', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Filter', Justification = 'The tasks below read it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Quick', Justification = 'The tasks below read it.')]
param(
    [ValidateSet('Build', 'Test', 'TestWindows', 'Demo', 'Analyze', 'Package', 'Help', 'Bench', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Where Package puts what it makes; ./out without it.
    [string] $OutputPath = (Join-Path $PSScriptRoot 'out'),

    # Where the repository that is packed can be read, as https://<host>/<owner>/<name>. Get-Help -Online of the package opens its pages.
    [ValidatePattern('^https://[^\s''"]+[^\s''"/]$')]
    [string] $ProjectUri,

    # The certificate of the current user's store that Package signs with. Signing needs Windows.
    [ValidatePattern('^[0-9A-Fa-f]{40}$')]
    [string] $CertificateThumbprint,

    # Package fails where something is missing for a release.
    [switch] $ForRelease,

    # Which benchmarks Bench runs, by name and with wildcards.
    [string[]] $Filter = '*',

    # Bench makes fewer and shorter runs: to see that it works, not to quote from.
    [switch] $Quick
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'tests/Engine/Engine.psm1') -Force
Import-Module (Join-Path $PSScriptRoot '.github/release/Release.psm1') -Force

function Invoke-Dotnet {
    # A native command's exit code is no error to PowerShell; here it is.
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

function Assert-Sdk {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK is missing: there is no dotnet on PATH. Install the .NET SDK 10 or later, open a new shell and try again.'
    }
    $newest = & dotnet --list-sdks | ForEach-Object { [int] ($_ -split '\.')[0] } | Sort-Object | Select-Object -Last 1
    if (-not $newest) {
        throw 'The .NET SDK is missing: the dotnet on PATH has a runtime only. Install the .NET SDK 10 or later, open a new shell and try again.'
    }
    if ($newest -lt 10) {
        throw "The newest .NET SDK here is $newest; the tests need 10 or later."
    }
}

function Get-SandboxPath {
    Join-Path $PSScriptRoot "tests/AclAdmin.Sandbox/bin/$Configuration/net10.0/AclAdmin.Sandbox.dll"
}

function Invoke-BuildTask {
    Invoke-Dotnet build (Join-Path $PSScriptRoot 'AclAdmin.sln') --configuration $Configuration --nologo -v quiet
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src/AclAdmin/AclAdmin.csproj') --configuration $Configuration --no-build --nologo -v quiet --output (Join-Path $PSScriptRoot 'bin')
    Write-Host "Built. To use the module from here: Import-Module $(Join-Path $PSScriptRoot 'AclAdmin.psd1')"
}

function Invoke-TestTask {
    Invoke-Dotnet test (Join-Path $PSScriptRoot 'AclAdmin.sln') --nologo
}

function Invoke-TestWindowsTask {
    Invoke-Dotnet build (Join-Path $PSScriptRoot 'AclAdmin.sln') --nologo -v quiet
    & bash (Join-Path $PSScriptRoot 'tests/Windows/run')
    if ($LASTEXITCODE -ne 0) {
        throw "tests/Windows/run failed with exit code $LASTEXITCODE."
    }
}

function Invoke-DemoTask {
    Invoke-BuildTask
    & (Join-Path $PSScriptRoot 'tests/Demo/Demo.ps1') -ModulePath (Join-Path $PSScriptRoot 'AclAdmin.psd1') -SandboxPath (Get-SandboxPath)
}

# Findings that are no faults in a test: Pester's blocks share variables, its helpers change nothing that lasts, its calls are wrong on purpose, and
# the sandbox's credentials are no secrets.
$notInTests = @(
    'PSUseDeclaredVarsMoreThanAssignments'
    'PSUseShouldProcessForStateChangingFunctions'
    'PSUseCmdletCorrectly'
    'PSAvoidUsingConvertToSecureStringWithPlainText'
    'PSProvideCommentHelp'
)

# The benchmarks need PowerShell 7.4 themselves, and their script blocks take parameters that the frame hands to each.
$notInBenchmarks = $notInTests + @(
    'PSUseBOMForUnicodeEncodedFile'
    'PSUseCompatibleSyntax'
    'PSAvoidUsingPositionalParameters'
    'PSReviewUnusedParameter'
)

function Get-ScriptFinding {
    $tests = Join-Path $PSScriptRoot 'tests'
    $settings = Join-Path $tests 'PSScriptAnalyzerSettings.psd1'
    # Folders that begin with a dot are hidden where there is no other way to hide one: -Force.
    $made = '[\\/](bin|obj|out|TestResults|node_modules|\.git)[\\/]'
    Get-ChildItem -Path $PSScriptRoot -Recurse -File -Force -Include '*.ps1', '*.psm1', '*.psd1' |
        Where-Object { $_.FullName.Substring($PSScriptRoot.Length) -notmatch $made } |
        Sort-Object FullName |
        ForEach-Object {
            $leftOut = if ($_.FullName.StartsWith((Join-Path $tests 'Bench'))) { @{ ExcludeRule = $notInBenchmarks } }
            elseif ($_.FullName.StartsWith($tests)) { @{ ExcludeRule = $notInTests } }
            else { @{} }
            Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings @leftOut
        }
}

function Invoke-AnalyzeTask {
    $analyzer = Get-Module -ListAvailable -Name PSScriptAnalyzer | Where-Object Version -GE '1.22' | Sort-Object Version | Select-Object -Last 1
    if (-not $analyzer) {
        throw 'PSScriptAnalyzer 1.22 or later is missing. Run: Install-PSResource PSScriptAnalyzer (in Windows PowerShell: Install-Module PSScriptAnalyzer).'
    }
    Import-Module $analyzer.Path

    # The manifest is checked together with the files that it names.
    Invoke-BuildTask
    $findings = @(Get-ScriptFinding)
    foreach ($finding in $findings) {
        Write-Host "$($finding.ScriptPath)($($finding.Line),$($finding.Column)): $($finding.Severity) $($finding.RuleName): $($finding.Message)"
    }
    & dotnet format (Join-Path $PSScriptRoot 'AclAdmin.sln') --no-restore --verify-no-changes
    $isFormatted = $LASTEXITCODE -eq 0

    if ($findings -or -not $isFormatted) {
        $formatting = if ($isFormatted) { 'nothing' } else { 'what is listed above; dotnet format AclAdmin.sln puts right what it can' }
        throw "PSScriptAnalyzer reports $($findings.Count) findings; dotnet format reports $formatting."
    }
    Write-Host 'Analyzed: nothing found.'
}

# What a package holds, by folder. The assemblies are named one by one, so that a new dependency is noticed and not shipped.
$packageFiles = [ordered] @{
    ''      = 'AclAdmin.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md'
    'bin'   = 'AclAdmin.dll', 'AclAdmin.Client.dll', 'Newtonsoft.Json.dll', 'AclAdmin.Format.ps1xml', 'EmailSecurity.Format.ps1xml'
    'en-US' = 'about_*.help.txt'
}

function Copy-PackageFile {
    param([string] $Published, [string] $Destination)

    $unexpected = Get-ChildItem -Path $Published -File | Where-Object { $_.Extension -ne '.pdb' -and $packageFiles['bin'] -notcontains $_.Name }
    if ($unexpected) {
        throw "The build has files that no package is to hold: $($unexpected.Name -join ', '). Take the dependency out, or name them in build.ps1."
    }
    foreach ($folder in $packageFiles.Keys) {
        $source = if ($folder -eq 'bin') { $Published } else { Join-Path $PSScriptRoot $folder }
        $target = Join-Path $Destination $folder
        $null = New-Item -ItemType Directory -Path $target -Force
        foreach ($name in $packageFiles[$folder]) {
            $found = @(Get-Item -Path (Join-Path $source $name) -ErrorAction Ignore)
            if ($found.Count -eq 0) {
                throw "The package needs $(Join-Path $source $name), which is not there."
            }
            $found | Copy-Item -Destination $target
        }
    }
}

# Only who packs knows where the project is published, so the addresses come into the package, and not into the sources.
function Add-PackageAddress {
    param([string] $Path, [string] $Version)

    $manifest = Join-Path $Path 'AclAdmin.psd1'
    $text = [IO.File]::ReadAllText($manifest)
    $mark = [regex]::Match($text, '(?m)^ *ReleaseNotes *=')
    if (-not $mark.Success) {
        throw "The manifest has no ReleaseNotes, before which its addresses are put."
    }
    $addresses = [ordered] @{ ProjectUri = $ProjectUri; LicenseUri = "$ProjectUri/blob/v$Version/LICENSE"; IconUri = "$ProjectUri/raw/v$Version/.github/icon.png" }
    $lines = $addresses.Keys | ForEach-Object { "            $($_.PadRight(12)) = '$($addresses[$_])'`n" }
    [IO.File]::WriteAllText($manifest, $text.Insert($mark.Index, -join $lines))
}

function Test-Package {
    param([string] $Path)

    $manifest = Join-Path $Path 'AclAdmin.psd1'
    $expected = @((Test-ModuleManifest -Path $manifest).ExportedCmdlets.Keys | Sort-Object)
    # In a process of its own, so that nothing that this session has loaded can stand in for a missing file.
    $script = "`$ErrorActionPreference = 'Stop'; (Import-Module '$($manifest.Replace("'", "''"))' -PassThru).ExportedCmdlets.Keys | Sort-Object"
    $imported = @(Invoke-Engine '-NoProfile', '-NonInteractive', '-Command', $script)
    if ($LASTEXITCODE -ne 0 -or ($imported -join ' ') -ne ($expected -join ' ')) {
        throw "The package does not import with its $($expected.Count) cmdlets: $($imported -join ' ')"
    }
    Write-Host "The package's $($imported.Count) cmdlets:"
    $imported | ForEach-Object { Write-Host "  $_" }
}

function Compress-Package {
    param([string] $Path, [string] $Prefix, [string] $Destination)

    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    # The same files make the same zip: in the order of their names, without the times and attributes of this machine.
    $time = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
    if (Test-Path -LiteralPath $Destination) {
        Remove-Item -LiteralPath $Destination
    }
    $zip = [IO.Compression.ZipFile]::Open($Destination, [IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($name in Get-PackageFileName -Path $Path) {
            $entry = $zip.CreateEntry("$Prefix/$name", [IO.Compression.CompressionLevel]::Optimal)
            $entry.LastWriteTime = $time
            $entry.ExternalAttributes = 0
            $content = [IO.File]::ReadAllBytes((Join-Path $Path $name))
            $stream = $entry.Open()
            try { $stream.Write($content, 0, $content.Length) } finally { $stream.Dispose() }
        }
    }
    finally {
        $zip.Dispose()
    }
}

function Invoke-PackageTask {
    # Relative to where the task was started from, for .NET too.
    $out = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)
    $version = (Import-PowerShellDataFile -Path (Join-Path $PSScriptRoot 'AclAdmin.psd1')).ModuleVersion
    $folder = Join-Path $out "AclAdmin/$version"
    # Built apart: without what an earlier build has left behind, and without the paths of this machine, those of generated files included. The analyzers
    # have seen the code in every other build.
    $artifacts = Join-Path $out 'build'
    foreach ($old in $folder, $artifacts) {
        if (Test-Path -LiteralPath $old) {
            Remove-Item -LiteralPath $old -Recurse -Force
        }
    }
    $published = Join-Path $artifacts 'module'
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src/AclAdmin/AclAdmin.csproj') --configuration $Configuration --nologo -v quiet --artifacts-path $artifacts `
        --output $published '-p:ContinuousIntegrationBuild=true' '-p:RunAnalyzers=false' "-p:PathMap=$artifacts=/_/artifacts"

    Copy-PackageFile -Published $published -Destination $folder
    # With an address, Get-Help -Online opens the page there.
    $address = if ($ProjectUri) { "$ProjectUri/blob/v$version/docs/en-US" }
    Invoke-Dotnet build (Join-Path $PSScriptRoot 'tests/HelpMaker') --configuration $Configuration --nologo -v quiet --artifacts-path $artifacts `
        "-p:HelpFile=$folder/en-US/AclAdmin.dll-Help.xml" "-p:HelpAddress=$address" '-p:ContinuousIntegrationBuild=true' '-p:RunAnalyzers=false'
    Remove-Item -LiteralPath $artifacts -Recurse -Force
    if ($ProjectUri) {
        Add-PackageAddress -Path $folder -Version $version
    }
    # A signature changes a file, the bill lists the files as they ship, and the catalog covers the bill too.
    $signed = @(Get-ChildItem -Path $folder -Recurse -File | Where-Object { $_.Extension -in '.psd1', '.ps1xml' -or $_.Name -like 'AclAdmin*.dll' } | ForEach-Object FullName)
    Add-PackageSignature -Path $signed -Thumbprint $CertificateThumbprint
    New-BillOfMaterials -Root $PSScriptRoot -Path $folder -Version $version
    if ($CertificateThumbprint) {
        New-PackageCatalog -Path $folder -Thumbprint $CertificateThumbprint
    }
    Test-Package -Path $folder

    $zip = Join-Path $out "AclAdmin-$version.zip"
    Compress-Package -Path $folder -Prefix "AclAdmin/$version" -Destination $zip
    $sum = (Get-FileHash -LiteralPath $zip -Algorithm SHA256).Hash.ToLowerInvariant()
    [IO.File]::WriteAllText((Join-Path $out 'SHA256SUMS'), "$sum  AclAdmin-$version.zip`n")
    [IO.File]::WriteAllText((Join-Path $out 'RELEASE_NOTES.md'), (Get-ReleaseNote -Root $PSScriptRoot -Version $version))
    Write-Host "Packaged: $folder"
    Write-Host "          $zip"
    Write-Host "          $sum"
    $signature = if ($CertificateThumbprint) { "Signed with the certificate $CertificateThumbprint." } else { 'Not signed: no certificate is configured (-CertificateThumbprint).' }
    Write-Host $signature

    $gaps = @(Get-ReleaseGap -Root $PSScriptRoot -Version $version -ProjectUri $ProjectUri)
    $verdict = if ($gaps) { "Missing for a release of ${version}:" } else { "Nothing is missing for a release of $version." }
    Write-Host $verdict
    $gaps | ForEach-Object { Write-Host "  $_" }
    if ($ForRelease -and $gaps) {
        throw "This is no release: $($gaps -join ' ')"
    }
}

function Invoke-HelpTask {
    Invoke-Dotnet build (Join-Path $PSScriptRoot 'tests/HelpMaker') --configuration $Configuration --nologo -v quiet
}

function Invoke-BenchTask {
    Invoke-BuildTask
    & (Join-Path $PSScriptRoot 'tests/Bench/Invoke-Bench.ps1') -ModulePath (Join-Path $PSScriptRoot 'AclAdmin.psd1') -SandboxPath (Get-SandboxPath) `
        -Filter $Filter -Quick:$Quick
    if ($LASTEXITCODE -ne 0) {
        throw 'A benchmark did not run to its end; the table names it.'
    }
}

function Invoke-CleanTask {
    $made = @('bin', 'out', 'TestResults') + (Get-ChildItem -Path (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory -Recurse -Depth 2 |
            Where-Object Name -In 'bin', 'obj', 'TestResults' | ForEach-Object FullName)
    foreach ($path in $made) {
        $full = if ([IO.Path]::IsPathRooted($path)) { $path } else { Join-Path $PSScriptRoot $path }
        # What tests/Engine made may run this very task, and Windows deletes no assembly that is in use.
        if ($env:ACLADMIN_PESTER -and $full.StartsWith((Join-Path $PSScriptRoot 'tests/Engine').Replace('/', [IO.Path]::DirectorySeparatorChar))) {
            continue
        }
        if (Test-Path -LiteralPath $full) {
            Remove-Item -LiteralPath $full -Recurse -Force
        }
    }
}

Assert-Sdk
foreach ($name in $Task) {
    & "Invoke-${name}Task"
}
