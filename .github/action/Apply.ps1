# Applies the plan that the step before has saved, and writes the output journal. Exits with 1 where it is not applied as a whole.
. (Join-Path $PSScriptRoot 'Start.ps1')

$journal = Join-Path $env:RUNNER_TEMP 'acladmin-changes.jsonl'
Add-Line $env:GITHUB_OUTPUT "journal=$journal"

& $sync -ApplyPlan $env:ACL_PLAN -Force -JournalPath $journal -InformationVariable lines -ErrorAction Continue -ErrorVariable problems
$lines | ForEach-Object { Add-Line $env:GITHUB_STEP_SUMMARY "$($_.MessageData)" }
if ($problems) {
    @($problems | ForEach-Object { "    $_" } | Select-Object -Unique) | ForEach-Object { Add-Line $env:GITHUB_STEP_SUMMARY $_ }
    exit 1
}
