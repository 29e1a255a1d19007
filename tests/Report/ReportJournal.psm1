# A journal with as many changes as are wanted, of several runs, lists, actions and outcomes, for looking at reports. The same every time.

$people = 'Dana Whitfield', 'Priya Okafor', 'Tom Brandt', 'Mei Tanaka', 'Luis Ortega', 'Ewa Nowak', 'Jonas Lind', 'Sara Haddad'
$departments = 'Finance', 'Payroll', 'Legal', 'Board', 'Treasury'

# The item before a change, and the fields that the change sets.
function Get-ReportItem {
    param([int] $Index, [string] $Id, [bool] $IsRule)

    if ($IsRule) {
        $entries = @(0..5 | ForEach-Object { '{0}' -f (12120000000 + 37 * ($Index + $_)) })
        $name = 'Premium numbers {0}' -f ($Index % 40 + 1)
        return @{
            Name = $name
            Before = [ordered] @{ rule_sid = $Id; name = $name; entries = $entries; operation = 'prefix' }
            Body = [ordered] @{ entries = $entries + ('{0}' -f (12129900000 + $Index)) }
        }
    }

    $name = $people[$Index % $people.Count]
    $mail = '{0}{1}@example.com' -f $name.ToLowerInvariant().Replace(' ', '.'), [Math]::Floor($Index / $people.Count)
    $department = $departments[$Index % $departments.Count]
    $body = switch ($Index % 4) {
        0 { [ordered] @{ comments = "$department, reviewed in November 2026" } }
        1 { [ordered] @{ email = $mail.Replace('@example', '@mail.example'); comments = $null } }
        2 { [ordered] @{ name = $name.Replace(' ', ' M. '); comments = "$department, reviewed in November 2026: see <minutes>" } }
        3 { [ordered] @{ is_email_regex = $true } }
    }
    @{
        Name = $name
        Before = [ordered] @{ id = $Id; name = $name; email = $mail; comments = "$department, reviewed in June 2026"; is_email_regex = $false }
        Body = $body
    }
}

# What is done to the item with a number, and how it ends.
function Get-ReportFate {
    param([int] $Index)

    $verb = switch ($Index % 23) { 4 { 'create' } 13 { 'create' } 9 { 'delete' } default { 'update' } }
    $state = if ($Index % 41 -eq 17) { 'failed' }
    elseif ($Index % 97 -eq 50) { 'unknown' }
    elseif ($Index % 211 -eq 100) { 'notSent' }
    elseif ($verb -eq 'delete' -and $Index % 2) { 'unchanged' }
    else { 'applied' }
    $verb, $state
}

# Writes the journal. What it holds was never sent to anybody.
function New-ReportJournal {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [ValidateRange(1, 1000000)] [int] $Count = 1000,
        # So many changes are of one run.
        [ValidateRange(1, 1000000)] [int] $RunSize = 120
    )

    if (-not $PSCmdlet.ShouldProcess($Path)) { return }
    $script:time = [datetime]::new(2026, 11, 2, 7, 30, 0, [DateTimeKind]::Utc)
    $writer = [IO.StreamWriter]::new($Path, $false, [Text.UTF8Encoding]::new($false))
    $add = {
        param([string] $Type, [string] $Run, [Collections.IDictionary] $Members)
        $line = [ordered] @{ v = 1; type = $Type; run = $Run; time = $script:time.ToString('O') }
        foreach ($name in $Members.Keys) { $line[$name] = $Members[$name] }
        $writer.WriteLine((ConvertTo-Json $line -Depth 5 -Compress))
    }
    try {
        for ($index = 0; $index -lt $Count; $index++) {
            $number = $index % $RunSize + 1
            $runIndex = [int] [Math]::Floor($index / $RunSize)
            $isRule = $runIndex % 3 -eq 2
            if ($number -eq 1) {
                $script:time = $script:time.AddMinutes(947 + 61 * ($runIndex % 5))
                $run = '{0:yyyyMMddHHmmss}-{1:x8}' -f $script:time, [long] (2654435761 * ($runIndex + 1) % 4294967296)
                $command = if ($isRule) { 'Update-AccessControlRule' } else { 'Set-ImpersonationRegistryEntry' }
                & $add run $run ([ordered] @{
                        module = '1.0.0'; command = $command; line = "$command -JournalPath './changes.jsonl'"; script = '/srv/jobs/review.ps1'
                        user = ('mkeller', 'arossi', 'svc-acl')[$runIndex % 3]; host = 'ops-{0}' -f ($runIndex % 2 + 1); pid = 1; pidStarted = ''
                        connection = if ($isRule) { 'carrierx' } else { 'cloudflare' }
                        service = if ($isRule) { 'CarrierX' } else { 'Cloudflare' }
                        address = if ($isRule) { 'https://api.carrierx.com/core/v2/' } else { 'https://api.cloudflare.com/client/v4/' }
                    })
            }

            $script:time = $script:time.AddMilliseconds(340)
            $id = '{0:x8}-{1:x4}-4{2:x3}-9b0e-{3:x12}' -f [long] (40503 * ($index + 7) % 4294967296), ($index % 65536), ($index % 4096), (7919 * ($index + 3))
            $verb, $state = Get-ReportFate $index
            $item = Get-ReportItem -Index $index -Id $id -IsRule $isRule
            $intent = [ordered] @{ change = $number; rows = @($number); resource = if ($isRule) { 'access_control_rules' } else { 'impersonation_registry' } }
            if (-not $isRule) { $intent.account = '023e105f4ecef8ad9ca31a8372d0c353' }
            $intent.verb = $verb
            $intent.name = $item.Name
            if ($verb -eq 'create') {
                $item.Before.RemoveAt(0)
                $intent.body = $item.Before
            }
            else {
                $intent.id = $id
                $intent.before = $item.Before
                if ($verb -eq 'update') { $intent.body = $item.Body }
            }
            & $add intent $run $intent

            if ($state -ne 'unknown') {
                $outcome = [ordered] @{ change = $number; state = $state; requestId = '8f2c{0:x12}' -f (104729 * $index) }
                if ($state -eq 'failed') {
                    $outcome.errorId = 'PermissionDenied'
                    $outcome.error = 'The request to update the entry was refused with status 403 (10000: Authentication error).'
                }
                elseif ($verb -eq 'create') { $outcome.id = $id }
                & $add outcome $run $outcome
            }
            if ($number -eq $RunSize) { & $add end $run @{ endedBy = 'Completed' } }
        }
    }
    finally {
        $writer.Dispose()
    }
}

Export-ModuleMember -Function New-ReportJournal
