using System;
using System.Collections;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>Converts the text of a cell or an argument into the JSON value of a field. It is strict: nothing is guessed.</summary>
public static class CellParser
{
    /// <summary>The separator between the items of a list cell, unless specified otherwise.</summary>
    public const string DefaultListSeparator = ";";

    /// <summary>Whether a cell is empty: it has no value, or is blank. An empty cell specifies nothing.</summary>
    public static bool IsEmpty(object? cell) => cell is null or DBNull || (cell is string text && CellCharacters.IsBlank(text));

    /// <summary>A column's name without white space, byte order marks and invisible characters around it.</summary>
    public static string CleanHeader(string name)
    {
        // A byte order mark that was read as Windows-1252, and the quotation marks that a second mark keeps a reader from removing.
        var clean = CellCharacters.Trim(name);
        clean = clean.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? clean.Substring(3) : clean;
        return CellCharacters.Trim(clean.Length > 2 && clean[0] == '"' && clean[clean.Length - 1] == '"' ? clean.Substring(1, clean.Length - 2) : clean);
    }

    /// <summary>Reads a cell that is not empty.</summary>
    /// <param name="field">The field.</param>
    /// <param name="cell">A string, or a value that already has a type.</param>
    /// <param name="listSeparator">The separator between the items of a list.</param>
    /// <param name="value">The JSON value; JSON null when the cell could not be read.</param>
    /// <returns>False when the cell does not specify one of <see cref="FieldDescriptor.Allowed"/>.</returns>
    public static bool TryParse(FieldDescriptor field, object? cell, string listSeparator, out JToken value)
    {
        var read = Read(field, cell, listSeparator).Value;
        value = read ?? JValue.CreateNull();
        return read is not null;
    }

    /// <summary>Reads an argument of a command line: it is used literally, so a text is one item of a list and is not searched for leftovers.</summary>
    /// <param name="field">The field.</param>
    /// <param name="argument">A string, or a value that already has a type.</param>
    /// <param name="value">The JSON value; JSON null when the argument could not be read.</param>
    /// <returns>False when the argument does not specify one of <see cref="FieldDescriptor.Allowed"/>.</returns>
    public static bool TryParseArgument(FieldDescriptor field, object? argument, out JToken value)
    {
        var read = ValueReader.DescribeTyped(field, argument) is not null ? null
            : ValueReader.Read(field, field.Kind == FieldKind.TextList && argument is string item ? new[] { item } : argument);
        value = read ?? JValue.CreateNull();
        return read is not null;
    }

    /// <summary>Why a typed value cannot be meant in a field, as a clause; null where it can be.</summary>
    public static string? DescribeTyped(FieldDescriptor field, object? value) => ValueReader.DescribeTyped(field, value);

    /// <summary>Reads a cell that is not empty.</summary>
    /// <param name="field">The field.</param>
    /// <param name="cell">A string, or a value that already has a type.</param>
    /// <param name="listSeparator">The separator between the items of a list.</param>
    public static CellReading Read(FieldDescriptor field, object? cell, string listSeparator)
    {
        if (cell is IEnumerable items and not (string or IDictionary) && field.Kind != FieldKind.TextList)
        {
            // Directories show an attribute that may have several values as a list, also where it has one.
            var values = items.Cast<object?>().ToArray();
            if (values.Length != 1)
            {
                return new CellReading { Cause = $"it is a list of {values.Length} values; export the one that is meant" };
            }

            cell = values[0];
        }

        return cell is string text ? ReadCell(field, text, listSeparator)
            : ValueReader.DescribeTyped(field, cell) is { } cause ? new CellReading { Cause = cause }
            : CheckTyped(field, ValueReader.Read(field, cell));
    }

    /// <summary>Most cells are plain, and are checked once.</summary>
    private static CellReading ReadCell(FieldDescriptor field, string text, string listSeparator)
    {
        var isPlain = CellCharacters.IsPlain(text);
        if (!isPlain)
        {
            text = CellCharacters.WithoutMark(text);
            if (CellCharacters.FindDamage(text) is { } damage)
            {
                return new CellReading { Cause = damage };
            }

            text = field.IsTrimmed ? CellCharacters.Trim(text) : text;
        }

        if (CellLeftover.Find(text) is { } leftover)
        {
            return new CellReading { Cause = leftover };
        }

        if (field.Kind == FieldKind.TextList)
        {
            var items = text.StartsWith("[", StringComparison.Ordinal) ? CheckTyped(field, ReadJsonList(text)) : ReadSeparatedList(field, text, listSeparator, isPlain);
            return items with { Value = field.Spell(items.Value as JArray) };
        }

        if (field.Content == TextContent.Address && EmailCheck.IsGuest(text))
        {
            return new CellReading { Cause = "it is the name that a directory makes of a guest's address (#EXT#), and no address; specify the address" };
        }

        var value = ValueReader.Read(field, text);
        var hidden = isPlain || !field.IsTrimmed ? null : CellCharacters.DescribeHidden(text);
        return new CellReading { Value = value, Cause = value is null ? hidden : null, Hidden = hidden };
    }

    /// <summary>A damaged value, such as a number in a list of JSON, is as wrong here as in a cell of its own.</summary>
    private static CellReading CheckTyped(FieldDescriptor field, JToken? value)
    {
        string? hidden = null;
        string? mangled = null;
        string? separated = null;
        foreach (var text in value is JArray items ? items.Select(item => (string)item!) : value is JValue { Value: string single } ? [single] : [])
        {
            if (CellLeftover.Find(text) is { } leftover)
            {
                return new CellReading { Cause = leftover };
            }

            DescribeNumber(field, text, ref mangled, ref separated);
            if (!CellCharacters.IsPlain(text))
            {
                if (CellCharacters.FindDamage(text) is { } damage)
                {
                    return new CellReading { Cause = damage };
                }

                hidden ??= value is JArray ? CellCharacters.DescribeHidden(text) : null;
            }
        }

        return new CellReading { Value = value, Hidden = hidden, Mangled = mangled, Separated = separated };
    }

    private static void DescribeNumber(FieldDescriptor field, string item, ref string? mangled, ref string? separated)
    {
        if (field.IsNumber is not null)
        {
            mangled ??= MangledNumber.Describe(item);
            separated ??= MangledNumber.Read(item) is var number && number != item ? $"'{DisplayText.Of(item, 100)}' has separators, which are no part of the number {number}" : null;
        }
    }

    private static CellReading ReadSeparatedList(FieldDescriptor field, string text, string separator, bool isPlain)
    {
        string? mangled = null;
        string? separated = null;
        var list = new JArray();
        string? hidden = null;
        string? joined = null;
        var isAlternation = false;
        foreach (var part in text.Split([separator], StringSplitOptions.None))
        {
            var item = isPlain ? part.Trim() : CellCharacters.Trim(part);
            if (item.Length == 0)
            {
                return default;
            }

            if (CellLeftover.Find(item) is { } leftover)
            {
                return new CellReading { Cause = leftover };
            }

            DescribeNumber(field, item, ref mangled, ref separated);
            if (joined is null && field.Content != TextContent.Name && JoinedItems.Describe(item, mayHaveBlanks: field.Content == TextContent.Entries) is { } joint)
            {
                isAlternation = joint.IsAlternation;
                joined = $"'{DisplayText.Of(item, 100)}' contains a {joint.Name}, and items stand between '{separator}' "
                    + "(-ListSeparator specifies another separator; a JSON array is read as it is)";
            }

            hidden ??= isPlain ? null : CellCharacters.DescribeHidden(item);
            list.Add(item);
        }

        return new CellReading { Value = list, Hidden = hidden, Joined = joined, IsAlternation = isAlternation, Mangled = mangled, Separated = separated };
    }

    /// <summary>Reads a JSON array of texts, as JSON has it: the reader itself would accept other quotes and a trailing comma.</summary>
    private static JArray? ReadJsonList(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        var items = new JArray();
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonToken.String && reader.QuoteChar == '"' && (string)reader.Value! != "")
            {
                items.Add(reader.Value!);
            }

            var isWhole = reader.TokenType == JsonToken.EndArray && !reader.Read();
            return isWhole && !text.TrimEnd().TrimEnd(']').TrimEnd().EndsWith(",", StringComparison.Ordinal) ? items : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
