using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>
/// Plans as files: JSON with a version, which about_AclAdmin_Sync documents. A checksum finds a torn file and an edit by hand, as a plan that was reviewed by
/// one person is applied as it was reviewed. It is no signature: whoever can write the file can also write its checksum.
/// </summary>
public static class AclPlanFile
{
    /// <summary>Rises with a change that older readers would misread.</summary>
    private const int Version = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Saves a plan in a file that its owner alone can read. An existing file is replaced.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: the file cannot be written.</exception>
    public static void Save(string path, AclPlan plan)
    {
        var content = Write(plan);
        content[Names.Checksum] = ChecksumOf(content);
        var bytes = Utf8.GetBytes(content.ToString(Formatting.Indented) + "\n");
        try
        {
            RegularFile.CheckReplaceable(path, "a plan", IsPlan);
            OwnerOnlyFile.Write(path, overwrites: true, file => file.Write(bytes, 0, bytes.Length));
            PlanClaim.Remove(path);
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            throw Unwritable(path, failure);
        }
    }

    /// <summary>Checks that a plan can be saved, before the work of planning.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: there is something else than a plan or an empty file.</exception>
    public static void CheckPlace(string path)
    {
        try
        {
            RegularFile.CheckReplaceable(path, "a plan", IsPlan);
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            throw Unwritable(path, failure);
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: it cannot be read, is damaged, was edited, or is of another version.</exception>
    public static AclPlan Load(string path)
    {
        try
        {
            if (RegularFile.Check(path) && RegularFile.ReadStart(path).Trim('\uFEFF', ' ', '\r', '\n') is { Length: > 0 } start && start[0] is not ('{' or '['))
            {
                throw Unusable(path, "it is no plan of AclAdmin", null);
            }

            var content = Parse(File.ReadAllText(path, Utf8));
            if (content[Names.Version] is not JValue { Value: long version })
            {
                throw Unusable(path, "it is no plan of AclAdmin", null);
            }

            if (version != Version)
            {
                throw Unusable(path, FormattableString.Invariant($"it has the version {version}, and this version of AclAdmin reads {Version}"), null);
            }

            var checksum = content.Property(Names.Checksum);
            checksum?.Remove();
            return (string?)checksum?.Value == ChecksumOf(content)
                ? Read(content)
                : throw Unusable(path, "it is not as it was saved: it was edited, or a part of it is missing", null);
        }
        catch (Exception failure) when (IsFileFailure(failure))
        {
            throw Unusable(path, failure.Message.TrimEnd('.'), failure);
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidCastException or ArgumentException or OverflowException or NullReferenceException)
        {
            throw Unusable(path, "it is damaged", damage);
        }
    }

    private static bool IsPlan(string start) => start.TrimStart('\uFEFF', ' ', '\r', '\n').StartsWith("{", StringComparison.Ordinal) && start.Contains($"\"{Names.Version}\"");

    private static AclException Unwritable(string path, Exception failure) => new(
        ErrorKind.PlanFailed, $"The plan '{DisplayText.Of(path)}' cannot be written: {failure.Message.TrimEnd('.')}.", "Specify the path of a new file, or of a plan to replace.", failure);

    private static bool IsFileFailure(Exception failure) => failure is IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException;

    private static AclException Unusable(string path, string reason, Exception? inner) => new(
        ErrorKind.PlanFailed, $"The plan '{DisplayText.Of(path)}' cannot be carried out: {reason}. Nothing was sent.", "Plan again with -PlanPath.", inner);

    private static JObject Parse(string text)
    {
        // Values of fields are not converted: a text that looks like a time is a text.
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        var content = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        return reader.Read() ? throw new FormatException("There is something after the end.") : content;
    }

    private static string ChecksumOf(JObject content)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Utf8.GetBytes(content.ToString(Formatting.None))).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static JObject Write(AclPlan plan) => new()
    {
        [Names.Version] = Version,
        [Names.CreatedAt] = plan.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        [Names.Service] = plan.Service,
        [Names.Address] = plan.Address,
        [Names.Partner] = plan.Partner,
        [Names.Connection] = plan.Head.Origin.Connection,
        [Names.Account] = plan.AccountId,
        [Names.Resource] = plan.Resource,
        [Names.Key] = plan.Head.Key,
        [Names.ToCreate] = plan.ToCreate,
        [Names.ToChange] = plan.ToChange,
        [Names.ToRemove] = plan.ToRemove,
        [Names.Unchanged] = plan.Unchanged,
        [Names.NotManaged] = plan.NotManaged,
        [Names.NotListed] = plan.NotListed,
        [Names.Failed] = plan.Failed,
        [Names.Changes] = new JArray(plan.Changes.Select(Write)),
    };

    private static JObject Write(AclPlanChange change)
    {
        var content = new JObject
        {
            [Names.Action] = change.Action.ToString().ToLowerInvariant(),
            [Names.Id] = change.Id,
            [Names.Name] = change.Name,
            [Names.Fields] = new JArray(change.Fields.Select(field => new JObject
            {
                [Names.Name] = field.Name,
                [Names.Before] = field.Before,
                [Names.After] = field.After,
            })),
        };
        if (change.IsMasked)
        {
            content[Names.Masked] = true;
        }

        return content;
    }

    private static AclPlan Read(JObject content)
    {
        var createdAt = DateTime.ParseExact(
            (string)content[Names.CreatedAt]!, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        var head = new AclPlanHead(
            new ListOrigin((string)content[Names.Service]!, (string)content[Names.Address]!, (string?)content[Names.Partner], (string?)content[Names.Connection]),
            (string?)content[Names.Account],
            (string)content[Names.Resource]!,
            (string?)content[Names.Key],
            createdAt);
        var counts = new SyncCounts(
            (int)content[Names.ToCreate]!,
            (int)content[Names.ToChange]!,
            (int)content[Names.ToRemove]!,
            (int)content[Names.Unchanged]!,
            (int)content[Names.NotManaged]!,
            (int)content[Names.NotListed]!,
            (int)content[Names.Failed]!);
        return new AclPlan(head, counts, ((JArray)content[Names.Changes]!).Cast<JObject>().Select(ReadChange).ToArray());
    }

    private static AclPlanChange ReadChange(JObject change)
    {
        var action = (string)change[Names.Action]! switch
        {
            "create" => ChangeAction.Create,
            "update" => ChangeAction.Update,
            "delete" => ChangeAction.Delete,
            var other => throw new FormatException($"There is no action '{other}'."),
        };
        var fields = ((JArray)change[Names.Fields]!).Cast<JObject>().Select(field => new AclPlanField((string)field[Names.Name]!, field[Names.Before]!, field[Names.After]!));
        return new AclPlanChange(action, (string?)change[Names.Id], (string?)change[Names.Name], fields.ToArray(), (bool?)change[Names.Masked] ?? false);
    }

    /// <summary>The words of the file. A word never changes its meaning.</summary>
    private static class Names
    {
        public const string Version = "aclPlan";
        public const string CreatedAt = "createdAt";
        public const string Service = "service";
        public const string Address = "address";
        public const string Partner = "partner";
        public const string Connection = "connection";
        public const string Account = "account";
        public const string Resource = "resource";
        public const string Key = "key";
        public const string ToCreate = "toCreate";
        public const string ToChange = "toChange";
        public const string ToRemove = "toRemove";
        public const string Unchanged = "unchanged";
        public const string NotManaged = "notManaged";
        public const string NotListed = "notListed";
        public const string Failed = "failed";
        public const string Changes = "changes";
        public const string Action = "action";
        public const string Id = "id";
        public const string Name = "name";
        public const string Masked = "masked";
        public const string Fields = "fields";
        public const string Before = "before";
        public const string After = "after";
        public const string Checksum = "sha256";
    }
}
