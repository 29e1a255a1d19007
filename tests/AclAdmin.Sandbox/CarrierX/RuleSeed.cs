using System.Collections.Generic;
using System.Globalization;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>Makes access control rules from their index alone: the same ones in every run.</summary>
internal static class RuleSeed
{
    private const int ReadOnlyEvery = 40;

    private static readonly string[] Fields =
        ["calling", "called", "from", "to", "message", "calling", "called", "from_did", "to", "message", "to_did"];

    private static readonly string[] Names =
    [
        "Toll-free only", "Block premium rate", "N/A", "Spam words", "Partner numbers", "Notrufe – frei", "Night, closed",
        "Known \"good\" callers",
    ];

    private static readonly string[] Words =
    [
        "free money", "act now; limited offer", "crédito rápido", "免费奖品", "click here", "you won!", "wire transfer, urgent",
        "gift card;code", "Überweisung", "unsubscribe",
    ];

    public static IEnumerable<AccessRule> Make(int count)
    {
        for (var i = 1; i <= count; i++)
            yield return i == 1 ? First() : Rule(i);
    }

    // The rule of the vendor's samples.
    private static AccessRule First() => new() { RuleSid = SandboxIds.FirstRule, Entries = ["1800", "1615"] };

    private static AccessRule Rule(int index)
    {
        var field = Fields[index % Fields.Length];
        var operation = RuleFields.Operations[index % RuleFields.Operations.Length];
        var name = Names[index % Names.Length];
        return new AccessRule
        {
            RuleSid = SandboxIds.Rule(index),
            Entries = Entries(index, field, operation),
            Field = field,
            // N/A stands for no name at all, so it carries no number.
            Name = name is "N/A" ? name : name + " " + index.ToString(CultureInfo.InvariantCulture),
            Operation = operation,
            Quantifier = RuleFields.Quantifiers[index / 3 % RuleFields.Quantifiers.Length],
            ReadOnly = index % ReadOnlyEvery == 0,
        };
    }

    private static string[] Entries(int index, string field, string operation)
    {
        var entries = new string[1 + (index % 5)];
        for (var i = 0; i < entries.Length; i++)
        {
            var area = (201 + ((index * 7) + (i * 31)) % 780).ToString(CultureInfo.InvariantCulture);
            entries[i] = (field, operation) switch
            {
                ("message", "regexp") => ".*" + Words[(index + i) % Words.Length] + ".*",
                ("message", _) => Words[(index + i) % Words.Length],
                (_, "exact") => "1" + area + "555" + ((index * 13) + i).ToString("0000", CultureInfo.InvariantCulture)[^4..],
                (_, "regexp") => i % 2 == 0 ? $"1{area}.*" : $".*{area}",
                _ => "1" + area,
            };
        }
        return entries;
    }
}
