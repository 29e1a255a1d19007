using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>Parameters that many cmdlets have, and that mean the same on each.</summary>
public sealed class SharedParameterTests
{
    private const string ConnectionType = "AclAdmin.AclConnection";

    /// <summary>An access control list is part of another object, which is read and compared in any case.</summary>
    private const string AlwaysCompared = "AccessControlList";

    private static readonly Dictionary<string, string> OfEdits = new()
    {
        ["Clear"] = "System.String[]",
        ["EmptyValue"] = "AclAdmin.Binding.EmptyValue",
        ["ListSeparator"] = "System.String",
        ["PassThru"] = EngineTypes.Switch,
        ["SkipUnchanged"] = EngineTypes.Switch,
        ["ThrottleLimit"] = "System.Int32",
    };

    /// <summary>Several connections live side by side, so each call can name its own.</summary>
    [Fact]
    public void Cmdlets_that_talk_to_a_service_take_a_connection() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where TalksToService(cmdlet)
        let problem = ConnectionProblem(cmdlet.Find("Connection"))
        where problem is not null
        select $"{cmdlet} {problem}",
        $"derive it from the base class for connected cmdlets, or declare -Connection as {ConnectionType} with [ConnectionArgument].");

    /// <summary>What one learns for one edit holds for all of them.</summary>
    [Fact]
    public void Edits_share_their_parameters() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where cmdlet.Verb is "Set" or "Update"
        from shared in OfEdits
        where !(shared.Key == "SkipUnchanged" && cmdlet.Noun == AlwaysCompared)
        let parameter = cmdlet.Find(shared.Key)
        where parameter?.Type != shared.Value
        select $"{cmdlet} {(parameter is null ? $"has no -{shared.Key}" : $"{parameter} is a {parameter.Type}, not a {shared.Value}")}",
        "derive it from the base class for rows, where they are declared once.");

    /// <summary>
    /// A list of several accounts is edited in one go, so the account comes from the command line or from a column. A Sync- run keeps
    /// one list, so its parameter is for the whole run, and a column may only repeat it.
    /// </summary>
    [Fact]
    public void Cmdlets_for_Cloudflare_resources_take_the_account_also_from_a_column() => Rule.Holds(
        from cmdlet in BuiltModule.Current.Cmdlets
        where cmdlet.ResourceType?.StartsWith("AclAdmin.Client.Cloudflare.", StringComparison.Ordinal) == true
        where cmdlet.Find("AccountId") is not { } account || !(account.TakesColumns || cmdlet.Verb == "Sync") || !account.AnswersTo("account_id")
        select $"{cmdlet} has no -AccountId that answers to account_id and takes columns",
        "declare AccountId with ValueFromPipelineByPropertyName and [Alias(\"account_id\")].");

    /// <summary>A connection is given as an object or by its name, which takes a transformation.</summary>
    private static string? ConnectionProblem(Parameter? connection) => connection switch
    {
        null => "has no -Connection",
        { Type: not (ConnectionType or ConnectionType + "[]") } => $"has a -Connection of type {connection.Type}",
        { Transformations.Count: 0 } => "has a -Connection that does not take a name",
        _ => null,
    };

    /// <summary>All but those that make and end connections, or only read what this machine keeps: its connections, its journal.</summary>
    private static bool TalksToService(Cmdlet cmdlet) =>
        cmdlet.Verb is not ("Connect" or "Disconnect" or "Export")
        && !(cmdlet.Verb == "Get" && cmdlet.Noun.StartsWith("Acl", StringComparison.Ordinal));
}
