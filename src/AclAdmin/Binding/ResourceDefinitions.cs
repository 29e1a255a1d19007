using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>The lists that cmdlets work on, by the type of their items. A further list is one more line here.</summary>
internal static class ResourceDefinitions
{
    private static readonly Dictionary<Type, IResourceDefinition> ByItem = new()
    {
        [typeof(ImpersonationRegistryEntry)] = ImpersonationRegistryDefinition.Instance,
        [typeof(EmailAllowPolicy)] = EmailAllowPolicy.Definition,
        [typeof(EmailBlockedSender)] = EmailBlockedSender.Definition,
        [typeof(EmailContentPolicy)] = EmailContentPolicy.Definition,
        [typeof(EmailDomain)] = EmailDomain.Definition,
        [typeof(EmailSendingDomainRestriction)] = EmailSendingDomainRestriction.Definition,
        [typeof(EmailTrustedDomain)] = EmailTrustedDomain.Definition,
        [typeof(EmailUrlIgnorePattern)] = EmailUrlIgnorePattern.Definition,
        [typeof(AccessControlRule)] = AccessControlRuleDefinition.Instance,
        [typeof(AccessControlListOwner)] = AccessControlListDefinition.Instance,
    };

    /// <summary>The list with items of a type.</summary>
    public static ResourceDefinition<T> Of<T>()
        where T : ApiResource => (ResourceDefinition<T>)ByItem[typeof(T)];

    /// <summary>The list with items of a type.</summary>
    public static IResourceDefinition Of(Type item) => ByItem[item];

    /// <summary>The list of a service by its name in a journal; null where this version knows none.</summary>
    public static IResourceDefinition? Find(string service, string name) =>
        ByItem.Values.FirstOrDefault(definition => definition.Service.Name == service && definition.Name == name);

    /// <summary>The list that a cmdlet works on, which the type argument of its base class names; null where there is none.</summary>
    public static IResourceDefinition? OfCommand(Type command)
    {
        for (var type = command; type is not null; type = type.BaseType)
        {
            if (type.GetGenericArguments().FirstOrDefault(ByItem.ContainsKey) is { } item)
            {
                return ByItem[item];
            }
        }

        return null;
    }
}
