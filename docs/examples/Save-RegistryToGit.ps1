#Requires -Modules AclAdmin

<#
.SYNOPSIS
Commits the impersonation registry as registry.csv, where it has changed.
.DESCRIPTION
Run it every night in a clone: the history of the file then shows what was changed in the dashboard, when, and back to what. Entries that a directory
owns are left out, as no file can change them. Rows are in the order of addresses and names, so that a difference shows changes and no moves. The file is
one that Sync-ImpersonationRegistryEntry and the action of this repository accept.
.EXAMPLE
./Save-RegistryToGit.ps1 -Repository ~/lists; git -C ~/lists push
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # A clone of the repository.
    [Parameter(Mandatory)]
    [string] $Repository,

    [string] $FileName = 'registry.csv'
)

$ErrorActionPreference = 'Stop'

$file = Join-Path (Resolve-Path -LiteralPath $Repository).ProviderPath $FileName
$rows = @(Get-ImpersonationRegistryEntry | Where-Object { -not $_.DirectoryId } | Sort-Object Email, Name, Id |
        Select-Object @{ n = 'id'; e = { $_.Id } }, @{ n = 'name'; e = { $_.Name } }, @{ n = 'email'; e = { $_.Email } },
        @{ n = 'is_email_regex'; e = { $_.IsEmailRegex } }, @{ n = 'comments'; e = { $_.Comments } })
$text = (@($rows | ConvertTo-Csv -NoTypeInformation) -join "`n") + "`n"

# Written only where it differs, as UTF-8 with line feeds whatever runs this script.
if ((Test-Path -LiteralPath $file) -and [IO.File]::ReadAllText($file) -ceq $text) {
    "$FileName is as it was: $($rows.Count) entries."
    return
}
if ($PSCmdlet.ShouldProcess($file, "Write $($rows.Count) entries and commit")) {
    [IO.File]::WriteAllText($file, $text, [Text.UTF8Encoding]::new($false))
    foreach ($arguments in @('add', '--', $FileName), @('commit', '--quiet', '--message', "Registry as of $([DateTime]::UtcNow.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)) UTC", '--', $FileName)) {
        & git -C $Repository @arguments
        if ($LASTEXITCODE -ne 0) { throw "git $($arguments[0]) failed with exit code $LASTEXITCODE." }
    }
    "$FileName is committed: $($rows.Count) entries."
}
