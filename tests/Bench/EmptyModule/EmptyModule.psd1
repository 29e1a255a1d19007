@{
    RootModule             = 'bin/Release/netstandard2.0/EmptyModule.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = 'd5b7f0de-6f5c-4c0a-8d4e-0a1f6c1e5b77'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    CmdletsToExport        = @('Test-Empty')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
}
