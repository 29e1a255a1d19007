using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using AclAdmin.Streams;

namespace AclAdmin.Completion;

/// <summary>What Tab can insert.</summary>
/// <param name="Value">The value, which is also how it is found.</param>
/// <param name="Label">What a menu shows, by which it is found too; null for the value.</param>
/// <param name="ToolTip">What a menu explains, by which it is found too; null for the value.</param>
internal sealed record Offer(string Value, string? Label = null, string? ToolTip = null)
{
    /// <summary>Whether the value is an expression of the language, and inserted as such.</summary>
    public bool IsExpression { get; init; }
}

/// <summary>
/// Makes all completions. What Tab inserts is one constant text, whatever the value contains: a name of a service or a journal must not become code.
/// </summary>
/// <remarks>
/// Where several offers fit, PSReadLine's Complete, the default on Linux and macOS, replaces the typed text by what all texts have in common, or else by
/// what all labels have in common. Either must continue what was typed, and be readable again when the next key is pressed.
/// </remarks>
internal static class Offers
{
    private const string BarePunctuation = "-_.@+:";

    /// <summary>The offers that fit the typed word. Where none does, the list is empty: a completer must not fall back to file names.</summary>
    /// <param name="word">The word as the engine hands it over: with the quotes around it, if one was begun.</param>
    /// <param name="offers">What there is.</param>
    public static IEnumerable<CompletionResult> Fitting(string word, IEnumerable<Offer> offers)
    {
        var begun = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : default(char?);
        var typed = begun is { } opened ? word.Trim(opened) : word;

        // What cannot be shown as it is cannot be typed or checked by a person either, and what holds a secret is not shown.
        var fitting = offers.Where(offer => offer.Value.Length > 0 && HostText.Of(offer.Value) == offer.Value)
            .Select(offer => new Shown(offer, HostText.Of(offer.Label ?? offer.Value), HostText.Of(offer.ToolTip ?? offer.Value)))
            .Where(shown => Starts(shown.Offer.Value, typed) || (shown.Offer.Label is not null && (Contains(shown.Label, typed) || Contains(shown.ToolTip, typed))))
            .ToArray();
        var areContinued = Array.TrueForAll(fitting, shown => Starts(shown.Offer.Value, typed));
        var quote = Array.Exists(fitting, shown => !shown.Offer.IsExpression && !IsBare(shown.Offer.Value)) ? begun ?? '\''
            : areContinued ? begun : null;
        quote = quote == '"' && Array.Exists(fitting, shown => shown.Offer.Value.Any(IsSpecialInDoubleQuotes)) ? '\'' : quote;

        var texts = fitting.Select(shown => shown.Offer.IsExpression ? shown.Offer.Value : Quote(shown.Offer.Value, quote)).ToArray();
        Part(texts, areContinued);
        var labels = fitting.Select(shown => shown.Label.Length == 0 ? shown.Offer.Value : shown.Label).ToArray();
        if (texts.Length > 1 && CommonStart(texts).Length == 0)
        {
            var isContinued = Array.TrueForAll(labels, label => Starts(label, typed));
            if (isContinued && (begun is not null || !IsBare(CommonStart(labels))))
            {
                labels = labels.Select(label => Quote(label, '\'')).ToArray();
            }

            Part(labels, isContinued);
        }

        return fitting.Select((shown, index) => new CompletionResult(
            texts[index], labels[index], CompletionResultType.ParameterValue, shown.ToolTip.Length == 0 ? labels[index] : shown.ToolTip));
    }

    /// <summary>Whether the language reads a text as a constant, as it is: not as a number, a parameter, a variable, a comment or several words.</summary>
    private static bool IsBare(string value) =>
        value.Length > 0
        && value[0] != '-'
        && value.All(character => char.IsLetterOrDigit(character) || BarePunctuation.IndexOf(character) >= 0)
        && Parser.ParseInput("x " + value, out _, out var errors).Find(element => element is CommandAst, searchNestedScriptBlocks: false) is CommandAst command
        && errors.Length == 0
        && command.CommandElements.Count == 2
        && command.CommandElements[1] is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } constant
        && constant.Value == value;

    private static string Quote(string value, char? quote) => quote switch
    {
        null => value,
        '"' => $"\"{value}\"",
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'",
    };

    private static bool IsSpecialInDoubleQuotes(char character) => character is '$' or '`' or '"' or (>= '\u201C' and <= '\u201E');

    /// <summary>Where the texts happen to begin alike, but not with what was typed, a space in front of the first keeps the typed text.</summary>
    private static void Part(string[] texts, bool areContinued)
    {
        if (texts.Length > 1 && !areContinued && CommonStart(texts).Length > 0)
        {
            texts[0] = " " + texts[0];
        }
    }

    private static string CommonStart(string[] texts)
    {
        var length = texts[0].Length;
        foreach (var text in texts)
        {
            for (length = Math.Min(length, text.Length); !Starts(text, texts[0].Substring(0, length)); length--)
            {
            }
        }

        return texts[0].Substring(0, length);
    }

    private static bool Starts(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private sealed record Shown(Offer Offer, string Label, string ToolTip);
}
