using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>What holds for every parameter.</summary>
public sealed class ParameterTests
{
    private static readonly string[] SecretWords = ["Token", "Key", "Secret", "Password"];
    private static readonly string[] SecretTypes = [EngineTypes.SecureString, EngineTypes.Credential, EngineTypes.Switch];

    /// <summary>What the engine gives every cmdlet, with its short names; PowerShell 7.4 added the last two.</summary>
    private static readonly string[] CommonNames =
    [
        "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa", "InformationAction", "infa", "ErrorVariable", "ev",
        "WarningVariable", "wv", "InformationVariable", "iv", "OutVariable", "ov", "OutBuffer", "ob", "PipelineVariable", "pv",
        "WhatIf", "wi", "Confirm", "cf", "ProgressAction", "proga",
    ];

    private static readonly string[] PagingNames = ["First", "Skip", "IncludeTotalCount"];

    /// <summary>The engine binds fields too, but whoever reads the parameters, as the row reader does, looks at properties.</summary>
    [Fact]
    public void Parameters_are_properties_with_public_get_and_set() => Rule.Holds(
        Breaches(
            (_, parameter) => !parameter.IsPublicProperty,
            (_, _) => "is no property with a public get and a public set"),
        "declare it as 'public <type> <name> { get; set; }'; the engine overlooks what is not public.");

    /// <summary>Two parameters with one name end in an error as soon as the cmdlet is first used, whatever was asked of it.</summary>
    [Fact]
    public void Names_and_aliases_belong_to_one_parameter() => Rule.Holds(
        BuiltModule.Current.Cmdlets.SelectMany(cmdlet => cmdlet.Parameters
            .SelectMany(
                parameter => parameter.Names.Distinct(StringComparer.OrdinalIgnoreCase),
                (parameter, name) => (name, owner: parameter.ToString()))
            .Concat(CommonNames.Concat(cmdlet.SupportsPaging ? PagingNames : []).Select(name => (name, owner: "the engine")))
            .GroupBy(pair => pair.name, pair => pair.owner, StringComparer.OrdinalIgnoreCase)
            .Where(owners => owners.Count() > 1)
            .Select(owners => $"{cmdlet}: '{owners.Key}' belongs to {string.Join(" and ", owners)}")),
        "leave the name or alias to one of them.");

    /// <summary>
    /// Left alone, the engine drops what does not convert ('True' for a bool) without a word and makes 0 of an empty cell, as measured in
    /// PowerShell 7; so a reader of our own comes first. Texts that say which thing or account is meant need none, as they are opaque.
    /// </summary>
    [Fact]
    public void Cells_are_never_converted_by_the_engine_alone() => Rule.Holds(
        Breaches(
            (cmdlet, parameter) => parameter is { TakesColumns: true, IsSwitch: false, Transformations.Count: 0 }
                && !IsReference(cmdlet, parameter),
            (_, parameter) => $"({parameter.Type}) takes columns without a transformation attribute"),
        "tie it to its field with the attribute of its resource, or give it another that derives from ArgumentTransformationAttribute.");

    /// <summary>A cell that a short row lacks would switch it on, as measured in PowerShell 7, and it has no third state anyway.</summary>
    [Fact]
    public void Switches_are_never_filled_from_columns() => Rule.Holds(
        Breaches(
            (_, parameter) => parameter is { TakesColumns: true, IsSwitch: true },
            (_, _) => "is a switch that takes columns"),
        "drop ValueFromPipelineByPropertyName; if it is a field, make it a bool? with its field attribute.");

    /// <summary>A secret in plain text stays in the history and in the transcript. The key of a desired state is the name of a column.</summary>
    [Fact]
    public void Secrets_are_secure_strings_or_credentials() => Rule.Holds(
        Breaches(
            (cmdlet, parameter) => parameter.Names.Any(SoundsSecret) && !(cmdlet.Verb == "Sync" && parameter.Name == "Key") && !SecretTypes.Contains(parameter.Type),
            (_, parameter) => $"sounds like a secret and is a {parameter.Type}"),
        "make it a SecureString (or a PSCredential), or find a name that does not say Token, Key, Secret or Password.");

    /// <summary>The engine's message for a failed conversion repeats what was given, and so would show the secret.</summary>
    [Fact]
    public void Plain_text_for_a_secret_is_refused_before_the_engine_repeats_it() => Rule.Holds(
        Breaches(
            (_, parameter) => parameter.Type == EngineTypes.SecureString
                && !parameter.Transformations.Contains(EngineTypes.SecretAttribute),
            (_, _) => "is a SecureString without [SecretArgument]"),
        "add [SecretArgument].");

    private static IEnumerable<string> Breaches(Func<Cmdlet, Parameter, bool> isBreach, Func<Cmdlet, Parameter, string> problem) =>
        from cmdlet in BuiltModule.Current.Cmdlets
        from parameter in cmdlet.Parameters
        where isBreach(cmdlet, parameter)
        select $"{cmdlet} {parameter} {problem(cmdlet, parameter)}";

    /// <summary>Where no field table says what the identity is called, every text may be one.</summary>
    private static bool IsReference(Cmdlet cmdlet, Parameter parameter) =>
        parameter.Type is "System.String" or "System.String[]"
        && (parameter.AnswersTo("account_id")
            || cmdlet.FieldTable is not { } table
            || table.IdentityAliases.Append(table.Identity.Name).Any(parameter.AnswersTo));

    private static bool SoundsSecret(string name)
    {
        var rest = name.Replace("Keyboard", "", StringComparison.OrdinalIgnoreCase);
        return SecretWords.Any(word => rest.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
