namespace AclAdmin.Client.Changes.Runs;

/// <summary>What the thread that posts changes and takes outcomes can wait for.</summary>
public enum Awaited
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The next outcome in order.</summary>
    Next,

    /// <summary>
    /// Room for many changes, and not just for one: waking at every single end would cost more than the work. Where outcomes must be taken before there can
    /// be room, the next of those.
    /// </summary>
    Room,

    /// <summary>That no request is under way.</summary>
    Idle,
}
