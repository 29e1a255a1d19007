#!/usr/bin/env pwsh
#Requires -Version 5.1
<#
.SYNOPSIS
Builds, tests and shows AclAdmin.
.DESCRIPTION
Several tasks run in the order given. Needs the .NET SDK; the tasks that use the module itself also need the PowerShell that this runs in.

Build    builds everything and publishes the module to ./bin, so that Import-Module ./AclAdmin.psd1 works in place
Test     runs every test: the library's, the conventions', and the module's where pwsh and Pester are found
Demo     builds, starts the sandbox, and does a real bulk edit from CSV with the module
Help     makes en-US/AclAdmin.dll-Help.xml of the Markdown in src/AclAdmin/Help; needs Microsoft.PowerShell.PlatyPS
Bench    builds, and measures the module beside its alternatives
Clean    deletes what the other tasks made
.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Help', 'Bench', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

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

function Invoke-DemoTask {
    Invoke-BuildTask
    & (Join-Path $PSScriptRoot 'tests/Demo/Demo.ps1') -ModulePath (Join-Path $PSScriptRoot 'AclAdmin.psd1') -SandboxPath (Get-SandboxPath)
}

function Invoke-HelpTask {
    Invoke-BuildTask
    & (Join-Path $PSScriptRoot 'src/AclAdmin/Help/Build-Help.ps1') -ModulePath (Join-Path $PSScriptRoot 'AclAdmin.psd1') -OutputPath (Join-Path $PSScriptRoot 'en-US')
}

function Invoke-BenchTask {
    Invoke-BuildTask
    & (Join-Path $PSScriptRoot 'tests/Bench/Invoke-Bench.ps1') -ModulePath (Join-Path $PSScriptRoot 'AclAdmin.psd1') -SandboxPath (Get-SandboxPath)
}

function Invoke-CleanTask {
    $made = @('bin', 'out') + (Get-ChildItem -Path (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory -Recurse -Depth 2 |
            Where-Object Name -In 'bin', 'obj', 'TestResults' | ForEach-Object FullName)
    foreach ($path in $made) {
        $full = if ([IO.Path]::IsPathRooted($path)) { $path } else { Join-Path $PSScriptRoot $path }
        if (Test-Path -LiteralPath $full) {
            Remove-Item -LiteralPath $full -Recurse -Force
        }
    }
}

Assert-Sdk
foreach ($name in $Task) {
    & "Invoke-${name}Task"
}
