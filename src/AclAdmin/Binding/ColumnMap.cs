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

    /// <summary>It says a field.</summary>
    Field,

    /// <summary>It says which thing.</summary>
    Identity,

    /// <summary>It says which account.</summary>
    Account,
}

/// <summary>A column and what it is for.</summary>
/// <param name="role">What it is for.</param>
/// <param name="field">The field that it says; null for none.</param>
internal sealed class Column(ColumnRole role, FieldDescriptor? field = null)
{
    public static readonly Column Ignored = new(ColumnRole.Ignored);

    public ColumnRole Role { get; } = role;

    public FieldDescriptor? Field { get; } = field;
}

/// <summary>Finds what a column is for by its name, without regard to case. A name that matches nothing is warned of once.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Action<string> _warn;

    /// <summary>Maps the names that a resource, a cmdlet's parameters and exports of results use.</summary>
    public ColumnMap(ResourceDescriptor resource, IReadOnlyList<FieldParameter> parameters, RowReaderOptions options, Action<string> warn)
    {
        _warn = warn;

        // Fields that are only read are known, so that an export can be piped back; what a result derives from others is, too.
        Add(resource.Fields.SelectMany(field => new[] { field.Name, field.Name.Replace("_", "") }).Concat(options.DerivedColumns), Column.Ignored);
        foreach (var parameter in parameters)
        {
            Add(parameter.Names, new Column(ColumnRole.Field, parameter.Field));
        }

        Add(options.IdentityNames, new Column(ColumnRole.Identity));
        Add(options.AccountNames, new Column(ColumnRole.Account));
    }

    /// <summary>What a column is for.</summary>
    public Column Find(string name) => _columns.TryGetValue(name, out var column) ? column : WarnOf(name);

    private void Add(IEnumerable<string> names, Column column)
    {
        foreach (var name in names)
        {
            _columns[name] = column;
        }
    }

    private Column WarnOf(string name)
    {
        var nearest = NearestName.Find(name, _columns.Where(pair => pair.Value.Role != ColumnRole.Ignored).Select(pair => pair.Key));
        _warn($"Column '{DisplayText.Of(name)}' matches no parameter, so nothing is sent for it.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}");
        return _columns[name] = Column.Ignored;
    }
}
