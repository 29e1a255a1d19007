# What Get-Help shows, in a real engine.

BeforeDiscovery {
    $built = if ($env:ACLADMIN_TEST_CONFIGURATION) { $env:ACLADMIN_TEST_CONFIGURATION } else { 'Debug' }
    Import-Module (Join-Path $PSScriptRoot "bin/$built/net10.0/module/AclAdmin.psd1")
    $cmdlets = Get-Command -Module AclAdmin -CommandType Cmdlet | ForEach-Object { @{ Cmdlet = $_.Name } }
    $topics = Get-ChildItem (Join-Path $PSScriptRoot '../../en-US') -Filter 'about_*.help.txt' | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $built = if ($env:ACLADMIN_TEST_CONFIGURATION) { $env:ACLADMIN_TEST_CONFIGURATION } else { 'Debug' }
    $manifest = Join-Path $root "tests/Module/bin/$built/net10.0/module/AclAdmin.psd1"
    Import-Module $manifest

    $maml = [xml] (Get-Content -LiteralPath (Join-Path (Split-Path $manifest) 'en-US/AclAdmin.dll-Help.xml') -Raw -Encoding utf8)

    # What the engine adds to every cmdlet, or to those that ask for it, and documents itself.
    $common = [Management.Automation.PSCmdlet]::CommonParameters
}

Describe 'Get-Help <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Cmdlet -Full
        $text = $help | Out-String -Width 200
        $command = Get-Command $Cmdlet
        $parameters = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'has a synopsis of one sentence, and a description' {
        $help.Synopsis.Trim() | Should -Match '^[A-Z][^\n]{30,120}\.$'
        ($help.description.Text -join "`n").Length | Should -BeGreaterThan 200
    }

    It 'holds no placeholder and no Markdown' {
        $text | Should -Not -Match '\{\{'
        $text | Should -Not -Match '```'
        $text | Should -Not -Match '\]\('
        # A backtick at the end of a line goes on with a command, and needs to be there.
        ($text -split '\n').TrimEnd() -notmatch '[^ `]\s`$' -match '`' | Should -BeNullOrEmpty
    }

    It 'shows the code in its page as it stands there' {
        $page = Get-Content -LiteralPath (Join-Path $root "docs/en-US/$Cmdlet.md") -Raw
        $prose = [regex]::Replace($page, '(?s)```.*?```', '')
        $shown = $maml.SelectSingleNode("//*[local-name()='command'][*/*[local-name()='name' and .='$Cmdlet']]").InnerText -replace '\s+', ' '
        foreach ($code in [regex]::Matches($prose, '`([^`]+)`')) {
            $shown.Contains(($code.Groups[1].Value -replace '\s+', ' ')) | Should -BeTrue -Because "the page has $($code.Value)"
        }
    }

    It 'explains every parameter, with what is taken when it is not given or that it must be' {
        foreach ($parameter in $parameters) {
            $entry = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $entry | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) must be explained"
            $explanation = $entry.description.Text -join ' '
            $explanation.Length | Should -BeGreaterThan 40 -Because "-$($parameter.Name) must be explained"
            $explanation | Should -Match 'Default|default|Required|Left alone|left alone|Normally' -Because "-$($parameter.Name) must say what holds without it"
        }
        @($help.parameters.parameter.name | Where-Object { $_ -notin $parameters.Name }) | Should -BeNullOrEmpty
    }

    It 'says of every parameter what the engine knows of it' {
        foreach ($parameter in $parameters) {
            $entry = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $sets = @($parameter.ParameterSets.Values)
            $byValue = [bool] ($sets | Where-Object ValueFromPipeline)
            $byName = [bool] ($sets | Where-Object ValueFromPipelineByPropertyName)
            $ways = @(if ($byValue) { 'ByValue' }; if ($byName) { 'ByPropertyName' })
            $pipeline = if ($ways) { "true ($($ways -join ', '))" } else { 'false' }
            $aliases = if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }

            "$($entry.required) $($entry.pipelineInput) $($entry.aliases)" |
                Should -Be "$([bool] ($sets | Where-Object IsMandatory)) $pipeline $aliases" -Because "-$($parameter.Name) is so"
            $inner = [Nullable]::GetUnderlyingType($parameter.ParameterType)
            $type = if ($inner) { $inner } else { $parameter.ParameterType }
            if ($type -ne [switch]) {
                ($type.FullName, $type.Name, [Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject] $type)) |
                    Should -Contain $entry.parameterValue -Because "-$($parameter.Name) takes that"
            }
        }
    }

    It 'shows the syntax that the engine knows' {
        $real = $command.ParameterSets | ForEach-Object {
            # What is bound by the pipeline alone is hidden; it is explained, but does not stand in the syntax.
            $visible = $_.Parameters | Where-Object { -not $_.Attributes.Where({ $_ -is [Management.Automation.ParameterAttribute] -and $_.DontShow }) }
            ($visible.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' '
        }
        $shown = $help.syntax.syntaxItem | ForEach-Object { (@($_.PSObject.Properties['parameter'].Value) | ForEach-Object { $_.name } | Sort-Object) -join ' ' }
        $shown | Sort-Object | Should -Be @($real | Sort-Object)
    }

    It 'has three examples or more, each with a title, code and prose' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) {
            $example.title | Should -Match 'Example \d+: [A-Z].*[a-z)]'
            $example.code | Should -Not -BeNullOrEmpty
            $example.code | Should -Match '-(Acl|CloudflareAccount|CarrierXAccount|Impersonation|Email|AccessControl|EffectiveAccess)'
            ($example.remarks.Text -join '').Trim().Length | Should -BeGreaterThan 20
        }
        $help.examples.example.code -match $Cmdlet | Should -Not -BeNullOrEmpty
    }

    It 'says which endpoint it calls, which permission that takes, and which errors it gives' {
        $notes = $help.alertSet.alert.Text -join "`n"
        $notes | Should -Match '(?m)^Endpoints?: '
        $notes | Should -Match '(?m)^(Permission|Scope): '
        $notes | Should -Match 'Error ids:'
        $ids = [Enum]::GetNames([AclAdmin.Client.ErrorKind])
        [regex]::Matches($notes, '(?m)^- (?<ids>[A-Za-z, ]+):').ForEach({ $_.Groups['ids'].Value -split ', ' }) | Where-Object { $_ -notin $ids } | Should -BeNullOrEmpty
    }

    It 'points to help that is there' {
        foreach ($link in $help.relatedLinks.navigationLink | Where-Object { -not $_.uri }) {
            Get-Help $link.linkText -ErrorAction Stop | Should -Not -BeNullOrEmpty -Because "$($link.linkText) is named"
        }
    }
}

Describe 'Get-Help <Topic>' -ForEach $topics {
    It 'finds the text' {
        (Get-Help $Topic | Out-String) | Should -Match "(?s)^\s*TOPIC\s+$Topic\s"
        (Get-Help 'about_AclAdmin*' | Where-Object Name -EQ $Topic).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'fits a console of 80 columns, in letters that every version of PowerShell reads alike' {
        $lines = Get-Content (Join-Path $root "en-US/$Topic.help.txt")
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        $lines -cmatch '[^\x20-\x7E]' | Should -BeNullOrEmpty
    }

    It 'points to help that is there' {
        $seeAlso = (Get-Content (Join-Path $root "en-US/$Topic.help.txt") -Raw) -replace '(?s).*\nSEE ALSO\n'
        foreach ($name in $seeAlso -split '\s+' | Where-Object { $_ }) {
            Get-Help $name -ErrorAction Stop | Should -Not -BeNullOrEmpty
        }
    }
}
