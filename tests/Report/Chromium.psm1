# Opens a page in a Chromium without a window, asks the page questions and takes pictures of it, over the browser's own protocol. Needs no package.

# The command of Chromium or Chrome; nothing where there is none. ACLADMIN_CHROMIUM names another one.
function Find-Chromium {
    $names = @($env:ACLADMIN_CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'chrome') | Where-Object { $_ }
    Get-Command $names -CommandType Application -ErrorAction Ignore | Select-Object -First 1 -ExpandProperty Source
}

# How to get one where there is none.
function Get-ChromiumAdvice {
    'There is no Chromium: install it (apt-get install chromium, brew install --cask chromium, winget install Hibbiki.Chromium), or name one in ACLADMIN_CHROMIUM.'
}

# Starts a browser with a page of its own.
function Start-Chromium {
    [CmdletBinding(SupportsShouldProcess)]
    param([ValidateRange(100, 10000)] [int] $Width = 1280, [ValidateRange(100, 10000)] [int] $Height = 1600)

    $command = Find-Chromium
    if (-not $command) { throw (Get-ChromiumAdvice) }
    if (-not $PSCmdlet.ShouldProcess($command)) { return }
    $profileFolder = Join-Path ([IO.Path]::GetTempPath()) "acladmin-chromium-$([guid]::NewGuid().ToString('N'))"
    $start = [Diagnostics.ProcessStartInfo]::new($command)
    $start.RedirectStandardError = $true
    $start.RedirectStandardOutput = $true
    $start.Arguments = @(
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'
        '--disable-sync', '--hide-scrollbars', '--remote-debugging-port=0', "--window-size=$Width,$Height", "--user-data-dir=""$profileFolder""", 'about:blank'
    ) -join ' '
    $process = [Diagnostics.Process]::Start($start)
    $browser = [pscustomobject] @{ Process = $process; Folder = $profileFolder; Socket = [Net.WebSockets.ClientWebSocket]::new(); Last = 0; Events = [Collections.Generic.List[object]]::new() }
    try {
        do {
            $line = $process.StandardError.ReadLine()
            if ($null -eq $line) { throw 'Chromium ended at once.' }
        } until ($line -match 'DevTools listening on ws://([^/]+)/')
        $null = $process.StandardError.ReadToEndAsync()
        $null = $process.StandardOutput.ReadToEndAsync()
        $targets = Invoke-RestMethod "http://$($Matches[1])/json/list"
        $page = @($targets | Where-Object type -EQ 'page')[0].webSocketDebuggerUrl
        $null = $browser.Socket.ConnectAsync([uri] $page, [Threading.CancellationToken]::None).GetAwaiter().GetResult()
        foreach ($domain in 'Page', 'Runtime', 'Log', 'Network') { $null = Invoke-Chromium $browser "$domain.enable" }
        $browser
    }
    catch {
        Stop-Chromium $browser
        throw
    }
}

# Calls a method of the protocol and gives its result. What happens meanwhile is added to the browser's Events.
function Invoke-Chromium {
    param([Parameter(Mandatory)] $Browser, [Parameter(Mandatory)] [string] $Method, [hashtable] $Parameter = @{}, [string] $Until)

    $Browser.Last++
    $call = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json @{ id = $Browser.Last; method = $Method; params = $Parameter } -Depth 9 -Compress))
    $patience = [Threading.CancellationTokenSource]::new(120000)
    $null = $Browser.Socket.SendAsync([ArraySegment[byte]]::new($call), 'Text', $true, $patience.Token).GetAwaiter().GetResult()
    $buffer = [byte[]]::new(1048576)
    $answer = $null
    $hasHappened = -not $Until
    while (-not $answer -or -not $hasHappened) {
        $text = [IO.MemoryStream]::new()
        do {
            $part = $Browser.Socket.ReceiveAsync([ArraySegment[byte]]::new($buffer), $patience.Token).GetAwaiter().GetResult()
            $text.Write($buffer, 0, $part.Count)
        } until ($part.EndOfMessage)
        $message = [Text.Encoding]::UTF8.GetString($text.ToArray()) | ConvertFrom-Json
        if ($message.PSObject.Properties['id']) {
            if ($message.PSObject.Properties['error']) { throw "$Method`: $($message.error.message)" }
            $answer = $message
        }
        else {
            $Browser.Events.Add($message)
            if ($message.method -eq $Until) { $hasHappened = $true }
        }
    }
    $answer.result
}

# Opens a file and waits until it is loaded.
function Open-ChromiumPage {
    param([Parameter(Mandatory)] $Browser, [Parameter(Mandatory)] [string] $Path)
    $Browser.Events.Clear()
    $null = Invoke-Chromium -Browser $Browser -Method 'Page.navigate' -Parameter @{ url = [UriBuilder]::new('file', '', -1, $Path).Uri.AbsoluteUri } -Until 'Page.loadEventFired'
}

# The value of an expression in the page; a promise is waited for.
function Get-ChromiumValue {
    param([Parameter(Mandatory)] $Browser, [Parameter(Mandatory)] [string] $Expression)
    $result = Invoke-Chromium -Browser $Browser -Method 'Runtime.evaluate' -Parameter @{ expression = $Expression; awaitPromise = $true; returnByValue = $true }
    if ($result.PSObject.Properties['exceptionDetails']) { throw $result.exceptionDetails.exception.description }
    $result.result.value
}

# Takes a picture of what is on the screen, in a colour scheme.
function Save-ChromiumPicture {
    param([Parameter(Mandatory)] $Browser, [Parameter(Mandatory)] [string] $Path, [ValidateSet('light', 'dark')] [string] $Scheme = 'light')
    $null = Invoke-Chromium -Browser $Browser -Method 'Emulation.setEmulatedMedia' -Parameter @{ features = @(@{ name = 'prefers-color-scheme'; value = $Scheme }) }
    $picture = Invoke-Chromium -Browser $Browser -Method 'Page.captureScreenshot' -Parameter @{ format = 'png' }
    [IO.File]::WriteAllBytes($Path, [Convert]::FromBase64String($picture.data))
}

# Ends the browser and removes its folder.
function Stop-Chromium {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] $Browser)
    if (-not $PSCmdlet.ShouldProcess("$($Browser.Process.Id)")) { return }
    try { $null = Invoke-Chromium $Browser 'Browser.close' } catch { Write-Verbose "$_" }
    if (-not $Browser.Process.WaitForExit(5000)) { $Browser.Process.Kill() }
    $Browser.Socket.Dispose()
    Remove-Item -LiteralPath $Browser.Folder -Recurse -Force -ErrorAction Ignore
}

Export-ModuleMember -Function Find-Chromium, Get-ChromiumAdvice, Start-Chromium, Invoke-Chromium, Open-ChromiumPage, Get-ChromiumValue, Save-ChromiumPicture, Stop-Chromium
