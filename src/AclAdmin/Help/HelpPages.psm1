# Completes the short pages: a page without a SYNTAX section has only its cmdlet's own words, and the rest comes from Shared/ and from the cmdlet itself.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# A page by its second-level headings.
function Split-HelpPage {
    [OutputType([Collections.IDictionary])]
    param([Parameter(Mandatory)] [string] $Text, [string] $Mark = '## ')

    $sections = [ordered] @{}
    foreach ($part in [regex]::Split($Text -replace "`r", "(?m)^$Mark(?=\S)") | Select-Object -Skip 1) {
        $heading, $body = $part -split '\n', 2
        $sections[$heading.Trim()] = "$body".Trim()
    }
    $sections
}

# What is explained for a parameter: by the page, or else by the file of its noun, of its verb, or of all, in this order.
function Find-Explanation {
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [object[]] $Sources, [string] $Command)

    foreach ($source in $Sources) {
        if ($source.Contains("-$Name")) { return $source["-$Name"] }
    }
    throw "Neither the page of $Command nor Shared explains -$Name."
}

function Format-Syntax {
    [OutputType([string])]
    param([Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command)

    $sets = foreach ($set in $Command.ParameterSets) {
        $name = if ($set.Name -eq '__AllParameterSets') { '__AllParameterSets' } elseif ($set.IsDefault) { "$($set.Name) (Default)" } else { $set.Name }
        $parameters = "$set" -replace ' \[<CommonParameters>\]'
        foreach ($hidden in $set.Parameters | Where-Object { $_.Attributes.Where({ $_ -is [Management.Automation.ParameterAttribute] -and $_.DontShow }) }) {
            $parameters = $parameters -replace "(^| )\[?-$($hidden.Name) <[^>]+>\]?"
        }
        "### $name`n`n``````" + "`n$($Command.Name) $($parameters.TrimStart())`n" + '```'
    }
    $sets -join "`n`n"
}

# What the engine knows of a parameter, as PlatyPS reads it.
function Format-ParameterBlock {
    [OutputType([string])]
    param([Parameter(Mandatory)] [Management.Automation.ParameterMetadata] $Parameter)

    $attributes = @($Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ParameterAttribute] })
    $lines = @("Type: $($Parameter.ParameterType)", "DefaultValue: ''", 'SupportsWildcards: false')
    $lines += if ($Parameter.Aliases.Count) { 'Aliases:'; $Parameter.Aliases | ForEach-Object { "- $_" } } else { 'Aliases: []' }
    $lines += 'ParameterSets:'
    foreach ($attribute in $attributes) {
        $lines += "- Name: $(if ($attribute.ParameterSetName -eq '__AllParameterSets') { '(All)' } else { $attribute.ParameterSetName })"
        $lines += "  Position: $(if ($attribute.Position -lt 0) { 'Named' } else { $attribute.Position })"
        $lines += "  IsRequired: $("$($attribute.Mandatory)".ToLowerInvariant())"
        $lines += "  ValueFromPipeline: $("$($attribute.ValueFromPipeline)".ToLowerInvariant())"
        $lines += "  ValueFromPipelineByPropertyName: $("$($attribute.ValueFromPipelineByPropertyName)".ToLowerInvariant())"
        $lines += '  ValueFromRemainingArguments: false'
    }
    $lines += "DontShow: $("$([bool] ($attributes | Where-Object DontShow))".ToLowerInvariant())"
    $lines += 'AcceptedValues: []', "HelpMessage: ''"
    '```yaml' + "`n$($lines -join "`n")`n" + '```'
}

function Complete-HelpPage {
    <#
    .SYNOPSIS
    Returns the whole page of a cmdlet, as PlatyPS reads it. A page that has a SYNTAX section is whole already.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command
    )

    $text = (Get-Content -LiteralPath $Path -Raw -Encoding UTF8) -replace "`r"
    if ($text -match '(?m)^## SYNTAX') { return $text }

    $shared = Join-Path (Split-Path $Path) 'Shared'
    $noun = (Get-Content -LiteralPath (Join-Path $shared "$($Command.Noun).md") -Raw -Encoding UTF8) -replace "`r"
    # A noun whose pages share other parts than those of its verb names their file.
    $verbFile = if ($noun -match '(?m)^shared: (\w+)$') { $Matches[1] } else { $Command.Verb }
    $verb = Split-HelpPage ((Get-Content -LiteralPath (Join-Path $shared "$verbFile.md") -Raw -Encoding UTF8) -replace "`r")
    $all = (Get-Content -LiteralPath (Join-Path $shared 'All.md') -Raw -Encoding UTF8) -replace "`r"
    $page = Split-HelpPage $text
    $sources = @(
        if ($page.Contains('PARAMETERS')) { Split-HelpPage $page['PARAMETERS'] -Mark '### ' }
        Split-HelpPage $noun -Mark '### '
        Split-HelpPage $verb['PARAMETERS'] -Mark '### '
        Split-HelpPage $all -Mark '### '
    )

    $common = [Management.Automation.PSCmdlet]::CommonParameters
    $parameters = foreach ($parameter in $Command.Parameters.Values | Where-Object Name -NotIn $common | Sort-Object Name) {
        "### -$($parameter.Name)`n`n$(Find-Explanation $parameter.Name $sources -Command $Command.Name)`n`n$(Format-ParameterBlock $parameter)"
    }
    $body = @("---`nexternal help file: AclAdmin.dll-Help.xml`nLocale: en-US`nModule Name: AclAdmin`ntitle: $($Command.Name)`nms.date: 11/25/2026`nPlatyPS schema version: 2024-05-01`ndocument type: cmdlet`nHelpUri: ''`n---", "# $($Command.Name)")
    $body += "## SYNOPSIS`n`n$($page['SYNOPSIS'])", "## SYNTAX`n`n$(Format-Syntax $Command)"
    # A page without a description of its own has that of its noun: "about: ...".
    $about = if ($page.Contains('DESCRIPTION')) { $page['DESCRIPTION'] } else { '{about}' }
    $body += "## DESCRIPTION`n`n$about`n`n$($verb['DESCRIPTION'])", "## EXAMPLES`n`n$($page['EXAMPLES'])"
    $body += "## PARAMETERS`n`n$($parameters -join "`n`n")"
    foreach ($heading in 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
        $body += "## $heading`n`n$(if ($page.Contains($heading)) { $page[$heading] } else { $verb[$heading] })"
    }

    # The words of the noun: "{plural}" in a shared text is what its file states as "plural: ...".
    $whole = ($body -join "`n`n") + "`n"
    foreach ($word in [regex]::Matches($noun, '(?m)^(\w+): (.+)$')) { $whole = $whole.Replace("{$($word.Groups[1].Value)}", $word.Groups[2].Value) }
    $whole
}

Export-ModuleMember -Function Complete-HelpPage
