@{
    RootModule        = 'StubStores.psm1'
    ModuleVersion     = '1.0'
    GUID              = '3b0d1f7e-54a8-4c1c-8f0d-7d2a6c9e1b45'
    FunctionsToExport = 'op', 'vault', 'Connect-AzAccount', 'Get-AzKeyVaultSecret', 'Find-StubSecret'
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
