using AclAdmin.Client.Http.Responses;
using AclAdmin.Client.Resources;

namespace AclAdmin.Commands;

/// <summary>A cmdlet that asks for something else about items of a list than their fields.</summary>
/// <typeparam name="T">The items.</typeparam>
public abstract class ItemCommand<T> : ConnectedCommand
    where T : ApiResource
{
    private protected override ServiceProfile Service => ResourceDefinitions.Of<T>().Service;
}
