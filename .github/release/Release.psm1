# What a release needs beside the package's own files: the bill of materials, the signatures, the notes, and the list of what is still missing.
# build.ps1 -Task Package calls it.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The components are those that CycloneDX finds in the restored project; each file is listed with its hash. No time and no serial number: the same commit
# makes the same bytes.
function New-BillOfMaterials {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Root,
        # The folder of the package.
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Version
    )

    $project = Join-Path $Root 'src/AclAdmin/AclAdmin.csproj'
    $found = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('N'))
    if (-not $PSCmdlet.ShouldProcess($Path, 'Write bom.cdx.json')) { return }
    Push-Location -LiteralPath $Root
    try {
        # The packages that compile the module, and that no package of it holds, are left out.
        foreach ($arguments in @('tool', 'restore'), @('restore', $project),
            @('tool', 'run', 'dotnet-CycloneDX', '--', $project, '--output', $found, '--filename', 'bom.json', '--output-format', 'UnsafeJson', '--spec-version', '1.6',
                '--no-serial-number', '--disable-package-restore', '--exclude-filter', 'NETStandard.Library,Microsoft.NETCore.Platforms,PowerShellStandard.Library', '--set-name', 'AclAdmin', '--set-version', $Version,
                '--set-type', 'Library')) {
            $printed = & dotnet @arguments 2>&1 | Out-String
            if ($LASTEXITCODE -ne 0) { throw "dotnet $($arguments[0..1] -join ' ') failed, and a package needs its bill of materials: $printed" }
        }
        $bom = [IO.File]::ReadAllText((Join-Path $found 'bom.json')) | ConvertFrom-Json
    }
    finally {
        Pop-Location
        if (Test-Path -LiteralPath $found) { Remove-Item -LiteralPath $found -Recurse -Force }
    }
    $bom.metadata.PSObject.Properties.Remove('timestamp')

    $own = 'AclAdmin', 'AclAdmin.Client'
    $shipped = @(Get-ChildItem -Path (Join-Path $Path 'bin') -Filter '*.dll' | ForEach-Object BaseName | Where-Object { $_ -notin $own } | Sort-Object)
    $listed = @($bom.components | ForEach-Object name | Sort-Object)
    if (($shipped -join ' ') -cne ($listed -join ' ')) {
        throw "The package holds the assemblies of $($shipped -join ', '), and its bill of materials lists $($listed -join ', ')."
    }
    $files = foreach ($name in Get-PackageFileName -Path $Path) {
        $hash = (Get-FileHash -LiteralPath (Join-Path $Path $name) -Algorithm SHA256).Hash.ToLowerInvariant()
        [pscustomobject] [ordered] @{ type = 'file'; name = $name; hashes = @([pscustomobject] [ordered] @{ alg = 'SHA-256'; content = $hash }) }
    }
    $bom.components = @($bom.components) + @($files)
    [IO.File]::WriteAllText((Join-Path $Path 'bom.cdx.json'), ((ConvertTo-Json -InputObject $bom -Depth 10) -replace "`r`n", "`n") + "`n")
}

# The names of a package's files, relative to it, in an order that no culture changes.
function Get-PackageFileName {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory)] [string] $Path)

    $names = [string[]] @(Get-ChildItem -Path $Path -Recurse -File | ForEach-Object { $_.FullName.Substring($Path.Length + 1).Replace('\', '/') })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names
}

# Signs what Windows runs or reads as code. The assembly of another project keeps its own signature.
function Add-PackageSignature {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string[]] $Path,
        # Without one nothing is signed.
        [string] $Thumbprint
    )

    if (-not $Thumbprint) {
        return
    }
    if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
        throw 'Signing needs PowerShell on Windows: Set-AuthenticodeSignature exists only there.'
    }
    $certificate = Get-Item -LiteralPath "Cert:\CurrentUser\My\$Thumbprint"
    foreach ($file in $Path) {
        $signature = Set-AuthenticodeSignature -LiteralPath $file -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer 'http://timestamp.digicert.com'
        if ($signature.Status -ne 'Valid') { throw "$file could not be signed: $($signature.StatusMessage)" }
    }
}

# A catalog of all files, the bill of materials included, signed like an assembly. Install-Module compares a package with it.
function New-PackageCatalog {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Thumbprint)

    $catalog = Join-Path $Path 'AclAdmin.cat'
    if ($PSCmdlet.ShouldProcess($catalog, 'Write and sign')) {
        $null = New-FileCatalog -Path $Path -CatalogFilePath $catalog -CatalogVersion 2.0
        Add-PackageSignature -Path $catalog -Thumbprint $Thumbprint
    }
}

# The changelog's section of a version, without its heading; what is unreleased where the version has no section yet.
function Get-ReleaseNote {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Root, [Parameter(Mandatory)] [string] $Version)

    $text = [IO.File]::ReadAllText((Join-Path $Root 'CHANGELOG.md')) -replace "`r"
    foreach ($name in $Version, 'Unreleased') {
        $section = [regex]::Match($text, "(?ms)^## \[$([regex]::Escape($name))\][^\n]*\n(.*?)(?=^## |^\[[^\]]+\]: |\z)")
        if ($section.Success) { return $section.Groups[1].Value.Trim() + "`n" }
    }
    throw "CHANGELOG.md has neither a section $Version nor one that is unreleased."
}

# What keeps a package from being a release, one sentence for each.
function Get-ReleaseGap {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Root,
        [Parameter(Mandatory)] [string] $Version,
        [string] $ProjectUri
    )

    $changelog = [IO.File]::ReadAllText((Join-Path $Root 'CHANGELOG.md')) -replace "`r"
    if ($changelog -notmatch "(?m)^## \[$([regex]::Escape($Version))\] - \d{4}-\d\d-\d\d$") {
        "CHANGELOG.md has no section '## [$Version] - <date>'. Its text becomes the notes of the release."
    }
    if ([regex]::Match($changelog, '(?ms)^## \[Unreleased\](.*?)(?=^## |\z)').Value -match '(?m)^\* ') {
        'CHANGELOG.md has changes under Unreleased.'
    }
    $built = [regex]::Match([IO.File]::ReadAllText((Join-Path $Root 'Directory.Build.props')), '<Version>(.*?)</Version>').Groups[1].Value
    if ($built -ne $Version) {
        "The assemblies have the version $built (Directory.Build.props), and the manifest has $Version."
    }
    foreach ($file in @(Get-Item (Join-Path $Root 'README.md')) + @(Get-ChildItem (Join-Path $Root 'en-US') -Filter 'about_*.help.txt')) {
        $other = [regex]::Matches([IO.File]::ReadAllText($file.FullName), '(?i)(?:/AclAdmin@v|AclAdmin -(?:Required)?Version )(\d[\w.-]*)') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -ne $Version }
        if ($other) { "$($file.Name) names version $(($other | Sort-Object -Unique) -join ', ')." }
    }
    if (-not $ProjectUri) {
        '-ProjectUri is not specified: the package names no page of the project.'
    }

    if (-not (Get-Command git -CommandType Application -ErrorAction Ignore) -or -not (& git -C $Root rev-parse --is-inside-work-tree 2>$null)) {
        return 'The folder is no git repository: nobody can find the commit that was packed.'
    }
    if (& git -C $Root status --porcelain) {
        'Files are changed or new, and not committed.'
    }
    if (@(& git -C $Root tag --points-at HEAD) -notcontains "v$Version") {
        "The commit has no tag v$Version."
    }
}

Export-ModuleMember -Function New-BillOfMaterials, Get-PackageFileName, Add-PackageSignature, New-PackageCatalog, Get-ReleaseNote, Get-ReleaseGap
