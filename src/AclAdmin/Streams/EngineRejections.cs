using System.Collections;

namespace AclAdmin.Streams;

/// <summary>
/// Counts the rows that the engine rejected before the cmdlet saw them: those for which a script block of the command line threw. The engine writes their
/// error records itself, and the session's list of errors is the only place where a cmdlet can see that; with <c>-ErrorAction Ignore</c> it has none.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class EngineRejections(PSCmdlet cmdlet)
{
    private readonly ArrayList? _errors = cmdlet.GetVariableValue("Error") as ArrayList;
    private object? _latest = Latest(cmdlet.GetVariableValue("Error") as ArrayList);

    /// <summary>How many rows were rejected since the last call.</summary>
    public int Count()
    {
        if (_errors is null)
        {
            return 0;
        }

        var count = 0;
        foreach (var error in _errors)
        {
            // The newest error comes first.
            if (ReferenceEquals(error, _latest))
            {
                break;
            }

            if (error is ErrorRecord record && ReferenceEquals(record.InvocationInfo?.MyCommand, cmdlet.MyInvocation.MyCommand) && record.Exception is ParameterBindingException)
            {
                count++;
            }
        }

        _latest = Latest(_errors);
        return count;
    }

    private static object? Latest(ArrayList? errors) => errors is { Count: > 0 } ? errors[0] : null;
}
