using System.Linq;

namespace AclAdmin.Commands;

/// <summary>Shows the connections, including those that the environment specifies.</summary>
[Cmdlet(VerbsCommon.Get, "AclConnection")]
[OutputType(typeof(AclConnection))]
public sealed class GetAclConnectionCommand : AclCommand
{
    /// <summary>Only connections with such a name; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Name { get; set; } = "*";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        var found = FindConnections().Where(connection => pattern.IsMatch(connection.Name)).ToArray();
        foreach (var connection in found)
        {
            WriteObject(ConnectionLookup.Show(connection));
        }

        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            WriteFailure(ConnectionLookup.NotFound(Name), Name);
        }
    }
}
