using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    /// <summary>Nothing is sent for it.</summary>
    Ignored,

    /// <summary>It specifies a field.</summary>
    Field,

    /// <summary>It identifies the item.</summary>
    Identity,

    /// <summary>It specifies the account.</summary>
    Account,
}

/// <summary>A column and what it is for.</summary>
/// <param name="role">What it is for.</param>
/// <param name="field">The field that it specifies; null for none.</param>
/// <param name="replacement">The API name of the field to use in its place; null for none.</param>
internal sealed class Column(ColumnRole role, FieldDescriptor? field = null, string? replacement = null)
{
    public static readonly Column Ignored = new(ColumnRole.Ignored);

    public ColumnRole Role { get; } = role;

    public FieldDescriptor? Field { get; } = field;

    public string? Replacement { get; } = replacement;

    /// <summary>0 for a column of the field's own. One of a directory counts after those of a lower rank; below 0, it takes precedence over the field's own.</summary>
    public int Rank { get; init; }

    /// <summary>Which part of the value the column holds, and of how many.</summary>
    public (int Index, int Count) Part { get; init; } = (0, 1);
}

/// <summary>Finds what a column is for by its name, without regard to case. A name that matches nothing is warned of once, or ends the run.</summary>
internal sealed class ColumnMap
{
    /// <summary>The column of a retry list for the reason of the failure. It is known and ignored, so that the corrected list can be piped as it is.</summary>
    public const string ProblemColumn = "Problem";

    /// <summary>The views' texts, which a copy of a result made by Export-Clixml has.</summary>
    private const string ShownColumn = "Shown";

    /// <summary>What remoting and jobs add to an object.</summary>
    private static readonly string[] RemotingColumns = ["PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId"];

    private readonly Dictionary<string, Column> _columns = new(StringComparer.OrdinalIgnoreCase);
    private static readonly (char Character, string Argument)[] Delimiters = [(';', "';'"), ('\t', "\"`t\""), ('|', "'|'"), (',', "','")];

    private readonly Action<string> _warn;
    private readonly bool _isStrict;

    /// <summary>Maps the names that a resource, a cmdlet's parameters and exports of results use.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="parameters">The cmdlet's parameters that stand for fields.</param>
    /// <param name="options">How rows are read.</param>
    /// <param name="used">Columns that script blocks of the command line read.</param>
    /// <param name="warn">Writes a warning.</param>
    public ColumnMap(ResourceDescriptor resource, IReadOnlyList<FieldParameter> parameters, RowReaderOptions options, IEnumerable<string> used, Action<string> warn)
    {
        _warn = warn;
        _isStrict = options.StrictColumns;

        // Fields that are not for this cmdlet are known, so that an export or a vendor's file can be piped; what a result derives from others is, too.
        foreach (var field in resource.Fields)
        {
            Add([field.Name, .. field.Columns, .. field.DirectoryColumns.SelectMany(column => column.Split('+', '|'))], Column.Ignored);
        }

        Add(options.DerivedColumns.Concat(RemotingColumns).Append(ShownColumn).Concat(used), Column.Ignored);
        foreach (var ended in resource.Fields.Where(field => field.ReplacedBy is not null))
        {
            Add([ended.Name], new Column(ColumnRole.Ignored, replacement: ended.ReplacedBy));
        }

        foreach (var parameter in parameters)
        {
            AddField(parameter.Field, parameter.Names);
        }

        foreach (var field in options.MatchBy?.Fields ?? [])
        {
            AddField(field, options.ColumnsOf(field));
        }

        Add(options.IdentityNames, new Column(ColumnRole.Identity));
        Add(options.AccountNames, new Column(ColumnRole.Account));
    }

    /// <summary>What a column is for.</summary>
    /// <exception cref="UnusableRowsException">The names show that the rows were read with another separator, or only known columns are wanted.</exception>
    public Column Find(string name) => _columns.TryGetValue(name, out var column)
        ? column.Replacement is null ? column : WarnOfEnded(name, column.Replacement)
        : FindUnusual(name);

    private void AddField(FieldDescriptor field, IEnumerable<string> names)
    {
        Add([.. names, .. field.Columns], new Column(ColumnRole.Field, field));
        var own = field.DirectoryColumns.ToList().IndexOf(field.Name);
        for (var index = 0; index < field.DirectoryColumns.Count; index++)
        {
            var parts = field.DirectoryColumns[index].Split('+');
            for (var part = 0; part < parts.Length && index != own; part++)
            {
                Add(parts[part].Split('|'), new Column(ColumnRole.Field, field) { Rank = index - own, Part = (part, parts.Length) });
            }
        }
    }

    private void Add(IEnumerable<string> names, Column column)
    {
        foreach (var name in names)
        {
            _columns[name] = column;
            _columns[Fold(name)] = column;
        }
    }

    private Column WarnOfEnded(string name, string replacement)
    {
        _warn($"Column '{DisplayText.Of(name)}' is past its end of life, so nothing is sent for it. Use {replacement}.");
        return _columns[name] = Column.Ignored;
    }

    /// <summary>Finds a name that a file spells with something around it; remembers what it found, so that this happens once a name.</summary>
    private Column FindUnusual(string name)
    {
        var clean = CellParser.CleanHeader(name);
        return _columns[name] = _columns.TryGetValue(clean, out var column) || _columns.TryGetValue(Fold(WithoutRemark(clean)), out column)
            ? column
            : ReportUnknown(clean);
    }

    /// <summary>People and dashboards write words where a service writes one name: "Pattern Type" is <c>pattern_type</c>, "E-mail Address" <c>EmailAddress</c>.</summary>
    private static string Fold(string name) => new(name.Where(char.IsLetterOrDigit).ToArray());

    /// <summary>Google's files add "[Required]" to the names of columns.</summary>
    private static string WithoutRemark(string name) => name.EndsWith("]", StringComparison.Ordinal) && name.IndexOf('[') is > 0 and var start ? name.Substring(0, start) : name;

    private Column ReportUnknown(string name)
    {
        CheckSeparator(name);
        var nearest = NearestName.Find(name, _columns.Where(pair => pair.Value.Role != ColumnRole.Ignored && pair.Value.Rank == 0).Select(pair => pair.Key));
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        if (_isStrict)
        {
            throw new UnusableRowsException(new AclException(
                ErrorKind.ValidationFailed,
                $"Column '{DisplayText.Of(name)}' matches no parameter, and -StrictColumns accepts known columns only.{hint}",
                "Rename or remove the column, or omit -StrictColumns."));
        }

        _warn($"Column '{DisplayText.Of(name)}' matches no parameter, so nothing is sent for it.{hint}");
        return Column.Ignored;
    }

    /// <summary>A header line that was not split is one name with the separator in it; its parts are columns.</summary>
    private void CheckSeparator(string name)
    {
        if (name.Length == 5 && name.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableRowsException(new AclException(
                ErrorKind.ValidationFailed,
                $"The file begins with a line '{DisplayText.Of(name)}', which only spreadsheets understand, so the columns have no names.",
                $"Remove that line, or read the file with Get-Content | Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter '{name[4]}'."));
        }

        foreach (var (character, argument) in Delimiters)
        {
            if (name.IndexOf(character) >= 0 && name.Split(character).Any(part => _columns.TryGetValue(CellParser.CleanHeader(part), out var column) && column.Role != ColumnRole.Ignored))
            {
                throw new UnusableRowsException(new AclException(
                    ErrorKind.ValidationFailed,
                    $"The rows have a column '{DisplayText.Of(name)}', so the file was read with the wrong separator.",
                    $"Read the file with Import-Csv -Delimiter {argument}."));
            }
        }
    }
}

/// <summary>The rows as a whole cannot be used, so the run ends with one error.</summary>
/// <param name="reason">The error.</param>
internal sealed class UnusableRowsException(AclException reason) : Exception(reason.Message)
{
    /// <summary>The error.</summary>
    public AclException Reason { get; } = reason;
}
