#Requires -Modules AclAdmin

<#
.SYNOPSIS
Applies each CSV file of a folder to the impersonation registry once, as a scheduled job.
.DESCRIPTION
A file is moved to the folder "done" when it was applied. Rows that failed are in "failed", with the reason in a column Problem, which a further run
ignores: correct such a file and put it back. A job that was stopped continues where it was: the journal shows what is done.

Exit codes: 0 all rows were applied, 1 a file could not be applied as a whole, 2 another run of this job is under way.

Windows: register it with Register-ScheduledTask, under an account that has CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN. Linux: a systemd timer, or
cron with both in the environment.
.EXAMPLE
pwsh -NoProfile -File ./Invoke-ScheduledEdit.ps1 -Folder /srv/registry
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Folder
)

$ErrorActionPreference = 'Stop'

$folder = (Resolve-Path -LiteralPath $Folder).ProviderPath
foreach ($name in 'done', 'failed') { $null = New-Item -ItemType Directory -Path (Join-Path $folder $name) -Force -WhatIf:$false }

# The system releases the lock when the process ends, however it ends.
try {
    $lock = [IO.File]::Open((Join-Path $folder 'job.lock'), [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::ReadWrite, [IO.FileShare]::None)
}
catch [IO.IOException] {
    'Another run of this job is under way.'
    exit 2
}

function Write-Log {
    param([string] $Text)

    $line = "$([DateTime]::UtcNow.ToString('s', [cultureinfo]::InvariantCulture))Z $Text"
    [IO.File]::AppendAllText((Join-Path $folder 'job.log'), "$line`n")
    $line
}

$exitCode = 0
try {
    foreach ($file in Get-ChildItem -LiteralPath $folder -Filter '*.csv' -File | Sort-Object LastWriteTimeUtc, Name) {
        # A row that fails is an error record whose target is the row. The closing line comes as information.
        $problems = @()
        try {
            Import-Csv -LiteralPath $file.FullName -Encoding utf8 |
                Set-ImpersonationRegistryEntry -SkipUnchanged -JournalPath (Join-Path $folder 'changes.jsonl') -ErrorAction SilentlyContinue -ErrorVariable problems `
                    -InformationAction SilentlyContinue -InformationVariable lines
            Write-Log "$($file.Name): $(@($lines)[-1])"
        }
        catch {
            Write-Log "$($file.Name): $_"
            $exitCode = 1
            continue
        }
        if ($WhatIfPreference) { continue }

        $stamp = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss-', [cultureinfo]::InvariantCulture)
        if ($problems) {
            $exitCode = 1
            $problems | ForEach-Object { $_.TargetObject | Select-Object -Property * -ExcludeProperty Problem | Add-Member -NotePropertyName Problem -NotePropertyValue "$_" -PassThru } |
                Export-Csv -LiteralPath (Join-Path $folder "failed/$stamp$($file.Name)") -NoTypeInformation -Encoding utf8
            Write-Log "$($file.Name): $($problems.Count) rows are in the folder failed."
        }
        Move-Item -LiteralPath $file.FullName -Destination (Join-Path $folder "done/$stamp$($file.Name)")
    }
}
finally {
    $lock.Dispose()
}
exit $exitCode
