# Writes the plan as a comment on the pull request: into the one of an earlier run where there is one. A first line that no reader sees marks it.
$ErrorActionPreference = 'Stop'

$mark = "<!-- AclAdmin $([uri]::EscapeDataString("$env:ACL_LIST $env:ACL_PATH")) -->"
$text = [IO.File]::ReadAllText($env:ACL_MARKDOWN)
# GitHub accepts 65,536 characters.
$limit = 64000
if ($text.Length -gt $limit) {
    $text = $text.Substring(0, $limit) + "`n`nThe rest is in the summary of the run."
}
$body = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -Compress -InputObject @{ body = "$mark`n### ``$($env:ACL_PATH -replace '`')``: $env:ACL_LIST`n`n$text" }))

$issues = "$env:GITHUB_API_URL/repos/$env:GITHUB_REPOSITORY/issues"
$request = @{
    Headers     = @{ Authorization = "Bearer $env:ACL_GITHUB_TOKEN"; Accept = 'application/vnd.github+json'; 'X-GitHub-Api-Version' = '2022-11-28' }
    ContentType = 'application/json; charset=utf-8'
}

# Anybody who can comment can write the mark, so only the action's own comments count.
$found = $null
for ($page = 1; -not $found; $page++) {
    $comments = @(Invoke-RestMethod @request -Uri "$issues/$env:ACL_PULL_REQUEST/comments?per_page=100&page=$page" | ForEach-Object { $_ })
    $found = $comments | Where-Object { $_.user.login -eq $env:ACL_AUTHOR -and "$($_.body)".StartsWith($mark, [StringComparison]::Ordinal) } | Select-Object -First 1
    if ($comments.Count -lt 100) { break }
}

$answer = if ($found) { Invoke-RestMethod @request -Method Patch -Uri "$issues/comments/$($found.id)" -Body $body }
else { Invoke-RestMethod @request -Method Post -Uri "$issues/$env:ACL_PULL_REQUEST/comments" -Body $body }
"The plan is at $($answer.html_url)"
