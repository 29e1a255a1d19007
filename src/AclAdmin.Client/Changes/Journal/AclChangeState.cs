namespace AclAdmin.Client.Changes.Journal;

/// <summary>How a change of a journal ended.</summary>
public enum AclChangeState
{
    /// <summary>The service carried it out.</summary>
    Applied,

    /// <summary>There was nothing to do: the item that was to be removed was gone already.</summary>
    Unchanged,

    /// <summary>The service refused it, or it was not answered and not carried out.</summary>
    Failed,

    /// <summary>It may have been sent, and whether the service carried it out is not known.</summary>
    Unknown,

    /// <summary>The run was ended before it was sent.</summary>
    NotSent,

    /// <summary>Its outcome was not known, and the service turned out not to have carried it out.</summary>
    NotApplied,
}
