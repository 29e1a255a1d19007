# The secret stores that examples use, with the sandbox's own credentials in them. Each refuses a call that the real one would refuse.

# A credential, by what the name of the secret speaks of.
function Find-StubSecret {
    param([string] $Name)
    switch -Wildcard ($Name) {
        '*client-secret*' { return 'sandbox-secret' }
        '*global*key*' { return 'sandbox-global-key' }
        '*carrierx*' { return '6f1a0c52-8d3e-4b7a-9c64-2e5d7f908b13' }
        default { return 'sandbox-cloudflare-token' }
    }
}

function op {
    if ($args.Count -ne 2 -or $args[0] -ne 'read' -or $args[1] -notmatch '^op://[\w-]+/[\w-]+/[\w-]+$') { throw "op: $args" }
    Find-StubSecret $args[1]
}

function vault {
    if ("$args" -notmatch '^kv get -field=\w+ [\w/-]+$') { throw "vault: $args" }
    Find-StubSecret $args[-1]
}

function Connect-AzAccount {
    param([Parameter(Mandatory)] [switch] $Identity)
    Write-Verbose "Would connect: $Identity."
}

function Get-AzKeyVaultSecret {
    param([Parameter(Mandatory, Position = 0)] [string] $VaultName, [Parameter(Mandatory, Position = 1)] [string] $Name, [Parameter(Mandatory)] [switch] $AsPlainText)
    Write-Verbose "Would read from $VaultName, $AsPlainText."
    Find-StubSecret $Name
}
