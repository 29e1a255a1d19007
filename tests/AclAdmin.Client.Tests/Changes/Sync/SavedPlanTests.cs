using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Changes.Sync;

/// <summary>A saved plan is carried out as it was saved, or not at all.</summary>
public sealed class SavedPlanTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"acladmin-plan-{Guid.NewGuid():N}.json");

    public void Dispose()
    {
        File.Delete(_path);
        File.Delete(_path + ".applied");
    }

    [Fact]
    public async Task A_plan_comes_out_of_its_file_as_it_went_in()
    {
        await using var stage = await Stage.StartAsync();
        var plan = Save(stage);

        var read = AclPlanFile.Load(_path);

        Assert.Equal(plan.ToMarkdown(), read.ToMarkdown());
        Assert.Equal((plan.ToString(), plan.AccountId, plan.Address, plan.Resource), (read.ToString(), read.AccountId, read.Address, read.Resource));
        Assert.Equal(plan.Changes.SelectMany(change => change.Differences.Select(field => (change.Id, field.ToString()))), read.Changes.SelectMany(change => change.Differences.Select(field => (change.Id, field.ToString()))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
        }
    }

    [Fact]
    public async Task A_plan_for_a_list_that_is_as_it_was_makes_the_same_changes()
    {
        await using var stage = await Stage.StartAsync();
        Save(stage);

        var prepared = Prepare(stage);

        Assert.Equal(["""Update {"comments":"2020-01-02T03:04:05"}""", """Create {"name":"New","email":"new@example.com","is_email_regex":false}"""], Desired.Bodies(prepared));
        Assert.Equal(SandboxIds.Entry(20), Assert.Single(prepared.Removals).Change.Id);
    }

    [Fact]
    public async Task A_list_that_has_moved_makes_the_plan_stale_and_the_refusal_names_what_moved()
    {
        await using var stage = await Stage.StartAsync();
        var before = Save(stage).Changes[0].Differences[0].Before;
        await stage.Registry.PatchAsync(SandboxIds.Entry(1), Patch.Entry(("comments", "somebody else's")), stage.Observer, Stage.Cancel);
        await stage.Registry.PatchAsync(SandboxIds.Entry(20), Patch.Entry(("name", "Renamed")), stage.Observer, Stage.Cancel);
        await stage.Registry.CreateAsync(Patch.Entry(("name", "Made meanwhile"), ("email", "NEW@example.com"), ("is_email_regex", false)), stage.Observer, Stage.Cancel);

        var refusal = Assert.Throws<AclException>(() => Prepare(stage));

        Assert.Equal(ErrorKind.StalePlan, refusal.Kind);
        Assert.Contains($"comments of {SandboxIds.Entry(1)} (Finance Team) was {before} and is \"somebody else's\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("and is \"Renamed\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("there is an impersonation registry entry with the email 'new@example.com' by now, ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task An_entry_that_is_gone_makes_the_plan_stale(int entry)
    {
        await using var stage = await Stage.StartAsync();
        Save(stage);
        await stage.Registry.DeleteAsync(SandboxIds.Entry(entry), stage.Observer, Stage.Cancel);

        var refusal = Assert.Throws<AclException>(() => Prepare(stage));

        Assert.Equal(ErrorKind.StalePlan, refusal.Kind);
        Assert.Contains(" is gone. Nothing was sent.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_plan_does_not_touch_may_move()
    {
        await using var stage = await Stage.StartAsync();
        Save(stage);
        await stage.Registry.PatchAsync(SandboxIds.Entry(1), Patch.Entry(("name", "Another name")), stage.Observer, Stage.Cancel);
        await stage.Registry.DeleteAsync(SandboxIds.Entry(5), stage.Observer, Stage.Cancel);

        Assert.Equal(2, Prepare(stage).Steps.Count);
    }

    [Fact]
    public async Task A_plan_for_another_list_account_or_address_is_refused()
    {
        await using var stage = await Stage.StartAsync();
        await using var other = await Stage.StartAsync();
        Save(stage);
        var plan = AclPlanFile.Load(_path);

        var account = ImpersonationRegistryDefinition.Instance.OpenClient(stage.Cloudflare, "0123456789abcdef0123456789abcdef");
        Assert.Contains("for the account '", Refusal(() => SavedPlan<ImpersonationRegistryEntry>.CheckTarget(plan, account)), StringComparison.Ordinal);
        Assert.Contains("for the address '", Refusal(() => SavedPlan<ImpersonationRegistryEntry>.CheckTarget(plan, other.Registry)), StringComparison.Ordinal);
        Assert.Contains("for the list '", Refusal(() => SavedPlan<AccessControlRule>.CheckTarget(plan, stage.Rules)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_claimed_once_and_a_new_plan_at_its_place_may_be_claimed_again()
    {
        await using var stage = await Stage.StartAsync();
        Save(stage);
        PlanClaim.Make(_path, DateTime.UnixEpoch);

        var second = Assert.Throws<AclException>(() => PlanClaim.Make(_path, DateTime.UnixEpoch));
        Save(stage);
        PlanClaim.Make(_path, DateTime.UnixEpoch).Release();
        PlanClaim.Make(_path, DateTime.UnixEpoch);

        Assert.Equal(ErrorKind.PlanFailed, second.Kind);
        Assert.Contains("was applied already, or is being applied: at 1970-01-01 00:00:00Z by ", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_other_content_is_not_replaced_by_a_plan()
    {
        await using var stage = await Stage.StartAsync();
        File.WriteAllText(_path, "name,email\nAnn,ann@example.com\n");

        Assert.Equal(ErrorKind.PlanFailed, Assert.Throws<AclException>(() => AclPlanFile.CheckPlace(_path)).Kind);
        Assert.Equal(ErrorKind.PlanFailed, Assert.Throws<AclException>(() => Save(stage)).Kind);
        Assert.Equal(ErrorKind.PlanFailed, Assert.Throws<AclException>(() => AclPlanFile.Load(_path)).Kind);
        Assert.StartsWith("name,email", File.ReadAllText(_path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_followed_and_a_device_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a privilege there.
            return;
        }

        await using var stage = await Stage.StartAsync();
        var plan = Save(stage);
        var link = _path + ".link";
        File.CreateSymbolicLink(link, _path);
        File.WriteAllText(_path, "");
        AclPlanFile.Save(link, plan);

        Assert.Equal(plan.ToMarkdown(), AclPlanFile.Load(_path).ToMarkdown());
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Contains("a device", Assert.Throws<AclException>(() => AclPlanFile.CheckPlace("/dev/null")).Message, StringComparison.Ordinal);
        Assert.Contains("a device", Assert.Throws<AclException>(() => AclPlanFile.Load("/dev/zero")).Message, StringComparison.Ordinal);
        File.Delete(link);
    }

    public static TheoryData<string, Func<string, string>> Damages() => new()
    {
        { "edited, or a part", text => text.Replace("new@example.com", "evil@example.com", StringComparison.Ordinal) },
        { "edited, or a part", text => Without(text, "sha256") },
        { "it is damaged", text => text[..(text.Length / 2)] },
        { "it is damaged", text => text + "{}" },
        { "it is damaged", _ => "" },
        { "it is damaged", _ => "[]" },
        { "it is damaged", text => text.Replace("\"key\": \"email\"", "\"key\": \"email\", \"key\": \"name\"", StringComparison.Ordinal) },
        { "no plan of AclAdmin", _ => "{}" },
        { "no plan of AclAdmin", _ => """{"aclPlan":"1"}""" },
        { "it has the version 2", text => text.Replace("\"aclPlan\": 1", "\"aclPlan\": 2", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task A_damaged_edited_or_foreign_file_is_refused(string reason, Func<string, string> damage)
    {
        await using var stage = await Stage.StartAsync();
        Save(stage);
        await File.WriteAllTextAsync(_path, damage(await File.ReadAllTextAsync(_path, Stage.Cancel)), Stage.Cancel);

        Assert.Contains(reason, Refusal(() => AclPlanFile.Load(_path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_that_is_not_are_errors_of_the_plan()
    {
        Refusal(() => AclPlanFile.Load(_path));
        Assert.Contains("no/such/folder", Refusal(() => AclPlanFile.Load("/no/such/folder/plan.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_plan_replaces_an_older_one()
    {
        await using var stage = await Stage.StartAsync();
        await File.WriteAllTextAsync(_path, """{"aclPlan": 0}""", Stage.Cancel);

        Save(stage);

        Assert.Equal(3, AclPlanFile.Load(_path).Changes.Count);
        Assert.False(File.Exists(_path + ".new"));
    }

    [Fact]
    public async Task Markdown_of_a_plan_is_a_table_in_which_nothing_from_outside_means_anything()
    {
        await using var stage = await Stage.StartAsync();
        var rows = new List<DesiredRow> { Desired.Row(1, "", ("name", "a|b `c` <img> [x](http://y) @team\n*z*"), ("email", "x@example.com")) };

        var text = AclPlan.Of(Desired.Plan(stage, rows), stage.Registry, SyncKey.Find(ImpersonationRegistryEntry.Descriptor, null), DateTime.UnixEpoch).ToMarkdown();

        Assert.StartsWith("### Plan: 1 to create, 0 to change, 0 to remove, 0 unchanged, 0 not managed here, 20 not listed and left alone\n\nList <code>impersonation&#95;registry</code> of the account", text, StringComparison.Ordinal);
        Assert.Contains("| create | <code>a&#124;b &#96;c&#96; &#60;img&#62; &#91;x&#93;(http&#58;//y) &#64;team&#92;n&#42;z&#42;</code> | <code>name</code> |  |", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("<code>", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Markdown_of_a_long_plan_fits_into_a_comment()
    {
        await using var stage = await Stage.StartAsync();
        var rows = Enumerable.Range(1, 2000).Select(number => Desired.Row(number, "", ("name", $"Name {number}"), ("email", $"new{number}@example.com"))).ToList();

        var text = AclPlan.Of(Desired.Plan(stage, rows), stage.Registry, SyncKey.Find(ImpersonationRegistryEntry.Descriptor, null), DateTime.UnixEpoch).ToMarkdown();

        Assert.InRange(text.Length, 50_000, 65_000);
        Assert.EndsWith(" further changes are not shown.\n", text, StringComparison.Ordinal);
    }

    private static string Refusal(Action action)
    {
        var refusal = Assert.Throws<AclException>(action);
        Assert.Equal(ErrorKind.PlanFailed, refusal.Kind);
        return refusal.Message;
    }

    private static string Without(string text, string name)
    {
        var content = JObject.Parse(text);
        content.Remove(name);
        return content.ToString();
    }

    /// <summary>Saves a plan that changes the first entry, creates one, and removes the last one.</summary>
    private AclPlan Save(Stage stage)
    {
        var rows = Desired.Rows(stage).Take(19).ToList();
        rows[0] = Desired.Row(1, SandboxIds.Entry(1), ("comments", "2020-01-02T03:04:05"));
        rows.Add(Desired.Row(20, "", ("name", "New"), ("email", "new@example.com")));
        var plan = AclPlan.Of(Desired.Plan(stage, rows, removes: true), stage.Registry, SyncKey.Find(ImpersonationRegistryEntry.Descriptor, null), DateTime.UnixEpoch);
        AclPlanFile.Save(_path, plan);
        return plan;
    }

    private SyncPlan<ImpersonationRegistryEntry> Prepare(Stage stage)
    {
        var states = Stage.States(stage);
        return new SavedPlan<ImpersonationRegistryEntry>(ImpersonationRegistryDefinition.Instance, states).Prepare(stage.Registry, AclPlanFile.Load(_path));
    }
}
