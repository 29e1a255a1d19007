#!/usr/bin/env pwsh
#Requires -Version 5.1
<#
.SYNOPSIS
Makes AclAdmin.dll-Help.xml, which Get-Help reads, of the Markdown pages in this folder.
.DESCRIPTION
Microsoft.PowerShell.PlatyPS turns the pages into MAML. It leaves Markdown in the texts, puts examples with their fences into one text, and names .NET types
where people expect short ones; so what it wrote is then put in order here: paragraphs become paragraphs, an example's code becomes its code.

The same pages always make the same bytes, so that a test can tell whether the committed file is up to date.
.EXAMPLE
./Build-Help.ps1 -ModulePath ../../../AclAdmin.psd1 -OutputPath ../../../en-US
#>
[CmdletBinding()]
param(
    # The module's manifest. The pages are checked against its cmdlets.
    [Parameter(Mandatory)]
    [string] $ModulePath,

    # The folder that the XML file is written to.
    [Parameter(Mandatory)]
    [string] $OutputPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$mamlNamespace = 'http://schemas.microsoft.com/maml/2004/10'
$devNamespace = 'http://schemas.microsoft.com/maml/dev/2004/10'

# The paragraphs of a Markdown text as they are read on a console: lines joined, list items a line each, links and backticks gone.
function ConvertTo-Paragraph {
    [OutputType([string])]
    param([string] $Markdown)

    foreach ($block in ($Markdown -replace "`r") -split '\n\s*\n') {
        $lines = @($block.Trim() -split '\n' | ForEach-Object { $_.Trim() })
        # A line that begins no item goes on with the one before it.
        $joined = ($lines -join "`n") -replace '\n(?!- )', ' '
        # Code and emphasis are found in one pass: an asterisk within code is no emphasis.
        $plain = [regex]::Replace(($joined -replace '\[([^\]]+)\]\([^)]*\)', '$1'), '`([^`\n]*)`|\*(\S[^*\n]*)\*', { param($found) $found.Groups[1].Value + $found.Groups[2].Value })
        if ($plain) { $plain }
    }
}

function Set-Paragraph {
    [CmdletBinding(SupportsShouldProcess)]
    param([Xml.XmlElement] $Element, [string[]] $Text)

    if (-not $PSCmdlet.ShouldProcess($Element.Name, 'Set paragraphs')) { return }
    $Element.RemoveAll()
    foreach ($paragraph in $Text) {
        $child = $Element.OwnerDocument.CreateElement('maml', 'para', $mamlNamespace)
        $child.InnerText = $paragraph
        $null = $Element.AppendChild($child)
    }
}

function Get-ParagraphText {
    [OutputType([string])]
    param([Xml.XmlElement] $Element)

    # PlatyPS marks an empty line by a paragraph with the control character U+0080.
    (@($Element.ChildNodes | ForEach-Object InnerText) -replace [char] 0x80) -join "`n`n"
}

# An example comes as one text with fences: the prose stays, and the code becomes the example's code.
function Split-Example {
    [CmdletBinding()]
    param([Xml.XmlElement] $Example, [string] $Command)

    $introduction = $Example.SelectSingleNode('*[local-name()="introduction"]')
    $text = Get-ParagraphText $introduction
    $parts = [regex]::Match($text, '(?s)^(?<before>.*?)```powershell\n(?<code>.*?)\n```(?<after>.*)$')
    if (-not $parts.Success -or $parts.Groups['after'].Value.Contains('```')) {
        throw "An example of $Command must have one block of PowerShell code, and no other: '$($Example.SelectSingleNode('*[local-name()="title"]').InnerText)'."
    }
    # Get-Help shows the code first, and puts nothing between an introduction and the code; so the prose goes behind it.
    $prose = @(ConvertTo-Paragraph $parts.Groups['before'].Value) + @(ConvertTo-Paragraph $parts.Groups['after'].Value)
    $null = $Example.RemoveChild($introduction)
    $Example.SelectSingleNode('*[local-name()="code"]').InnerText = $parts.Groups['code'].Value -replace '\n\n+(?=\n)', "`n"
    # The engine drops an empty paragraph, and would put the next title right below; a no-break space keeps them apart.
    Set-Paragraph $Example.SelectSingleNode('*[local-name()="remarks"]') ($prose + [string] [char] 0xA0)
}

function Edit-Command {
    [CmdletBinding()]
    param([Xml.XmlElement] $Command, [hashtable] $Default)

    $name = $Command.SelectSingleNode('.//*[local-name()="details"]/*[local-name()="name"]').InnerText
    foreach ($description in $Command.SelectNodes('.//*[local-name()="description" or local-name()="alert"][*[local-name()="para"]]')) {
        Set-Paragraph $description @(ConvertTo-Paragraph (Get-ParagraphText $description))
    }
    foreach ($example in $Command.SelectNodes('.//*[local-name()="example"]')) {
        Split-Example $example $name
    }

    # The list of parameters names types as the syntax does: string[], not System.String[].
    $shortNames = @{}
    foreach ($parameter in $Command.SelectNodes('*[local-name()="syntax"]//*[local-name()="parameter"]')) {
        $value = $parameter.SelectSingleNode('*[local-name()="parameterValue"]')
        if ($value) { $shortNames[$parameter.SelectSingleNode('*[local-name()="name"]').InnerText] = $value.InnerText }
    }
    foreach ($parameter in $Command.SelectNodes('*[local-name()="parameters"]/*')) {
        $parameterName = $parameter.SelectSingleNode('*[local-name()="name"]').InnerText
        $value = $parameter.SelectSingleNode('*[local-name()="parameterValue"]')
        $short = $shortNames[$parameterName]
        if ($value) { $value.InnerText = if ($short) { $short } else { ($value.InnerText -split '\.')[-1] } }
        if ($Default["$name $parameterName"]) {
            $element = $parameter.OwnerDocument.CreateElement('dev', 'defaultValue', $devNamespace)
            $element.InnerText = $Default["$name $parameterName"]
            $null = $parameter.AppendChild($element)
        }
    }

    # A link to a page beside this one is a name for Get-Help; only the others are addresses.
    foreach ($link in @($Command.SelectNodes('.//*[local-name()="navigationLink"]'))) {
        $address = $link.SelectSingleNode('*[local-name()="uri"]')
        if ($link.SelectSingleNode('*[local-name()="linkText"]').InnerText -eq 'Online Version' -and -not $address.InnerText) {
            $null = $link.ParentNode.RemoveChild($link)
        }
        elseif ($address.InnerText -notmatch '^https?://') {
            $address.InnerText = ''
        }
    }
}

if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE 1.0.0)) {
    throw 'Microsoft.PowerShell.PlatyPS 1.0 or later is missing. Run Install-PSResource Microsoft.PowerShell.PlatyPS and try again.'
}
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
Import-Module (Resolve-Path $ModulePath).Path
Import-Module (Join-Path $PSScriptRoot 'HelpPages.psm1')

$cmdlets = @(Get-Command -Module AclAdmin -CommandType Cmdlet | ForEach-Object Name)
$pages = @(Get-ChildItem -Path $PSScriptRoot -Filter '*-*.md' | Where-Object BaseName -In $cmdlets | Sort-Object Name)
$missing = @($cmdlets | Where-Object { $_ -notin $pages.BaseName })
if ($missing) {
    throw "There is no page for $($missing -join ', ') in $PSScriptRoot. New-MarkdownCommandHelp makes one to fill in."
}

$folder = Join-Path ([IO.Path]::GetTempPath()) "acladmin-help-$([guid]::NewGuid().ToString('N'))"
try {
    $null = New-Item -ItemType Directory -Path $folder
    $help = foreach ($page in $pages) {
        $whole = Join-Path $folder $page.Name
        [IO.File]::WriteAllText($whole, (Complete-HelpPage -Path $page.FullName -Command (Get-Command $page.BaseName -Module AclAdmin)))
        # It emits a collection; written again, its items come one by one.
        $read = Import-MarkdownCommandHelp -Path $whole
        $read
    }
    $defaults = @{}
    foreach ($command in $help) {
        foreach ($parameter in $command.Parameters) { $defaults["$($command.Title) $($parameter.Name)"] = $parameter.DefaultValue }
    }
    $written = $help | Export-MamlCommandHelp -OutputFolder $folder -Force

    $document = [Xml.XmlDocument]::new()
    $document.Load(@($written)[0].FullName)
    foreach ($command in $document.DocumentElement.SelectNodes('*[local-name()="command"]')) {
        Edit-Command $command $defaults
    }

    $null = New-Item -ItemType Directory -Path $OutputPath -Force
    $settings = [Xml.XmlWriterSettings]::new()
    $settings.Encoding = [Text.UTF8Encoding]::new($false)
    $settings.Indent = $true
    $settings.NewLineChars = "`n"
    $target = Join-Path (Resolve-Path $OutputPath).Path 'AclAdmin.dll-Help.xml'
    $writer = [Xml.XmlWriter]::Create($target, $settings)
    try { $document.Save($writer) } finally { $writer.Dispose() }
    Add-Content -LiteralPath $target -Value "`n" -NoNewline
    Write-Information "Wrote $target with the help of $($pages.Count) cmdlets." -InformationAction Continue
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
