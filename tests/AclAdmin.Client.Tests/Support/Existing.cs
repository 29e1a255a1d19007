using System.Linq;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>What a list contains now, as a run knows it that has read the list, without the requests.</summary>
internal static class Existing
{
    /// <summary>How often a create whose answer was lost is looked for before it is sent again.</summary>
    public const int Looks = 4;

    public static ExistingItems<ImpersonationRegistryEntry> Entries(Stage stage) => new(
        ImpersonationRegistryEntry.Descriptor,
        stage.State.Entries.All().Select(entry => ImpersonationRegistryDefinition.Instance.Create(
            () => new JObject { ["id"] = entry.Id, ["name"] = entry.Name, ["email"] = entry.Email, ["comments"] = entry.Comments, ["is_email_regex"] = entry.IsEmailRegex },
            SandboxDefaults.AccountId)));

    public static ExistingItems<AccessControlRule> Rules(Stage stage) => new(
        AccessControlRule.Descriptor,
        stage.State.Rules.All().Select(rule => new AccessControlRule(new JObject
        {
            ["rule_sid"] = rule.RuleSid,
            ["entries"] = new JArray(rule.Entries.Cast<object>().ToArray()),
            ["field"] = rule.Field,
            ["name"] = rule.Name,
            ["operation"] = rule.Operation,
            ["quantifier"] = rule.Quantifier,
        })));

    /// <summary>The methods of a create that is looked for so many times between its tries.</summary>
    public static string[] Methods(params int[] looksAfterEachTry) =>
        looksAfterEachTry.SelectMany(looks => Enumerable.Repeat("GET", looks).Prepend("POST")).ToArray();
}
