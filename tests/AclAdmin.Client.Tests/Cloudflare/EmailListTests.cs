using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Cloudflare;

/// <summary>Every list of the Email Security settings besides the registry: what is sent, and what comes of the answer.</summary>
public sealed class EmailListTests
{
    /// <summary>A body that creates, a body that changes, and what one of the seeded items shows.</summary>
    public static TheoryData<string, string, string> Lists => new()
    {
        { "allow_policies", """{"pattern":"a@example.com","pattern_type":"EMAIL","is_trusted_sender":true,"is_regex":false,"is_acceptable_sender":false,"is_exempt_recipient":false,"verify_sender":true}""", """{"comments":null,"verify_sender":false}""" },
        { "block_senders", """{"pattern":"203.0.113.0/24","pattern_type":"IP","is_regex":false}""", """{"comments":"Known","pattern":"2001:4860::/32"}""" },
        { "content_policies", """{"name":"Gift cards","enabled":true,"pattern":"gift ?card","targets":["SUBJECT","BODY"]}""", """{"targets":["BODY"],"notes":null}""" },
        { "domains", """{"domain":"example.com","allowed_delivery_modes":["DIRECT"],"regions":["GLOBAL","DE"],"drop_dispositions":[],"ip_restrictions":["192.0.2.0/24"],"lookback_hops":null}""", """{"lookback_hops":3,"folder":"Inbox"}""" },
        { "sending_domain_restrictions", """{"domain":"example.com","exclude":[]}""", """{"exclude":["old.example.com"]}""" },
        { "trusted_domains", """{"pattern":"example.com","is_regex":false,"is_recent":true,"is_similarity":false}""", """{"is_recent":false}""" },
        { "url_ignore_patterns", """{"pattern":"https://example\\.com/.*"}""", """{"comments":"Ours"}""" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Items_are_created_changed_and_removed_with_the_bytes_that_were_specified(string segment, string create, string change)
    {
        await using var stage = await Stage.StartAsync();
        var list = EmailLists.Open(stage, segment);

        var created = await list.CreateAsync(EmailLists.PatchOf(list.Definition.Resource, create));
        var changed = await list.PatchAsync(created!.GetIdentity(), EmailLists.PatchOf(list.Definition.Resource, change));
        var removed = await list.DeleteAsync(created.GetIdentity());

        Assert.Equal(
            [$"POST {EmailLists.PathOf(segment)} {create}", $"PATCH {EmailLists.PathOf(segment)}/{created.GetIdentity()} {change}", $"DELETE {EmailLists.PathOf(segment)}/{created.GetIdentity()} "],
            stage.Requests.Select(request => $"{request.Method} {request.Path} {request.Body}"));
        Assert.True(removed);
        foreach (var field in JObject.Parse(change))
        {
            Assert.True(JToken.DeepEquals(field.Value, changed!.GetField(field.Key) ?? JValue.CreateNull()), field.Key);
        }
    }

    [Theory]
    [InlineData("allow_policies")]
    [InlineData("block_senders")]
    [InlineData("content_policies")]
    [InlineData("domains")]
    [InlineData("sending_domain_restrictions")]
    [InlineData("trusted_domains")]
    [InlineData("url_ignore_patterns")]
    public async Task A_list_is_read_whole_and_shows_what_the_service_sent(string segment)
    {
        await using var stage = await Stage.StartAsync();
        stage.State.SeedItems(segment, 1500);
        var list = EmailLists.Open(stage, segment);

        var read = await list.CountAsync(new ListQuery());
        var one = await list.GetAsync(SandboxIds.Item(segment, 2));
        Assert.Equal(1500, read);
        Assert.Equal(["page=1&per_page=1000", "page=2&per_page=1000"], stage.Requests.Take(2).Select(request => request.Query));
        Assert.True(JToken.DeepEquals(JObject.Parse(stage.State.Show(segment, SandboxIds.Item(segment, 2))!), JObject.Parse(one.ToJson())));
        Assert.Null(one.AdditionalFields);
        Assert.Null(one.GetReadOnlyReason());
    }

    [Theory]
    [InlineData("allow policy", "pattern", "")]
    [InlineData("allow policy", "pattern_type", "UNKNOWN")]
    [InlineData("blocked sender", "comments", "1025")]
    [InlineData("content policy", "name", "257")]
    [InlineData("URL ignore pattern", "pattern", "1025")]
    public void A_value_outside_of_its_limits_is_refused_without_a_request(string noun, string field, string value)
    {
        var text = int.TryParse(value, out var length) ? new string('x', length) : value;

        ResourceDescriptor[] tables = [EmailAllowPolicy.Descriptor, EmailBlockedSender.Descriptor, EmailContentPolicy.Descriptor, EmailUrlIgnorePattern.Descriptor];
        Assert.NotNull(tables.Single(table => table.Noun == noun)[field].Validate(text));
    }

    [Theory]
    [InlineData("lookback_hops", "21")]
    [InlineData("regions", "[]")]
    [InlineData("regions", """["MOON"]""")]
    [InlineData("lookback_hops", "null")]
    [InlineData("domain", "\"other.example\"")]
    public void A_partial_update_of_a_domain_is_refused_where_the_service_would(string field, string json) =>
        Assert.NotNull(EmailDomain.Descriptor[field].Validate(JToken.Parse(json), isUpdate: true));

    [Fact]
    public void A_replacement_of_a_domain_may_contain_null_where_an_update_may_not() =>
        Assert.Null(EmailDomain.Descriptor["lookback_hops"].Validate(JValue.CreateNull()));

    [Fact]
    public async Task A_domain_is_replaced_by_PUT()
    {
        await using var stage = await Stage.StartAsync();
        const string Whole = """{"allowed_delivery_modes":["API"],"regions":["US"],"drop_dispositions":["SPAM"],"ip_restrictions":[]}""";
        var domains = EmailDomain.Definition.OpenClient(stage.Cloudflare, SandboxDefaults.AccountId);

        var replaced = await domains.ReplaceAsync(SandboxIds.Item("domains", 3), EmailLists.PatchOf(EmailDomain.Descriptor, Whole), stage.Observer, Stage.Cancel);

        Assert.Equal(("PUT", Whole), (stage.OnlyRequest.Method, stage.OnlyRequest.Body));
        Assert.Equal(("mail3.example", 1L), (replaced!.Domain, replaced.LookbackHops));
    }

    [Fact]
    public void A_flag_that_has_ended_is_read_where_its_successor_is_missing()
    {
        var policy = EmailAllowPolicy.Definition.Create(() => JObject.Parse("""{"id":"a","is_sender":true,"is_spoof":false}"""), SandboxDefaults.AccountId);

        Assert.Equal((true, false, null), (policy.IsTrustedSender, policy.IsAcceptableSender, policy.IsExemptRecipient));
        Assert.Null(policy.AdditionalFields);
        Assert.Equal("is read-only", EmailAllowPolicy.Descriptor["is_sender"].Validate(true));
    }

    [Theory]
    [InlineData(1, true, "PENDING", "_cf-email-sec-challenge.mail1.example")]
    [InlineData(2, false, null, null)]
    public async Task A_verification_shows_its_record_or_that_none_is_required(int index, bool required, string? status, string? name)
    {
        await using var stage = await Stage.StartAsync();

        var shown = await EmailDomainVerification.ReadAsync(stage.Cloudflare, SandboxDefaults.AccountId, SandboxIds.Item("domains", index), stage.Observer, Stage.Cancel);

        Assert.Equal((required, status, name, !required), (shown.IsRequired, shown.Status, shown.TxtRecordName, shown.IsVerified));
        Assert.Equal($"{EmailLists.PathOf("domains")}/{SandboxIds.Item("domains", index)}/verification", stage.OnlyRequest.Path);
    }

    [Theory]
    [InlineData("someone@example.com", "EMAIL", false, false)]
    [InlineData("example.com", "EMAIL", false, true)]
    [InlineData("a@example.com", "DOMAIN", false, true)]
    [InlineData("2001:db8::/129", "IP", false, true)]
    [InlineData("198.51.100.0/24", "IP", false, false)]
    [InlineData("(", "EMAIL", true, false)]
    public void A_pattern_that_cannot_be_of_its_type_is_an_error(string pattern, string type, bool regex, bool isError)
    {
        var patch = EmailLists.PatchOf(EmailBlockedSender.Descriptor, new JObject { ["pattern"] = pattern, ["pattern_type"] = type, ["is_regex"] = regex }.ToString());

        Assert.Equal(isError, patch.Validate(EmailBlockedSender.Descriptor, []).Count > 0);
        Assert.Equal(regex, EmailBlockedSender.Descriptor.GetWarning(patch) is not null);
    }
}
