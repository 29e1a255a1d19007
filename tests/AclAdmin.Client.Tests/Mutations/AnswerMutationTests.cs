using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Mutations;

/// <summary>
/// Whatever is wrong with the answer to a write, nothing is made twice, nothing counts as a success that is none, and nothing counts as a failure with a
/// known outcome that was applied.
/// </summary>
public sealed class AnswerMutationTests
{
    /// <summary>How many mutations each verb is tried with; ACLADMIN_MUTATIONS sets another number, such as 100000.</summary>
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("ACLADMIN_MUTATIONS") ?? "240", CultureInfo.InvariantCulture);

    public static TheoryData<string> Verbs => new("create", "update", "remove", "batch", "create a rule", "update a rule", "replace a rule", "remove a rule");

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Any_answer_with_one_thing_wrong_is_looked_into(string verb)
    {
        var failures = new List<string>();
        for (var seed = 0; seed < Count && failures.Count < 5; seed++)
        {
            var kind = AnswerMutation.Kinds[seed % AnswerMutation.Kinds.Count];
            await using var service = new MutatedService(new Random(seed), kind, isCloudflare: !verb.EndsWith("rule", StringComparison.Ordinal));
            var problem = verb switch
            {
                "batch" => await RunBatchAsync(service),
                _ when verb.EndsWith("rule", StringComparison.Ordinal) => await RunAsync(service, verb, AccessControlRuleDefinition.Instance, null, Rule("old"), Rule("new")),
                _ => await RunAsync(service, verb, ImpersonationRegistryDefinition.Instance, "account", Entry("old"), Entry("new")),
            };
            if (problem is not null)
            {
                failures.Add($"seed {seed}, {kind}: {problem}{service.Story}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static JObject Entry(string name) => new() { ["name"] = $"Name {name}", ["email"] = $"{name}@example.com", ["is_email_regex"] = false, ["comments"] = "kept" };

    private static JObject Rule(string name) =>
        new() { ["name"] = $"Name {name}", ["entries"] = new JArray("1800", name.Length.ToString(CultureInfo.InvariantCulture)), ["field"] = "to", ["operation"] = "exact", ["quantifier"] = "any" };

    private static FieldPatch Body(ResourceDescriptor resource, JObject fields) => Patch.Of(resource, [.. fields.Properties().Select(field => (field.Name, (JToken?)field.Value))]);

    private static async Task<string?> RunAsync<T>(MutatedService service, string verb, ResourceDefinition<T> definition, string? account, JObject old, JObject wanted)
        where T : ApiResource
    {
        var item = service.Add(old);
        service.Add(Other(old));
        using var connection = Connect(service, definition.Service == CarrierXService.Instance);
        var client = definition.OpenClient(connection, account);
        var known = await Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel);
        var id = known.Values.First(each => each.GetDisplayName() == (string?)old["name"]).GetIdentity();
        var action = verb.Split(' ')[0] switch
        {
            "create" => ChangeAction.Create,
            "update" => ChangeAction.Update,
            "replace" => ChangeAction.Replace,
            _ => ChangeAction.Delete,
        };
        var fields = action == ChangeAction.Update ? new JObject { ["name"] = "Name changed" } : wanted;
        var outcome = Outcomes.Apply(new Change<T>
        {
            Action = action,
            Client = client,
            Id = action == ChangeAction.Create ? "" : id,
            Key = id,
            Patch = action == ChangeAction.Delete ? new FieldPatch() : Body(definition.Resource, fields),
            Existing = new ExistingItems<T>(definition.Resource, known.Values),
            IfExists = IfExists.Skip,
        });
        return Judge(service, outcome, action, action == ChangeAction.Create ? wanted : fields, id);
    }

    private static async Task<string?> RunBatchAsync(MutatedService service)
    {
        for (var index = 0; index < 4; index++)
        {
            service.Add(Policy($"old{index}"));
        }

        using var connection = Connect(service, isCarrierX: false);
        var client = EmailAllowPolicy.Definition.OpenClient(connection, "account");
        var known = await Snapshot.ReadAsync(client, SilentObserver.Instance, Stage.Cancel);
        var existing = new ExistingItems<EmailAllowPolicy>(EmailAllowPolicy.Descriptor, known.Values);
        var ids = known.Keys.Order(StringComparer.Ordinal).ToArray();
        var changes = new List<(ChangeAction Action, string Id, JObject Fields)>
        {
            (ChangeAction.Create, "", Policy("new1")),
            (ChangeAction.Create, "", Policy("new2")),
            (ChangeAction.Create, "", Policy("new3")),
            (ChangeAction.Update, ids[0], new JObject { ["comments"] = "changed" }),
            (ChangeAction.Update, ids[1], new JObject { ["comments"] = "changed too" }),
            (ChangeAction.Delete, ids[2], []),
        };
        using var runner = new ChangeRunner<EmailAllowPolicy>(4, SilentObserver.Instance, false, Stage.Cancel, null, 1000);
        foreach (var (action, id, fields) in changes)
        {
            runner.Post(new Change<EmailAllowPolicy>(new ChangeRow(fields, 1))
            {
                Action = action,
                Client = client,
                Id = id,
                Key = id + fields["pattern"],
                Patch = Body(EmailAllowPolicy.Descriptor, fields),
                Existing = existing,
                IfExists = IfExists.Skip,
            });
        }

        var outcomes = Outcomes.DequeueAll(runner);
        return changes.Select((change, index) => Judge(service, outcomes[index], change.Action, change.Fields, change.Id)).FirstOrDefault(problem => problem is not null);
    }

    private static JObject Policy(string name) => new()
    {
        ["pattern"] = $"{name}@example.com",
        ["pattern_type"] = "EMAIL",
        ["is_regex"] = false,
        ["verify_sender"] = true,
        ["is_acceptable_sender"] = true,
        ["is_exempt_recipient"] = false,
        ["is_trusted_sender"] = false,
        ["comments"] = name,
    };

    private static JObject Other(JObject fields)
    {
        var other = (JObject)fields.DeepClone();
        foreach (var field in other.Properties().Where(field => field.Name is "name" or "email"))
        {
            field.Value = "other" + field.Value;
        }

        return other;
    }

    private static ApiConnection Connect(MutatedService service, bool isCarrierX) => isCarrierX ? Connections.ToCarrierX(service.BaseUri) : Connections.ToCloudflare(service.BaseUri);

    /// <summary>Compares what the service has with what the outcome reports.</summary>
    private static string? Judge<T>(MutatedService service, ChangeOutcome<T> outcome, ChangeAction action, JObject fields, string id)
        where T : ApiResource
    {
        var made = action == ChangeAction.Create ? service.Items.Values.Where(item => Shows(item, fields)).ToArray() : [];
        var isApplied = action switch
        {
            ChangeAction.Create => made.Length == 1,
            ChangeAction.Delete => !service.Items.ContainsKey(id),
            _ => Shows(service.Items[id], fields),
        };
        if (made.Length > 1)
        {
            return $"{made.Length} items were made.";
        }

        var isSuccess = outcome.Status is ChangeStatus.Changed or ChangeStatus.Unchanged;
        return isSuccess && !isApplied ? $"{action} is reported as {outcome.Status} and was not applied."
            : isSuccess && action == ChangeAction.Create && outcome.Result?.GetIdentity() is var shown && (shown is null || !Shows(service.Items.GetValueOrDefault(shown) ?? [], fields))
                ? $"{action} is reported with the item '{outcome.Result?.GetIdentity()}'."
            : !isSuccess && isApplied && !(outcome.Error?.OutcomeIsUnknown ?? false) && !IsTakenAtItsWord(outcome.Error) ? $"{action} is reported as {outcome.Status} ({outcome.Error?.Kind}, {outcome.Error}) and was applied."
            : null;
    }

    /// <summary>A refusal of the credential or for the rate has many forms, so it is believed without the service's own errors.</summary>
    private static bool IsTakenAtItsWord(AclException? error) => error is { StatusCode: 401 or 403 or 429, ApiErrors.Count: 0 };

    private static bool Shows(JObject item, JObject fields) => fields.Properties().All(field => JToken.DeepEquals(item[field.Name], field.Value));
}
