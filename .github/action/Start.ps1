# Dot-sourced by the scripts that call the service: the module, the credential of the list's service, and the cmdlet. Nothing of an input becomes code: the
# inputs are variables of the environment, and the list's name must be one that the module has.
$ErrorActionPreference = 'Stop'

Import-Module -Name AclAdmin
$sync = Get-Command -Module AclAdmin -Name 'Sync-*' | Where-Object Noun -EQ $env:ACL_LIST
if (-not $sync) {
    $known = (Get-Command -Module AclAdmin -Name 'Sync-*').Noun -join ', '
    throw "The input list is '$env:ACL_LIST'. It must be one of $known."
}
if ($env:ACL_LIST -eq 'AccessControlRule') {
    $env:CARRIERX_ACCESS_TOKEN = $env:ACL_TOKEN
}
else {
    $env:CLOUDFLARE_API_TOKEN = $env:ACL_TOKEN
    $env:CLOUDFLARE_ACCOUNT_ID = $env:ACL_ACCOUNT
}

# For a step's summary, an output or a comment, as GitHub reads them: UTF-8 without a mark, and line feeds.
function Add-Line {
    param([string] $Path, [string] $Text)
    [IO.File]::AppendAllText($Path, "$Text`n")
}
