using System;
using System.IO;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What can write or revoke can be seen first, whatever its verb is.</summary>
public sealed class ShouldProcessTests
{
    /// <summary>The password grant's POST obtains a token and changes nothing that a service keeps for people; without it there is nothing to preview with.</summary>
    private static readonly string[] ObtainsATokenOnly = ["Connect-CarrierXAccount"];

    private static readonly Lazy<CallGraph> Graph = new(() => new CallGraph(
        Path.Combine(Repository.ModuleOutput, "AclAdmin.dll"), Path.Combine(Repository.ModuleOutput, "AclAdmin.Client.dll")));

    /// <summary>Read from the code: a verb may lie, as Disconnect- did, which revoked a token under $WhatIfPreference.</summary>
    [Fact]
    public void Cmdlets_that_can_send_something_other_than_GET_have_WhatIf_and_Confirm() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where !cmdlet.SupportsShouldProcess && !ObtainsATokenOnly.Contains(cmdlet.Name)
        let use = FindWrite(cmdlet)
        where use is not null
        select $"{cmdlet} does not support ShouldProcess, and {use}",
        "set SupportsShouldProcess = true in its [Cmdlet], and ask ShouldProcess before it sends anything but a GET.");

    /// <summary>Were the reader blind, the rule above would hold forever.</summary>
    [Theory]
    [InlineData("Disconnect-AclConnection")]
    [InlineData("Connect-CarrierXAccount")]
    [InlineData("New-ImpersonationRegistryEntry")]
    [InlineData("Set-ImpersonationRegistryEntry")]
    [InlineData("Remove-ImpersonationRegistryEntry")]
    [InlineData("Update-AccessControlRule")]
    [InlineData("Set-AccessControlRule")]
    public void The_code_of_a_cmdlet_that_writes_shows_it(string name) => Assert.NotNull(FindWrite(Find(name)));

    /// <summary>Did everything reach everything, the rule would be about nothing.</summary>
    [Theory]
    [InlineData("Get-ImpersonationRegistryEntry")]
    [InlineData("Get-AccessControlRule")]
    [InlineData("Get-EffectiveAccessControlList")]
    [InlineData("Get-AclConnection")]
    [InlineData("Test-AclConnection")]
    [InlineData("Connect-CloudflareAccount")]
    public void The_code_of_a_cmdlet_that_only_reads_shows_no_write(string name) => Assert.Null(FindWrite(Find(name)));

    private static Cmdlet Find(string name) => Assert.Single(BuiltModule.Current.Cmdlets, cmdlet => cmdlet.Name == name);

    /// <summary>
    /// What is sent below the services' clients is not followed: the pipeline sends what it is handed, and renews a token on its way.
    /// </summary>
    private static string? FindWrite(Cmdlet cmdlet) => Graph.Value.FindUse(
        $"{cmdlet.Namespace}.{cmdlet.ClassName}",
        IsMethodOtherThanGet,
        method => method.StartsWith("AclAdmin.", StringComparison.Ordinal) && !method.StartsWith("AclAdmin.Client.Http.", StringComparison.Ordinal));

    private static bool IsMethodOtherThanGet(string member) => member is
        "System.Net.Http.HttpMethod::get_Post" or "System.Net.Http.HttpMethod::get_Put" or "System.Net.Http.HttpMethod::get_Delete"
        or "System.Net.Http.HttpMethod::.ctor" or "System.Net.Http.HttpMethod::ctor"
        or "AclAdmin.Client.Http.Requests.ApiRequest::Patch" or "AclAdmin.Client.Http.Requests.ApiRequest::get_Patch";
}
