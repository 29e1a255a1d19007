using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Http.Requests;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What the client library shows to its callers.</summary>
public sealed class ClientApiTests
{
    /// <summary>The error ids that the design promises. Scripts compare with them, so none may go, change or come unseen.</summary>
    private static readonly string[] ErrorIds =
    [
        "NotConnected", "InvalidCell", "ValidationFailed", "NothingToUpdate", "DirectorySyncedEntry", "ReadOnlyRule", "NotFound",
        "Conflict", "AlreadyExists", "OutcomeUnknown", "NotSent", "Drifted", "TooManyRemovals", "PlanFailed", "StalePlan", "JournalFailed", "FileFailed", "NotConfirmed", "InternalError", "AuthenticationFailed", "PermissionDenied", "RateLimited", "Timeout", "Unreachable", "UnexpectedResponse", "ApiError",
    ];

    /// <summary>Ctrl+C must reach whatever can wait. Held against interfaces too, so that every implementation has it.</summary>
    [Fact]
    public void Methods_that_can_wait_end_with_a_cancellation_token() => Rule.Holds(
        from type in typeof(AclException).Assembly.GetExportedTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.Name.EndsWith("Async", StringComparison.Ordinal) || IsTask(method.ReturnType)
        where method.GetParameters().LastOrDefault()?.ParameterType is var last && last != typeof(CancellationToken) && last != typeof(RequestCancellation)
        select $"{type.FullName}.{method.Name} does not end with a CancellationToken or RequestCancellation",
        "add 'CancellationToken cancellationToken' as the last parameter, and hand it on.");

    /// <summary>The kinds are the error ids.</summary>
    [Fact]
    public void Error_kinds_are_exactly_the_error_ids_of_the_design()
    {
        var kinds = Enum.GetNames<ErrorKind>();
        Rule.Holds(
            ErrorIds.Except(kinds).Select(id => $"ErrorKind has no {id}")
                .Concat(kinds.Except(ErrorIds).Select(kind => $"the design has no {kind}")),
            "error ids are a contract: change the design first, then ErrorKind and the list in this test.");
    }

    /// <summary>Get-Member of a result shows fields. What the module itself asks of a result is internal.</summary>
    [Fact]
    public void Results_show_fields_and_their_JSON() => Rule.Holds(
        from type in FieldTables.Resources
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where !method.IsSpecialName && method.Name is not ("ToJson" or "ToString" or "Equals" or "GetHashCode" or "GetType")
        select $"{type.FullName} shows {method.Name}()",
        "make the method internal, or a property if it is a field of the item.");

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
