# A stub of the part of GitHub's API that comments on a pull request, on loopback. It keeps what it is sent.

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Start-GitHubStub {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $listener = [Net.HttpListener]::new()
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $address = "http://127.0.0.1:$($probe.LocalEndpoint.Port)"
    $probe.Stop()
    $listener.Prefixes.Add("$address/")
    $listener.Start()

    $stub = [hashtable]::Synchronized(@{
            Address = $address; Listener = $listener; Status = 0
            Requests = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new()); Comments = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
        })
    $stub.Server = [powershell]::Create()
    $null = $stub.Server.AddScript({
            param($stub)
            while ($stub.Listener.IsListening) {
                try { $context = $stub.Listener.GetContext() } catch { return }
                $body = [IO.StreamReader]::new($context.Request.InputStream, [Text.Encoding]::UTF8).ReadToEnd()
                $null = $stub.Requests.Add([pscustomobject] @{
                        Method = $context.Request.HttpMethod; Path = $context.Request.RawUrl; Authorization = $context.Request.Headers['Authorization']; Body = $body
                    })
                $status, $answer = 404, @{ message = 'Not Found' }
                if ($stub.Status) {
                    $status, $answer = $stub.Status, @{ message = 'Refused' }
                }
                elseif ($context.Request.HttpMethod -eq 'GET') {
                    $query = $context.Request.QueryString
                    $status, $answer = 200, @($stub.Comments | Select-Object -Skip (([int] $query['page'] - 1) * [int] $query['per_page']) -First ([int] $query['per_page']))
                }
                elseif ($context.Request.HttpMethod -eq 'POST') {
                    $added = [pscustomobject] @{ id = $stub.Comments.Count + 1; body = ($body | ConvertFrom-Json).body; user = @{ login = 'github-actions[bot]' }; html_url = 'added' }
                    $null = $stub.Comments.Add($added)
                    $status, $answer = 201, $added
                }
                elseif ($context.Request.HttpMethod -eq 'PATCH' -and $context.Request.RawUrl -match 'comments/(\d+)$') {
                    $updated = $stub.Comments[[int] $Matches[1] - 1]
                    $updated.body = ($body | ConvertFrom-Json).body
                    $status, $answer = 200, $updated
                }
                $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $answer -Depth 4))
                $context.Response.StatusCode = $status
                $context.Response.ContentType = 'application/json; charset=utf-8'
                $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
                $context.Response.Close()
            }
        }).AddArgument($stub)
    $stub.Running = $stub.Server.BeginInvoke()
    $stub
}

function Reset-GitHubStub {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $Stub)

    $Stub.Status = 0
    $Stub.Requests.Clear()
    $Stub.Comments.Clear()
}

function Add-GitHubComment {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $Stub, [Parameter(Mandatory)] [string] $Author, [Parameter(Mandatory)] [string] $Body)

    $null = $Stub.Comments.Add([pscustomobject] @{ id = $Stub.Comments.Count + 1; body = $Body; user = @{ login = $Author }; html_url = 'earlier' })
}

function Stop-GitHubStub {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $Stub)

    $Stub.Listener.Stop()
    $null = $Stub.Server.EndInvoke($Stub.Running)
    $Stub.Server.Dispose()
}

Export-ModuleMember -Function Start-GitHubStub, Reset-GitHubStub, Add-GitHubComment, Stop-GitHubStub
