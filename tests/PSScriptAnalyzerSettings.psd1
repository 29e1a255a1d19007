# What build.ps1 -Task Analyze holds every script to.
@{
    ExcludeRules = @(
        # The scripts of this repository speak to a person at a console. The module itself has none.
        'PSAvoidUsingWriteHost'
    )
    Rules        = @{
        # Windows PowerShell runs the build, the demo and the tests as well.
        PSUseCompatibleSyntax              = @{ Enable = $true; TargetVersions = @('5.1', '7.0') }
        PSAvoidUsingPositionalParameters   = @{ Enable = $true; CommandAllowList = @('Invoke-Dotnet') }
        PSAvoidSemicolonsAsLineTerminators = @{ Enable = $true }
    }
}
