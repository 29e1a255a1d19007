# Makes reports of 1,000 and of 10,000 changes, opens them in Chromium, takes pictures in both colour schemes, and writes sizes and times:
#     dotnet run --project tests/Engine -- tests/Report/Measure-Report.ps1 -Folder ./pictures
[CmdletBinding()]
param(
    # Where pictures go.
    [Parameter(Mandatory)] [string] $Folder,
    [int[]] $Count = @(1000, 10000),
    # The changes of one run.
    [int] $RunSize = 120,
    # The manifest of the module.
    [string] $Module = (Join-Path $PSScriptRoot "../Module/bin/$(if ($env:ACLADMIN_TEST_CONFIGURATION) { $env:ACLADMIN_TEST_CONFIGURATION } else { 'Debug' })/net10.0/module/AclAdmin.psd1")
)

$ErrorActionPreference = 'Stop'
Import-Module $Module, (Join-Path $PSScriptRoot 'ReportJournal.psm1'), (Join-Path $PSScriptRoot 'Chromium.psm1')
$folder = (New-Item -ItemType Directory -Path $Folder -Force).FullName
$browser = Start-Chromium
try {
    foreach ($changes in $Count) {
        $journal = Join-Path $folder "report-$changes.jsonl"
        New-ReportJournal $journal -Count $changes -RunSize $RunSize
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $page = Export-AclChangeReport (Join-Path $folder "report-$changes.html") -JournalPath $journal -Force -PassThru
        $export = $watch.ElapsedMilliseconds
        Open-ChromiumPage $browser $page.FullName
        $load = Get-ChromiumValue $browser 'Math.round(performance.getEntriesByType("navigation")[0].loadEventEnd)'
        $filter = Get-ChromiumValue $browser @'
new Promise((done) => {
  const text = document.getElementById('text');
  text.value = 'payroll';
  const start = performance.now();
  text.dispatchEvent(new Event('input', { bubbles: true }));
  const shown = document.getElementById('shown');
  new MutationObserver(() => requestAnimationFrame(() => done(Math.round(performance.now() - start - 120)))).observe(shown, { childList: true });
})
'@
        $found = Get-ChromiumValue $browser 'document.getElementById("shown").textContent'
        $shown = Get-ChromiumValue $browser '[...document.querySelectorAll("tbody[data-state]")].filter((one) => one.checkVisibility()).length'
        $null = Get-ChromiumValue $browser 'document.getElementById("filters").reset()'
        $backgrounds = foreach ($scheme in 'light', 'dark') {
            Save-ChromiumPicture $browser (Join-Path $folder "report-$changes-$scheme.png") $scheme
            Get-ChromiumValue $browser 'getComputedStyle(document.body).backgroundColor'
        }
        [pscustomobject] @{
            Changes = $changes
            Bytes = $page.Length
            ExportMs = $export
            LoadMs = $load
            FilterMs = $filter
            Found = $found
            Shown = $shown
            Backgrounds = $backgrounds
            # What the browser complains about, as a script or a style that the page's policy refuses.
            Problems = @($browser.Events | Where-Object method -In 'Log.entryAdded', 'Runtime.exceptionThrown', 'Runtime.consoleAPICalled' |
                    ForEach-Object { $_.params | ConvertTo-Json -Depth 5 -Compress })
            # What the page asks for beside itself.
            Requests = @($browser.Events | Where-Object method -EQ 'Network.requestWillBeSent' | ForEach-Object { $_.params.request.url } |
                    Where-Object { $_ -notlike "*report-$changes.html" })
        }
    }
}
finally {
    Stop-Chromium $browser
}
