using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>Makes registry entries from their index alone: the same ones in every run, and no two with the same name and address.</summary>
internal static class RegistrySeed
{
    private static readonly string[] Given =
    [
        "Dana", "Priya", "Marcus", "Zoë", "Tomás", "Aiko", "Björn", "Leila", "Owen", "Ngozi", "François", "Ruth", "Łukasz", "Mei",
        "Siobhán", "Hassan", "Ingrid", "Pavel", "Grace", "Yusuf", "Chloé", "Andre", "Fatima", "Jørgen", "Nora", "Kwame", "Elif",
    ];

    private static readonly string[] Family =
    [
        "Whitfield", "Okafor", "O'Brien", "Nakamura", "Müller", "Castellanos", "van der Berg", "Lindqvist", "Haddad", "Nguyễn",
        "Kowalski", "Smith-Jones", "Rossi", "Petrov", "Iyer", "Fernández", "Abernathy", "Çelik", "Dubois", "Mbeki", "Sørensen",
        "Park", "Johnson", "de Souza", "Γεωργίου", "Yamada", "Novák", "MacGregor", "Bianchi",
    ];

    private static readonly string[] Teams =
    [
        "Accounts Payable", "Payroll", "IT Helpdesk", "Legal & Compliance", "Office of the CEO", "Procurement", "Press \"Room\"",
        "Facilities, East",
    ];

    private static readonly string?[] Comments =
    [
        null, "Board member", "Reviewed in Q1, next review in Q3", null, "Known as \"the boss\"", "Assistant: J. Doe, ext. 4411",
        null, "Ex-employee; keep until 2027", "Zürich — naïve café ☕", "", "Added after the invoice fraud of May",
        null, "Uses a private address, too: see ticket 8812", "名前の確認済み", "Line one\nline two",
    ];

    private static readonly DateTimeOffset Start = new(2025, 1, 6, 8, 0, 0, TimeSpan.Zero);

    public static IEnumerable<RegistryEntry> Make(int count, int syncedEvery)
    {
        for (var i = 1; i <= count; i++)
            yield return Entry(i, syncedEvery > 0 && i % syncedEvery == 0);
    }

    private static RegistryEntry Entry(int index, bool synced)
    {
        var made = Start.AddMinutes(index * 37L).AddTicks(index * 7919L % 1_000_000 * 10);
        var entry = new RegistryEntry
        {
            Id = SandboxIds.Entry(index),
            Name = Name(index),
            Email = Mailbox(index) + "@example.com",
            Comments = Comments[index % Comments.Length],
            CreatedAt = made,
            ModifiedAt = index % 4 == 0 ? made.AddDays(30) : made,
            HasLastModified = index % 3 == 0,
            Provenance = index % 29 == 0 ? null : RegistryEntry.Internal,
        };
        if (synced)
        {
            return entry with
            {
                Provenance = RegistryEntry.Office365,
                DirectoryId = 7,
                DirectoryNodeId = 100_000 + index,
                ExternalDirectoryNodeId = SandboxIds.Entry(1_000_000_000 + index),
            };
        }
        // Manual entries were seen both with 0 and with null as directory.
        return index % 23 == 0
            ? entry with { IsEmailRegex = true, Email = Pattern(Mailbox(index)) }
            : entry with { DirectoryId = index % 6 == 0 ? 0 : null };
    }

    private static string Pattern(string mailbox) =>
        "^" + mailbox.Replace(".", "\\.", StringComparison.Ordinal) + "@(mail\\.)?example\\.(com|net)$";

    private static string Name(int index)
    {
        if (index == 1)
            return "Finance Team";
        if (index % 19 == 0)
            return Teams[index / 19 % Teams.Length];
        // Both lists have lengths without a common factor, so 783 names pass before one comes back (with another address).
        var at = index - 2;
        return Given[at % Given.Length] + " " + Family[at % Family.Length];
    }

    // The number keeps addresses apart; letters outside ASCII are dropped, as careless directories do.
    private static string Mailbox(int index)
    {
        if (index == 1)
            return "finance";
        var mailbox = new StringBuilder();
        foreach (var letter in Name(index))
        {
            if (char.IsAsciiLetter(letter))
                mailbox.Append(char.ToLowerInvariant(letter));
            else if (letter == ' ' && mailbox.Length > 0 && mailbox[^1] != '.')
                mailbox.Append('.');
        }
        return mailbox.Append(index.ToString(CultureInfo.InvariantCulture)).ToString();
    }
}
