using AclAdmin.Client;
using AclAdmin.Client.Http.Credentials;

namespace AclAdmin.Streams;

/// <summary>Makes a text fit for a host: without secrets, on one line, with invisible characters made visible.</summary>
internal static class HostText
{
    /// <summary>The text as a host may show it.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="maxLength">The most characters of the result.</param>
    public static string Of(string? text, int maxLength = DisplayText.DefaultMaxLength) => DisplayText.Of(text is null ? null : Redactor.RedactAll(text), maxLength);
}
