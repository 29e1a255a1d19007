using System;
using System.Linq;
using AclAdmin.Client.Http.Credentials;

namespace AclAdmin.Streams;

/// <summary>The one way to a host besides results and error records: every text that a cmdlet writes or asks is fit to be shown.</summary>
internal static class HostOutput
{
    private static readonly string[] LineEnds = ["\r\n", "\n"];

    /// <summary>Writes to the verbose stream.</summary>
    public static void ShowVerbose(this Cmdlet cmdlet, string text) => cmdlet.WriteVerbose(Whole(text));

    /// <summary>Writes a warning.</summary>
    public static void ShowWarning(this Cmdlet cmdlet, string text) => cmdlet.WriteWarning(Whole(text));

    /// <summary>Writes a text of several lines to the debug stream.</summary>
    public static void ShowDebug(this Cmdlet cmdlet, string text) => cmdlet.WriteDebug(string.Join(Environment.NewLine, text.Split(LineEnds, StringSplitOptions.None).Select(Whole)));

    /// <summary>Writes a line for the screen, which can be redirected.</summary>
    public static void ShowLine(this Cmdlet cmdlet, string text, string[] tags) => cmdlet.WriteInformation(new HostInformationMessage { Message = Whole(text) }, tags);

    /// <summary>Shows progress.</summary>
    public static void ShowProgress(this Cmdlet cmdlet, ProgressRecord record)
    {
        record.Activity = Whole(record.Activity);
        record.StatusDescription = Whole(record.StatusDescription);
        cmdlet.WriteProgress(record);
    }

    /// <summary>Asks, by -WhatIf and -Confirm.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="target">The target of the operation.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="details">What follows on them, made of texts that are fit to be shown, and of colours; empty for nothing.</param>
    public static bool AsksToProcess(this Cmdlet cmdlet, string target, string operation, string details = "")
    {
        (target, operation, details) = (Whole(target), Whole(operation), Redactor.RedactAll(details));
        return details.Length == 0
            ? cmdlet.ShouldProcess(target, operation)
            : cmdlet.ShouldProcess($"Performing the operation \"{operation}\" on target \"{target}\": {details}", $"{operation} on {target}: {details}", "Confirm");
    }

    /// <summary>Asks whatever -Confirm is.</summary>
    public static bool AsksToContinue(this Cmdlet cmdlet, string operation, string target, ref bool yesToAll, ref bool noToAll) => cmdlet.ShouldContinue(
        $"Are you sure you want to perform this action?{Environment.NewLine}Performing the operation \"{Whole(operation)}\" on target \"{Whole(target)}\".",
        "Confirm",
        hasSecurityImpact: false,
        ref yesToAll,
        ref noToAll);

    private static string Whole(string text) => HostText.Of(text, int.MaxValue);
}
