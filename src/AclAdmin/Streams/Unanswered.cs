using System;
using System.Management.Automation.Host;
using AclAdmin.Client;

namespace AclAdmin.Streams;

/// <summary>What becomes of a question that nobody can be asked: the engine's or the host's own error names neither the removal nor a way out.</summary>
internal static class Unanswered
{
    /// <summary>Whether an exception out of a question is about asking at all. A host refuses it, has no user interface, or has not implemented it.</summary>
    public static bool IsReason(Exception exception) =>
        exception is HostException or InvalidOperationException or NotImplementedException && !EngineFlow.IsControl(exception);

    /// <summary>The error that ends the run.</summary>
    /// <param name="operation">What was to be done.</param>
    /// <param name="target">To what.</param>
    /// <param name="hasForce">Whether the cmdlet has -Force.</param>
    /// <param name="reason">Why nobody can be asked.</param>
    public static AclException ToError(string operation, string target, bool hasForce, Exception reason) => new(
        ErrorKind.NotConfirmed,
        $"\"{operation}\" on \"{target}\" needs a confirmation, and nobody can be asked here: {reason.Message} Nothing was sent for it.",
        hasForce
            ? "Specify -Force, or -Confirm:$false, where nobody can answer. -WhatIf shows beforehand what is removed."
            : "Specify -Confirm:$false where nobody can answer. -WhatIf shows beforehand what is changed.",
        reason);
}
