using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AclAdmin.Client;

/// <summary>One error out of a service's answer.</summary>
/// <param name="code">The service's code; null where it gave none.</param>
/// <param name="message">The service's words.</param>
/// <param name="pointer">The field it is about, as the service points at it; null where it does not.</param>
/// <param name="documentationUrl">Where the service says more; null where it does not.</param>
public sealed class ApiError(string? code, string message, string? pointer = null, string? documentationUrl = null)
{
    /// <summary>The service's code. Text, as one service counts and the other may not.</summary>
    public string? Code { get; } = code;

    /// <summary>The service's words.</summary>
    public string Message { get; } = message;

    /// <summary>The field it is about, such as <c>/name</c>.</summary>
    public string? Pointer { get; } = pointer;

    /// <summary>Where the service says more.</summary>
    public string? DocumentationUrl { get; } = documentationUrl;

    /// <summary>What led to the error, as Cloudflare's <c>error_chain</c> lists it; mostly nothing.</summary>
    public IReadOnlyList<ApiError> Chain { get; init; } = Array.Empty<ApiError>();

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Code is not null)
        {
            text.Append(Code).Append(' ');
        }

        text.Append(Message.TrimEnd('.'));
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
