using System.Collections;
using System.Linq;

namespace AclAdmin.Streams;

/// <summary>
/// The list behind <c>-ErrorVariable</c>. Where an error ends the run, the engine adds that error alone; the other rows that were read belong in the
/// list as well, as it is the retry list.
/// </summary>
/// <param name="list">The list; null where the caller specified none.</param>
internal sealed class ErrorVariable(ArrayList? list)
{
    /// <summary>The list of a cmdlet's call.</summary>
    public static ErrorVariable Of(PSCmdlet cmdlet)
    {
        var name = cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorVariable", out var bound) ? bound as string : null;
        return new ErrorVariable(name is { Length: > 0 } ? cmdlet.GetVariableValue(name.TrimStart('+')) as ArrayList : null);
    }

    /// <summary>Adds a record that the engine did not.</summary>
    public void Add(ErrorRecord record) => list?.Add(record);

    /// <summary>Removes copies of a failure: the engine adds a failure that ends the cmdlet again, although its record is in the list already.</summary>
    /// <param name="failure">The exception of the record.</param>
    public void RemoveCopies(System.Exception failure)
    {
        if (list is null)
        {
            return;
        }

        var seen = false;
        foreach (var item in list.Cast<object>().ToArray())
        {
            var exception = item switch
            {
                ErrorRecord record => record.Exception,
                CmdletInvocationException invocation => invocation.ErrorRecord?.Exception ?? invocation.InnerException,
                ActionPreferenceStopException stop => stop.ErrorRecord?.Exception,
                _ => null,
            };
            if (!ReferenceEquals(exception, failure) && !ReferenceEquals(exception?.InnerException, failure))
            {
                continue;
            }

            if (seen)
            {
                list.RemoveAt(list.LastIndexOf(item));
            }

            seen = true;
        }
    }
}
