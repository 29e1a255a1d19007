using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AclAdmin.Sandbox;
using Xunit;

namespace AclAdmin.Client.Tests.Description;

/// <summary>
/// The sandbox against Cloudflare's own client for Node.js: what the client sends is accepted, and it can read what comes back. The tests of this module
/// trust the sandbox, which has the same author.
/// </summary>
public sealed class NpmClientTests
{
    private const string NoClient =
        "Cloudflare's client for Node.js is not here. To run this test, install it with 'npm install --prefix <folder> cloudflare@7.3.0' and set ACLADMIN_NPM_CLIENT to the folder.";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_sandbox_understands_every_call_of_Cloudflares_own_client()
    {
        var folder = Environment.GetEnvironmentVariable("ACLADMIN_NPM_CLIENT");
        Assert.SkipUnless(folder is { Length: > 0 }, NoClient);

        var package = Path.Combine(folder!, "node_modules", "cloudflare", "package.json");
        Assert.True(File.Exists(package), $"ACLADMIN_NPM_CLIENT is {folder}, and {package} is not there.");
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Entries = 30 }, Stage.Cancel);
        using var node = Process.Start(new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "npm-client.mjs"), sandbox.CloudflareUri.AbsoluteUri.TrimEnd('/'), SandboxDefaults.AccountId, SandboxDefaults.CloudflareToken,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(Stage.Cancel);
            var errors = node.StandardError.ReadToEndAsync(Stage.Cancel);
            await node.WaitForExitAsync(Stage.Cancel).WaitAsync(TimeLimit, Stage.Cancel);
            // Each call that failed is a line before the last one.
            Assert.Equal("54 calls, 0 failed\n", (await output + await errors).ReplaceLineEndings("\n"));
            Assert.Equal(0, node.ExitCode);
        }
        finally
        {
            node.Kill(entireProcessTree: true);
        }

        var version = JsonNode.Parse(await File.ReadAllTextAsync(package, Stage.Cancel))!["version"];
        TestContext.Current.TestOutputHelper!.WriteLine($"54 calls of cloudflare {version} succeeded, {sandbox.State.Log.Requests().Count} requests.");
    }
}
