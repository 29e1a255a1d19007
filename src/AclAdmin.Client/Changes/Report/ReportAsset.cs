using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace AclAdmin.Client.Changes.Report;

/// <summary>A style sheet or a script that the page itself contains. The page's policy allows exactly its text, by its hash.</summary>
internal sealed class ReportAsset
{
    private ReportAsset(string text)
    {
        Text = text;
        using var sha = SHA256.Create();
        PolicySource = $"'sha256-{Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)))}'";
    }

    /// <summary>The page's style.</summary>
    public static ReportAsset Style { get; } = Load("report.css");

    /// <summary>The page's filters.</summary>
    public static ReportAsset Script { get; } = Load("report.js");

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>Its source expression in a Content-Security-Policy.</summary>
    public string PolicySource { get; }

    private static ReportAsset Load(string name)
    {
        using var stream = typeof(ReportAsset).Assembly.GetManifestResourceStream($"AclAdmin.Client.Changes.Report.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // A browser hashes the text with HTML's line ends, independent of those of the checkout.
        return new ReportAsset(reader.ReadToEnd().Replace("\r\n", "\n"));
    }
}
