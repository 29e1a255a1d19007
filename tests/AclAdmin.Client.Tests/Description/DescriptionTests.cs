using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using AclAdmin.Sandbox.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Description;

/// <summary>
/// Requests against Cloudflare's own OpenAPI description, judged by a validator that knows nothing of this module: the field tables and the sandbox have
/// one author, and could be wrong together. Content policies are newer than the description.
/// </summary>
public sealed class DescriptionTests
{
    /// <summary>For each list of the description: every filter, a body with every field that creates, and one with every field that changes.</summary>
    private static readonly (string Segment, string Query, string Create, string Change)[] Lists =
    [
        ("impersonation_registry",
            "search=john&provenance=A1S_INTERNAL&order=name&direction=asc",
            """{"name":"Jo","email":"jo@example.com","is_email_regex":false,"comments":"","provenance":"A1S_INTERNAL","directory_id":1,"directory_node_id":2,"external_directory_node_id":"3"}""",
            """{"name":"Jo B","email":"jo.b@example.com","is_email_regex":false,"comments":"c","provenance":"A1S_INTERNAL","directory_id":4,"directory_node_id":5,"external_directory_node_id":"6"}"""),
        ("allow_policies",
            "search=a&order=pattern&direction=desc&is_exempt_recipient=true&is_trusted_sender=false&is_acceptable_sender=true&verify_sender=false&pattern_type=EMAIL&pattern=a%40b.example",
            """{"pattern":"a@example.com","pattern_type":"EMAIL","is_regex":false,"is_trusted_sender":true,"is_acceptable_sender":false,"is_exempt_recipient":false,"verify_sender":true,"comments":"c"}""",
            """{"pattern":"192.0.2.1","pattern_type":"IP","is_regex":false,"is_trusted_sender":false,"is_acceptable_sender":true,"is_exempt_recipient":true,"verify_sender":false,"comments":"d"}"""),
        ("block_senders",
            "search=a&order=created_at&direction=asc&pattern_type=DOMAIN&pattern=example.com",
            """{"pattern":"203.0.113.0/24","pattern_type":"IP","is_regex":false,"comments":"c"}""",
            """{"pattern":".*","pattern_type":"DOMAIN","is_regex":true,"comments":"d"}"""),
        ("trusted_domains",
            "search=a&order=pattern&direction=asc&is_recent=true&is_similarity=false&pattern=example.com",
            """{"pattern":"example.com","is_regex":false,"is_recent":true,"is_similarity":false,"comments":"c"}""",
            """{"pattern":".*","is_regex":true,"is_recent":false,"is_similarity":true,"comments":"d"}"""),
        ("sending_domain_restrictions",
            "search=a&order=domain&direction=desc",
            """{"domain":"example.com","exclude":["old.example.com"],"comments":"c"}""",
            """{"domain":"example.org","exclude":[],"comments":"d"}"""),
        ("url_ignore_patterns",
            "",
            """{"pattern":"https://example\\.com/.*","comments":"c"}""",
            """{"pattern":"https://example\\.org/.*","comments":"d"}"""),
        ("domains",
            "search=a&order=domain&direction=asc&allowed_delivery_mode=API&active_delivery_mode=BCC&status=ACTIVE&integration_id=a5dbb180-60ea-4578-84bb-d01a5d4e50c3&domain=a.example&domain=b.example",
            """{"domain":"example.com","allowed_delivery_modes":["DIRECT","BCC"],"regions":["GLOBAL"],"drop_dispositions":["SPAM"],"ip_restrictions":["192.0.2.0/24"],"lookback_hops":null,"folder":null,"integration_id":null,"require_tls_inbound":null,"require_tls_outbound":null,"transport":null}""",
            """{"allowed_delivery_modes":["API"],"regions":["DE"],"drop_dispositions":["MALICIOUS-BEC"],"ip_restrictions":[],"lookback_hops":3,"folder":"Inbox","integration_id":"a5dbb180-60ea-4578-84bb-d01a5d4e50c3","require_tls_inbound":true,"require_tls_outbound":false,"transport":"mx.example.com"}"""),
    ];

    /// <summary>What no cmdlet does, and why.</summary>
    private static readonly Dictionary<string, string> NotCaused = new()
    {
        ["email_security_batch_domains"] = "Cloudflare does not promise that it is carried out as a whole, so domains are written one by one.",
        ["email_security_batch_url_ignore_patterns"] = "Cloudflare does not promise that it is carried out as a whole, so patterns are written one by one.",
        ["email_security_delete_domains"] = "It removes all domains of the account; Remove-EmailDomain removes those that are named.",
    };

    /// <summary>Where a request differs from the description on purpose, and why. The rest of such a request is validated.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["email_security_update_impersonation_registry: body /provenance"] = "Cloudflare's client accepts null since 7.2.0, and is newer than the description.",
        ["email_security_list_domains: query status"] = "The description of August 2026 has lower case. Cloudflare's client 7.3.0 of September 2026 has upper case, and is newer.",
    };

    [Fact]
    public async Task Every_field_table_and_every_operation_that_a_cmdlet_can_cause_is_as_the_description_has_it()
    {
        if (ApiDescription.FindFile() is not { } file)
        {
            Assert.Skip(ApiDescription.NotFound);
            return;
        }

        DescribedFields.Check(file);
        var description = ApiDescription.Read(file);
        await using var stage = await Stage.StartAsync();
        foreach (var (segment, query, create, change) in Lists)
        {
            await UseListAsync(stage, segment, query, create, change);
        }

        await EmailDomainVerification.ReadAsync(stage.Cloudflare, SandboxDefaults.AccountId, SandboxIds.Item("domains", 1), stage.Observer, Stage.Cancel);
        await TestConnectionAsync(stage);

        var problems = new List<string>();
        var validated = new Dictionary<string, HashSet<string>>();
        foreach (var request in stage.Requests)
        {
            if (description.Match(request) is not { } operation)
            {
                problems.Add($"{request.Method} {request.Path} is no operation of the description");
                continue;
            }

            problems.AddRange(operation.Validate(request).Select(problem => $"{operation.Id}: {problem} in {request.Query}{request.Body}"));
            problems.AddRange(request.Status is < 200 or > 299 && request.Fault is null ? [$"{operation.Id}: the sandbox answers with {request.Status}"] : []);
            validated.TryAdd(operation.Id, []);
            validated[operation.Id].UnionWith(request.Query.Split('&').Select(pair => pair.Split('=')[0]));
        }

        problems.AddRange(validated.SelectMany(used => description[used.Key].QueryParameters.Keys.Except(used.Value).Select(name => $"{used.Key}: nothing sends the query parameter {name}")));
        problems.AddRange(description.OperationIds.Except(validated.Keys).Except(NotCaused.Keys).Select(id => $"{id}: nothing causes it, and no reason is given"));
        problems.AddRange(NotCaused.Keys.Where(id => validated.ContainsKey(id) || !description.OperationIds.Contains(id)).Select(id => $"{id}: a reason is given that is none"));
        var differences = problems.ToLookup(problem => Differences.Keys.FirstOrDefault(known => problem.StartsWith(known + ":", StringComparison.Ordinal)));
        problems = [.. differences[null], .. Differences.Keys.Where(known => !differences.Contains(known)).Select(known => $"{known}: a difference is given that is none")];
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        TestContext.Current.TestOutputHelper!.WriteLine($"{validated.Count} of {description.OperationIds.Count} operations validated, {Differences.Count} of them but for a difference on purpose.");
        foreach (var (id, reason) in NotCaused.Concat(Differences))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{id}: {reason}");
        }
    }

    private static async Task UseListAsync(Stage stage, string segment, string query, string create, string change)
    {
        var list = EmailLists.Open(stage, segment);
        var fields = list.Definition.Resource;
        var body = EmailLists.PatchOf(fields, create);
        var patch = EmailLists.PatchOf(fields, change);
        Assert.Equal(fields.WritableFields.Select(field => field.Name).Order(), body.Names.Order());
        Assert.Equal(fields.WritableFields.Where(field => !field.CreateOnly).Select(field => field.Name).Order(), patch.Names.Order());

        await list.CountAsync(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Aggregate(new ListQuery(), (asked, pair) => asked.Filter(pair[0], Uri.UnescapeDataString(pair[1]))));
        var id = (await list.CreateAsync(body))!.GetIdentity();
        await list.GetAsync(id);
        await list.PatchAsync(id, patch);
        var clearable = fields.WritableFields.Where(field => field is { Nullable: true, NullableInUpdate: true, CreateOnly: false });
        await list.PatchAsync(id, Patch.Of(fields, [.. clearable.Select(field => (field.Name, (JToken?)null))]));
        if (segment == "domains")
        {
            await list.ReplaceAsync(id, patch);
            await list.ReplaceAsync(id, body.Only([.. patch.Names]));
        }

        await list.DeleteAsync(id);
        if (list.Definition.Batch != BatchOperations.None)
        {
            BatchItem[] writes =
            [
                new(BatchOperations.Delete, SandboxIds.Item(segment, 2), new FieldPatch()),
                new(BatchOperations.Delete, SandboxIds.Item(segment, 4), new FieldPatch()),
                new(BatchOperations.Update, SandboxIds.Item(segment, 3), patch),
                new(BatchOperations.Create, "", body),
            ];
            await list.BatchAsync(new ResourceBatch([.. writes.Where(write => list.Definition.Batch.HasFlag(write.Operation))]));
        }
    }

    /// <summary>A token that is no user's is verified as the account's.</summary>
    private static async Task TestConnectionAsync(Stage stage)
    {
        stage.Fault(new FaultRule { Kind = FaultKinds.Status, Status = 401, Match = new FaultMatch { PathContains = "/user/" } });
        using var connection = new ApiConnection("test", CloudflareService.Instance, Connections.Bearer(SandboxDefaults.CloudflareToken), new ConnectionOptions
        {
            BaseUri = stage.Sandbox.CloudflareUri,
            AccountId = SandboxDefaults.AccountId,
            Clock = stage.Clock,
        });
        await ConnectionTest.RunAsync(connection, stage.Observer, Stage.Cancel);
    }
}
