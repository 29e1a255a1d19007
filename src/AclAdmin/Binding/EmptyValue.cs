namespace AclAdmin.Binding;

/// <summary>What an empty cell of a row means.</summary>
public enum EmptyValue
{
    /// <summary>It specifies nothing, so the field is left alone.</summary>
    Ignore,

    /// <summary>It clears the field, where the field may be null; elsewhere it is an error.</summary>
    Clear,
}
