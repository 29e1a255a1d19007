# What a service shows and is not understood is never written back: a listener answers each GET with a shape that is wrong, and counts the writes.

Describe 'Shapes that are not understood' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support/Start.ps1')
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $shared = [hashtable]::Synchronized(@{ Body = '{}'; Writes = 0; Listener = $listener })
        $server = [powershell]::Create().AddScript({
                param($shared)
                while ($shared.Listener.IsListening) {
                    try { $context = $shared.Listener.GetContext() } catch { break }
                    if ($context.Request.HttpMethod -ne 'GET') { $shared.Writes++ }
                    $bytes = [Text.Encoding]::UTF8.GetBytes($shared.Body)
                    $context.Response.ContentType = 'application/json'
                    $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
                    $context.Response.Close()
                }
            }).AddArgument($shared)
        $null = $server.BeginInvoke()
        $sid = $rules[1].rule_sid
        $group = '9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260'
    }
    BeforeEach {
        Reset-Test
        $token = [Net.NetworkCredential]::new('', 'c0ffee00-0000-4000-8000-000000000001').SecurePassword
        $odd = Connect-CarrierXAccount -AccessToken $token -BaseUri "http://127.0.0.1:$port/" -Name Odd -PassThru
        $shared.Writes = 0
    }
    AfterAll {
        $listener.Stop()
        $server.Dispose()
        Stop-Sandbox $sandbox
    }

    It 'no list is written beside one with <Field>' -ForEach @(
        @{ Field = '"access_control_rules":"r1"' }, @{ Field = '"access_control_rules":{"a":"r1"}' }, @{ Field = '"access_control_rules":[17,true]' }, @{ Field = '"access_control_rules":null' }
        @{ Field = '"access_control_rules":["r1"],"voice_action_true":17' }
    ) {
        $shared.Body = "{`"trunk_group_sid`":`"$group`",`"name`":`"G`",`"acls`":[{`"direction`":`"any`",$Field},{`"direction`":`"inbound`",`"access_control_rules`":[]}]}"
        foreach ($call in @(
                { Add-AccessControlListRule -Connection $odd -TrunkGroupSid $group -Index 1 -Rule $sid }, { Add-AccessControlListRule -Connection $odd -TrunkGroupSid $group -Index 2 -Rule $sid }
                { Set-AccessControlList -Connection $odd -TrunkGroupSid $group -Index 2 -VoiceActionTrue accept }, { New-AccessControlList -Connection $odd -TrunkGroupSid $group -Direction outbound -VoiceActionTrue accept }
                { Remove-AccessControlList -Connection $odd -TrunkGroupSid $group -Index 2 -Force }, { Remove-AccessControlListRule -Connection $odd -TrunkGroupSid $group -Index 1 -Rule $sid -Force })) {
            (Invoke-Recorded $call).Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse' -Because "$call"
        }
        $shared.Writes | Should -BeExactly 0
    }

    It 'no entries are written beside <Entries>' -ForEach @(@{ Entries = '"1800"' }, @{ Entries = '{"0":"1800"}' }, @{ Entries = '["1800",17]' }, @{ Entries = '["1800",true]' }, @{ Entries = 'null' }) {
        $shared.Body = "{`"rule_sid`":`"$sid`",`"name`":`"R`",`"entries`":$Entries}"
        foreach ($call in @({ Update-AccessControlRule $sid -AddEntry 1900 -Connection $odd }, { Update-AccessControlRule $sid -RemoveEntry 17 -Connection $odd -WhatIf })) {
            (Invoke-Recorded $call).Errors | Get-ErrorId | Should -BeExactly 'UnexpectedResponse' -Because "$call"
        }
        $shared.Writes | Should -BeExactly 0
    }
}
