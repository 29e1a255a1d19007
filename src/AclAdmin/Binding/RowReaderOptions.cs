using System;
using System.Collections.Generic;
using AclAdmin.Client.Resources;

namespace AclAdmin.Binding;

/// <summary>How rows are read.</summary>
internal sealed class RowReaderOptions
{
    /// <summary>What an empty cell means.</summary>
    public EmptyValue EmptyValue { get; init; }

    /// <summary>What stands between the items of a list cell.</summary>
    public string ListSeparator { get; init; } = CellParser.DefaultListSeparator;

    /// <summary>Whether an unknown column ends the run.</summary>
    public bool StrictColumns { get; init; }

    /// <summary>Whether a piped text is the id of an item, where nothing else could be meant by it.</summary>
    public bool AcceptsIds { get; init; }

    /// <summary>Whether each row describes an item to be created, so that the defaults of a create are part of it.</summary>
    public bool IsCreate { get; init; }

    /// <summary>The columns that hold the id.</summary>
    public IReadOnlyList<string> IdentityNames { get; init; } = [];

    /// <summary>The field that a piped text is; null where a text is an id, or no row.</summary>
    public FieldDescriptor? LineField { get; init; }

    /// <summary>The columns that hold the account; none where the service has no accounts.</summary>
    public IReadOnlyList<string> AccountNames { get; init; } = [];

    /// <summary>The fields that identify items in place of their id; null where the id does.</summary>
    public ItemComparer? MatchBy { get; init; }

    /// <summary>The columns that hold a field, as the cmdlets name them that have a parameter for it.</summary>
    public Func<FieldDescriptor, IReadOnlyList<string>> ColumnsOf { get; init; } = _ => [];

    /// <summary>Columns of an exported result that are no fields of the service.</summary>
    public IReadOnlyList<string> DerivedColumns { get; init; } = [];

    /// <summary>The full name of the results' type.</summary>
    public string ResultTypeName { get; init; } = "";

    /// <summary>Whether cells that depend on the item's state are decided about when it has been read.</summary>
    public bool JudgesLater { get; init; }

    /// <summary>The account that a result belongs to.</summary>
    public Func<ApiResource, string?> AccountOf { get; init; } = _ => null;

    /// <summary>Reads a result of another list, where such a result specifies something here; false where it does not.</summary>
    public Func<ApiResource, RowContent, bool> ReadOther { get; init; } = (_, _) => false;
}
