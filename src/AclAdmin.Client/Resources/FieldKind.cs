namespace AclAdmin.Client.Resources;

/// <summary>The JSON type of a field, which determines how a cell of text is read.</summary>
public enum FieldKind
{
    /// <summary>A JSON string, used as it is.</summary>
    Text,

    /// <summary>A JSON boolean; a cell contains true, false, yes, no, 1 or 0.</summary>
    Boolean,

    /// <summary>A JSON integer; a cell holds digits with an optional sign, whatever the culture.</summary>
    Integer,

    /// <summary>A JSON string from a fixed set; a cell holds one of the names, whole, in any case.</summary>
    Choice,

    /// <summary>A JSON array of strings; a cell holds a JSON array, or items between separators.</summary>
    TextList,

    /// <summary>A JSON object; read-only.</summary>
    Object,

    /// <summary>A JSON array of objects. No cell and no parameter holds one: rows specify edits of it.</summary>
    ObjectList,

    /// <summary>A JSON string with an RFC 3339 time; a cell holds an ISO 8601 date, or a time with its zone, and UTC is sent.</summary>
    Timestamp,
}

/// <summary>The kind of a text, which determines the characters that it can contain.</summary>
public enum TextContent
{
    /// <summary>Text for people: used as it is.</summary>
    Free,

    /// <summary>The name of a person or of an item, which a service compares or people look for: it contains no invisible characters.</summary>
    Name,

    /// <summary>An id: it contains no invisible characters.</summary>
    Identifier,

    /// <summary>An address, or several between commas: it contains no invisible characters.</summary>
    Address,

    /// <summary>Numbers, prefixes or phrases that a service compares: they contain no invisible characters.</summary>
    Entries,
}
