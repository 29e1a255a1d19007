using System;
using AclAdmin.Client.Resources;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Cloudflare;

/// <summary>A name and an address that Cloudflare Email Security protects from impersonation.</summary>
public sealed class ImpersonationRegistryEntry : EmailSecurityItem
{
    /// <summary>The provenance of entries made by hand or through the API; every other one belongs to a directory integration.</summary>
    public const string InternalProvenance = "A1S_INTERNAL";

    /// <summary>
    /// The field table, from Cloudflare's OpenAPI description (August 2026). It states no limit for <c>email</c> and <c>comments</c>, so none applies.
    /// </summary>
    public static readonly ResourceDescriptor Descriptor = new(
        "impersonation registry entry",
        "impersonation registry entries",
        "id",
        new FieldDescriptor("comments", FieldKind.Text) { Nullable = true, Columns = EmailSecurityFields.NoteColumns },
        new FieldDescriptor("created_at", FieldKind.Timestamp) { Writable = false },
        new FieldDescriptor("directory_id", FieldKind.Integer) { Nullable = true },
        new FieldDescriptor("directory_node_id", FieldKind.Integer) { Nullable = true },
        new FieldDescriptor("email", FieldKind.Text)
        {
            RequiredOnCreate = true,
            NotBlank = true,
            Content = TextContent.Address,
            IsExpression = valueOf => valueOf("is_email_regex").AsFlag() == true,
            ReadAs = PatternForm.Refang,
            DirectoryColumns =
            [
                "Mail", "Email Address", "Primary Smtp Address", "Primary Email", "Primary Email Address", "Work Email", "Work Email Address", "Company Email",
                "Business Email", "Corporate Email", "Windows Email Address", "Email 1 Value", "User Principal Name",
            ],
        },
        new FieldDescriptor("external_directory_node_id", FieldKind.Text)
        {
            Nullable = true,
            Content = TextContent.Identifier,
            Deprecation = "Cloudflare has deprecated external_directory_node_id, without naming a date. Leave it out where you can.",
        },
        new FieldDescriptor("id", FieldKind.Text) { Writable = false, Content = TextContent.Identifier },
        // The service requires the flag. The dashboard's own CSV files have no such column, and contain addresses.
        new FieldDescriptor("is_email_regex", FieldKind.Boolean) { RequiredOnCreate = true, CreateDefault = false, Columns = ["Is Regex", "Regex"] },
        new FieldDescriptor("last_modified", FieldKind.Timestamp) { Writable = false },
        new FieldDescriptor("modified_at", FieldKind.Timestamp) { Writable = false },
        new FieldDescriptor("name", FieldKind.Text)
        {
            RequiredOnCreate = true,
            MaxLength = 1024,
            NotBlank = true,
            Content = TextContent.Name,

            // In directories, "name" may be the name of an account, which protects nobody.
            DirectoryColumns =
            [
                "Display Name", "Full Name", "Name Full Name", "name", "Employee Name", "Preferred Name",
                "First Name|Given Name|Name Given Name|Forename+Last Name|Surname|Family Name|Name Family Name|sn",
            ],
        },
        // Cloudflare's client accepts and shows null since 7.2.0 (September 2026); the description of August does not yet.
        new FieldDescriptor("provenance", FieldKind.Choice)
        {
            Nullable = true,
            ServiceDefault = InternalProvenance,
            AllowedValues = [InternalProvenance, "SNOOPY-CASB_OFFICE_365", "SNOOPY-OFFICE_365", "SNOOPY-GOOGLE_DIRECTORY"],
        })
    {
        // The present path parameter, and the earlier one, whose ids were numbers.
        IdentityAliases = ["impersonation_registry_id", "display_name_id"],
        NaturalKey = ["name", "email"],
        MatchKeys = ["email", "name"],
        HasReadOnlyItems = true,
        ValidateTogether = patch => patch.GetText("email") is { } email
            && patch.GetFlag("is_email_regex") switch
            {
                true => false,
                false => !EmailCheck.CanBeAddresses(email),
                null => EmailCheck.IsMistyped(email),
            }
            ? $"email '{email}' cannot be an address; allowed: a name, an @ and a domain, or several of them between commas"
            : null,
        WarnOfFields = patch => patch.GetFlag("is_email_regex") == true && patch.GetText("email") is { } expression
            ? ExpressionCheck.GetWarning("email", expression, "Cloudflare reads Java's dialect")
            : null,
    };

    /// <summary>Creates an entry from an answer whose fields may never be needed.</summary>
    /// <param name="fields">Returns the object that the service sent, when it is needed.</param>
    /// <param name="accountId">The account it belongs to, which the service does not repeat.</param>
    internal ImpersonationRegistryEntry(Func<JObject> fields, string accountId)
        : base(fields, accountId)
    {
    }

    /// <summary>The display name that is protected.</summary>
    public string? Name => Text("name");

    /// <summary>The address that is protected, or an expression if <see cref="IsEmailRegex"/>.</summary>
    public string? Email => Text("email");

    /// <summary>Whether <see cref="Email"/> is a regular expression (of Java's dialect, according to the dashboard's help).</summary>
    public bool? IsEmailRegex => Flag("is_email_regex");

    /// <summary>A note.</summary>
    public string? Comments => Text("comments");

    /// <summary>Where the entry comes from: <c>A1S_INTERNAL</c>, or the directory integration that owns it.</summary>
    public string? Provenance => Text("provenance");

    /// <summary>The directory's id; 0 or empty for entries made by hand.</summary>
    public long? DirectoryId => Number("directory_id");

    /// <summary>The id of the entry within the directory.</summary>
    public long? DirectoryNodeId => Number("directory_node_id");

    /// <summary>The directory's own id for the entry. Deprecated by Cloudflare.</summary>
    public string? ExternalDirectoryNodeId => Text("external_directory_node_id");

    /// <summary>Whether a directory integration owns the entry, so that the service refuses to change it.</summary>
    public bool IsDirectorySynced => Provenance is not null and not InternalProvenance;

    /// <inheritdoc/>
    internal override ResourceDescriptor GetDescriptor() => Descriptor;

    /// <inheritdoc/>
    internal override string GetDescription() => $"{Name} <{Email}>";

    /// <inheritdoc/>
    internal override AclException? GetReadOnlyReason() => IsDirectorySynced
        ? new AclException(
            ErrorKind.DirectorySyncedEntry,
            $"The impersonation registry entry {this} belongs to a directory integration ({Provenance}), so the service refuses to change it.",
            "Change the person in the directory itself; the integration brings the change here.")
        : null;
}
