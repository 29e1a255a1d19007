@{
    RootModule             = 'bin/AclAdmin.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6b1f9a0e-3c56-4d1b-9a62-5f7d2c8e4b10'
    Author                 = 'The AclAdmin developers'
    CompanyName            = 'The AclAdmin developers'
    Copyright              = '(c) 2026 The AclAdmin developers. MIT licence.'
    Description            = 'Bulk edits of access lists that can be previewed, repeated and undone: the impersonation registry and the other lists of Cloudflare Email Security, and the access control rules of CarrierX. Each row of a CSV file becomes the smallest partial update that contains what the row specifies.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('bin/AclAdmin.Format.ps1xml', 'bin/EmailSecurity.Format.ps1xml')
    CmdletsToExport        = @(
        'Connect-CarrierXAccount'
        'Connect-CloudflareAccount'
        'Disconnect-AclConnection'
        'Get-AccessControlList'
        'Get-AccessControlRule'
        'Get-AclChange'
        'Get-AclConnection'
        'Get-AclRun'
        'Get-EffectiveAccessControlList'
        'Get-EmailAllowPolicy'
        'Get-EmailBlockedSender'
        'Get-EmailContentPolicy'
        'Get-EmailDomain'
        'Get-EmailSendingDomainRestriction'
        'Get-EmailTrustedDomain'
        'Get-EmailUrlIgnorePattern'
        'Get-ImpersonationRegistryEntry'
        'Invoke-AclRequest'
        'New-AccessControlRule'
        'New-EmailAllowPolicy'
        'New-EmailBlockedSender'
        'New-EmailContentPolicy'
        'New-EmailDomain'
        'New-EmailSendingDomainRestriction'
        'New-EmailTrustedDomain'
        'New-EmailUrlIgnorePattern'
        'New-ImpersonationRegistryEntry'
        'Remove-AccessControlRule'
        'Remove-EmailAllowPolicy'
        'Remove-EmailBlockedSender'
        'Remove-EmailContentPolicy'
        'Remove-EmailDomain'
        'Remove-EmailSendingDomainRestriction'
        'Remove-EmailTrustedDomain'
        'Remove-EmailUrlIgnorePattern'
        'Remove-ImpersonationRegistryEntry'
        'Select-AclConnection'
        'Set-AccessControlRule'
        'Set-EmailAllowPolicy'
        'Set-EmailBlockedSender'
        'Set-EmailContentPolicy'
        'Set-EmailDomain'
        'Set-EmailSendingDomainRestriction'
        'Set-EmailTrustedDomain'
        'Set-EmailUrlIgnorePattern'
        'Set-ImpersonationRegistryEntry'
        'Test-AclConnection'
        'Test-EmailDomain'
        'Undo-AclChange'
        'Update-AccessControlRule'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('Cloudflare', 'EmailSecurity', 'CarrierX', 'AccessControl', 'Bulk', 'CSV', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'The first version. It is tested on PowerShell 7.6 LTS and supports Windows PowerShell 5.1. PowerShell 7.0 to 7.5 can import it, but it is not tested there. CHANGELOG.md lists what each version added.'
        }
    }
}
