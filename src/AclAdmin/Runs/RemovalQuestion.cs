using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>
/// Asks before a removal in a cmdlet that asks before no other change. The engine knows one impact for a whole cmdlet; the preference of the session
/// holds as it does for a cmdlet that removes and nothing else, and so do the words and the default of the engine's own question.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class RemovalQuestion(PSCmdlet cmdlet)
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Whether the removal is confirmed.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="target">To what.</param>
    public bool IsAnsweredYes(string operation, string target)
    {
        // An explicit -Confirm, or a preference below High, has made the engine ask already; -Confirm:$false has answered.
        var isNeverAsked = cmdlet.GetVariableValue("ConfirmPreference") is { } preference
            && LanguagePrimitives.TryConvertTo<ConfirmImpact>(preference, out var threshold)
            && threshold == ConfirmImpact.None;
        return cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
            || isNeverAsked
            || cmdlet.AsksToContinue(operation, target, ref _yesToAll, ref _noToAll);
    }
}
