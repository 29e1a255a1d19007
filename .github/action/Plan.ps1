# Plans the list's changes and writes the outputs changes, plan and markdown. Exits with 1 where a row or the list cannot be planned.
. (Join-Path $PSScriptRoot 'Start.ps1')

$plan = Join-Path $env:RUNNER_TEMP 'acladmin-plan.json'
$markdown = Join-Path $env:RUNNER_TEMP 'acladmin-plan.md'
Remove-Item -LiteralPath $plan, $markdown, "$plan.applied" -ErrorAction Ignore

$specified = @{ RemoveUnlisted = $env:ACL_REMOVE_UNLISTED -eq 'true'; PlanPath = $plan; PassThru = $true }
if ($env:ACL_MAX_REMOVE) { $specified.MaxRemove = $env:ACL_MAX_REMOVE }
if ($env:ACL_KEY) { $specified.Key = $env:ACL_KEY -split '\s*,\s*' }

# Each bad row is reported, and not the first one alone.
$problems = @()
try {
    $made = Import-Csv -LiteralPath $env:ACL_PATH -Encoding utf8 | & $sync @specified -ErrorAction SilentlyContinue -ErrorVariable problems
}
catch {
    $problems = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) + $_
}

if ($problems) {
    $text = @('The plan failed. Nothing was changed.', '') + @($problems | ForEach-Object { '    ' + ("$_" -replace '\s*[\r\n]+\s*', ' ') } | Select-Object -Unique)
    $text = $text -join "`n"
    $changes = $false
}
elseif ($made) {
    $text = $made.ToMarkdown()
    $changes = $made.HasChanges
}
else {
    $text = 'The file has no rows. Nothing is to be changed.'
    $changes = $false
}
[IO.File]::WriteAllText($markdown, $text)
Add-Line $env:GITHUB_STEP_SUMMARY $text
Add-Line $env:GITHUB_OUTPUT "changes=$($changes.ToString().ToLowerInvariant())"
Add-Line $env:GITHUB_OUTPUT "plan=$plan"
Add-Line $env:GITHUB_OUTPUT "markdown=$markdown"
if ($problems) {
    [Console]::Error.WriteLine($text)
    exit 1
}
