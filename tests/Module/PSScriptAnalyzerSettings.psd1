# What Invoke-ScriptAnalyzer is told of the Pester files.
@{
    ExcludeRules = @(
        # What a BeforeAll block or a dot-sourced file sets is used in other blocks, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Helpers of the tests start and reset the sandbox, and nobody asks them -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSProvideCommentHelp'
    )
}
