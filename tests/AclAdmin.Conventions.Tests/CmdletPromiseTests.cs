using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What a cmdlet's attributes promise to those who run it.</summary>
public sealed class CmdletPromiseTests
{
    /// <summary>What will happen can be seen first: without ShouldProcess there is no <c>-WhatIf</c>.</summary>
    [Fact]
    public void Cmdlets_that_change_a_service_have_WhatIf_and_Confirm() => Rule.Holds(
        BuiltModule.Current.Cmdlets
            .Where(cmdlet => cmdlet.ChangesService && !cmdlet.SupportsShouldProcess)
            .Select(cmdlet => $"{cmdlet} does not support ShouldProcess"),
        "set SupportsShouldProcess = true in its [Cmdlet], and ask ShouldProcess before every write.");

    /// <summary>What is deleted cannot be had back from the services, so people are asked unless they say otherwise.</summary>
    [Fact]
    public void Cmdlets_that_remove_ask_by_default() => Rule.Holds(
        BuiltModule.Current.Cmdlets
            .Where(cmdlet => cmdlet.Verb == "Remove" && cmdlet.ConfirmImpact != "High")
            .Select(cmdlet => $"{cmdlet} has the confirm impact {cmdlet.ConfirmImpact}"),
        "set ConfirmImpact = ConfirmImpact.High in its [Cmdlet].");

    /// <summary>
    /// Get-Help and the completion of members after a pipe read the output type. Only what takes away, and has no <c>-PassThru</c>, writes
    /// nothing.
    /// </summary>
    [Fact]
    public void Cmdlets_that_write_something_say_its_type() => Rule.Holds(
        BuiltModule.Current.Cmdlets
            .Where(cmdlet => cmdlet.OutputTypes.Count == 0)
            .Where(cmdlet => cmdlet.Verb is not ("Disconnect" or "Remove") || cmdlet.Find("PassThru") is not null)
            .Select(cmdlet => $"{cmdlet} declares no output type"),
        "put [OutputType(typeof(...))] on the class itself; the engine does not look at base classes for it.");
}
