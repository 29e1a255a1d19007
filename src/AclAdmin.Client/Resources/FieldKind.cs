namespace AclAdmin.Client.Resources;

/// <summary>The JSON shape of a field, and with it the way a cell of text is read.</summary>
public enum FieldKind
{
    /// <summary>A JSON string, taken as it is.</summary>
    Text,

    /// <summary>A JSON boolean; a cell says true, false, yes, no, 1 or 0.</summary>
    Boolean,

    /// <summary>A JSON integer; a cell holds digits with an optional sign, whatever the culture.</summary>
    Integer,

    /// <summary>A JSON string out of a fixed set; a cell holds one of the names, whole, in any case.</summary>
    Choice,

    /// <summary>A JSON array of strings; a cell holds a JSON array, or items between separators.</summary>
    TextList,

    /// <summary>A JSON object; only ever read.</summary>
    Object,

    /// <summary>A JSON array of objects. No cell and no parameter holds one: rows specify edits of it.</summary>
    ObjectList,

    /// <summary>A JSON string with an RFC 3339 time; only ever read.</summary>
    Timestamp,
}

/// <summary>What a text is, and with it which characters can be meant in it.</summary>
public enum TextContent
{
    /// <summary>Words for people: taken as they are.</summary>
    Free,

    /// <summary>An id: nothing invisible belongs to it.</summary>
    Identifier,

    /// <summary>An address, or several between commas: nothing invisible belongs to it.</summary>
    Address,

    /// <summary>Numbers, prefixes or phrases that a service compares: nothing invisible belongs to them.</summary>
    Entries,
}
