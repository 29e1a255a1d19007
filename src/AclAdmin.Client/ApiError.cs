using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AclAdmin.Client;

/// <summary>One error in a service's answer.</summary>
/// <param name="code">The service's code; null where it sent none.</param>
/// <param name="message">The service's message.</param>
/// <param name="pointer">The field that the error is about, as the service writes its pointer; null where it names none.</param>
/// <param name="documentationUrl">The address of the service's documentation of the error; null where it names none.</param>
public sealed class ApiError(string? code, string message, string? pointer = null, string? documentationUrl = null)
{
    /// <summary>The service's code. It is text, as only one of the services is known to number its errors.</summary>
    public string? Code { get; } = code;

    /// <summary>The service's message.</summary>
    public string Message { get; } = message;

    /// <summary>The field that the error is about, such as <c>/name</c>.</summary>
    public string? Pointer { get; } = pointer;

    /// <summary>The address of the service's documentation of the error.</summary>
    public string? DocumentationUrl { get; } = documentationUrl;

    /// <summary>What led to the error, as Cloudflare's <c>error_chain</c> lists it; mostly nothing.</summary>
    public IReadOnlyList<ApiError> Chain { get; init; } = Array.Empty<ApiError>();

    /// <inheritdoc/>
    public override string ToString() => Describe(null);

    /// <summary>The error as people read it behind the status of its answer.</summary>
    /// <param name="status">The status, which some services repeat as the code; null for none.</param>
    internal string Describe(int? status)
    {
        var text = new StringBuilder();
        if (Code is not null && Code != status?.ToString(CultureInfo.InvariantCulture))
        {
            text.Append(Code).Append(' ');
        }

        text.Append(Message.TrimEnd('.', ' '));
        if (Pointer is not null)
        {
            text.Append(" at ").Append(Pointer);
        }

        if (DocumentationUrl is not null)
        {
            text.Append(" (see ").Append(DocumentationUrl).Append(')');
        }

        if (Chain.Count > 0)
        {
            text.Append(" (because of ").Append(string.Join("; ", Chain.Select(link => link.ToString()))).Append(')');
        }

        return text.ToString();
    }
}
