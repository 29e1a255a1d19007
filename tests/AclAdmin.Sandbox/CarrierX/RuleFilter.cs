using System;
using System.Collections.Generic;
using System.Text;

namespace AclAdmin.Sandbox.CarrierX;

/// <summary>The <c>filter</c> of a listing: <c>attribute operator value</c>, several joined by <c>and</c>.</summary>
internal sealed class RuleFilter
{
    private static readonly string[] Operators = ["eq", "ne", "like", "gt", "ge", "lt", "le"];

    private readonly List<Predicate<AccessRule>> _conditions = [];

    private RuleFilter()
    {
    }

    public bool Accepts(AccessRule rule) => _conditions.TrueForAll(condition => condition(rule));

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where.</exception>
    public static RuleFilter Parse(string text)
    {
        var words = Split(text);
        var filter = new RuleFilter();
        for (var at = 0; ; at += 4)
        {
            if (words.Count < at + 3)
                throw new FormatException("filter must be: attribute operator value [and ...].");
            filter._conditions.Add(Condition(words[at], words[at + 1], words[at + 2]));
            if (words.Count == at + 3)
                return filter;
            if (words[at + 3].Quoted || !words[at + 3].Text.Equals("and", StringComparison.OrdinalIgnoreCase))
                throw new FormatException($"filter: 'and' expected, not '{words[at + 3].Text}'; values with spaces must be quoted.");
        }
    }

    private static Predicate<AccessRule> Condition(Word attribute, Word operation, Word value)
    {
        var name = attribute.Text;
        var op = operation.Text.ToLowerInvariant();
        if (attribute.Quoted || operation.Quoted || Array.IndexOf(Operators, op) < 0)
            throw new FormatException($"filter: '{operation.Text}' is not an operator ({string.Join(", ", Operators)}).");
        if (name is "read_only")
        {
            if (op is not ("eq" or "ne") || !bool.TryParse(value.Text, out var flag))
                throw new FormatException("filter: read_only takes eq or ne and true or false.");
            return rule => rule.ReadOnly == flag == (op is "eq");
        }
        Func<AccessRule, string> get = name switch
        {
            "field" => rule => rule.Field,
            "operation" => rule => rule.Operation,
            "quantifier" => rule => rule.Quantifier,
            "name" => rule => rule.Name,
            "rule_sid" => rule => rule.RuleSid,
            _ => throw new FormatException($"filter: '{name}' is not an attribute that can be filtered."),
        };
        var text = value.Text;
        return op switch
        {
            "eq" => rule => get(rule).Equals(text, StringComparison.Ordinal),
            "ne" => rule => !get(rule).Equals(text, StringComparison.Ordinal),
            "like" => rule => Like(get(rule), text),
            "gt" => rule => string.CompareOrdinal(get(rule), text) > 0,
            "ge" => rule => string.CompareOrdinal(get(rule), text) >= 0,
            "lt" => rule => string.CompareOrdinal(get(rule), text) < 0,
            _ => rule => string.CompareOrdinal(get(rule), text) <= 0,
        };
    }

    // % stands for any run of characters. On a mismatch the last % takes one character more: linear in practice, and no regex.
    private static bool Like(string text, string pattern)
    {
        int t = 0, p = 0, star = -1, from = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                star = p++;
                from = t;
            }
            else if (p < pattern.Length && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++from;
            }
            else
                return false;
        }
        while (p < pattern.Length && pattern[p] == '%')
            p++;
        return p == pattern.Length;
    }

    private static List<Word> Split(string text)
    {
        var words = new List<Word>();
        for (var at = 0; at < text.Length;)
        {
            var first = text[at];
            if (first == ' ')
            {
                at++;
            }
            else if (first is '"' or '\'')
            {
                var end = text.IndexOf(first, at + 1);
                if (end < 0)
                    throw new FormatException("filter: a quote is not closed.");
                if (end + 1 < text.Length && text[end + 1] != ' ')
                    throw new FormatException("filter: a space must follow a closing quote.");
                words.Add(new Word(text[(at + 1)..end], true));
                at = end + 1;
            }
            else
            {
                var word = new StringBuilder();
                while (at < text.Length && text[at] != ' ')
                    word.Append(text[at++]);
                words.Add(new Word(word.ToString(), false));
            }
        }
        return words;
    }

    private readonly record struct Word(string Text, bool Quoted);
}
