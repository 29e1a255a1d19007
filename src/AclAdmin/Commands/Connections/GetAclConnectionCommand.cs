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
    [ArgumentCompleter(typeof(NoFileCompleter))]
    public string Name { get; set; } = "*";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var pattern = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        foreach (var connection in FindConnections().Where(connection => pattern.IsMatch(connection.Name)))
        {
            WriteObject(ConnectionLookup.Show(connection));
        }
    }
}
