namespace AclAdmin.Client.Changes.Journal;

/// <summary>How a change of a journal ended.</summary>
public enum AclChangeState
{
    /// <summary>The service applied it.</summary>
    Applied,

    /// <summary>There was nothing to do: the item to remove did not exist.</summary>
    Unchanged,

    /// <summary>The service refused it, or did not answer and did not apply it.</summary>
    Failed,

    /// <summary>It may have been sent, and whether the service applied it is not known.</summary>
    Unknown,

    /// <summary>The run was ended before it was sent.</summary>
    NotSent,

    /// <summary>Its outcome was not known, and the service has proved not to have applied it.</summary>
    NotApplied,
}
