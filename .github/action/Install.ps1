# Installs the version of the module that this version of the action belongs to.
$ErrorActionPreference = 'Stop'

$version = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot '../../AclAdmin.psd1')).ModuleVersion
Install-PSResource -Name AclAdmin -Version $version -TrustRepository -Quiet
