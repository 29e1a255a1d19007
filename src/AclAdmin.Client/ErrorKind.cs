namespace AclAdmin.Client;

/// <summary>The kind of a failure. The names are the error ids that the module shows, and therefore part of its contract.</summary>
public enum ErrorKind
{
    /// <summary>There is no connection, and the environment specifies none either.</summary>
    NotConnected,

    /// <summary>A cell does not contain a value of its column's kind. Nothing was sent.</summary>
    InvalidCell,

    /// <summary>The field table or the service (400, 422) refuses a value.</summary>
    ValidationFailed,

    /// <summary>A call specified no field to update.</summary>
    NothingToUpdate,

    /// <summary>The entry belongs to a directory integration, and only the directory may change it.</summary>
    DirectorySyncedEntry,

    /// <summary>The rule is inherited from the parent partner and cannot be changed here.</summary>
    ReadOnlyRule,

    /// <summary>The service does not know the id (404).</summary>
    NotFound,

    /// <summary>The service reports a conflict (409), or an item changed between reading and writing.</summary>
    Conflict,

    /// <summary>Such an item exists, with other values. Nothing was sent.</summary>
    AlreadyExists,

    /// <summary>The service rejects the credential (401, or Cloudflare's codes 9103 and 10000).</summary>
    AuthenticationFailed,

    /// <summary>The credential is valid, but does not permit this call (403).</summary>
    PermissionDenied,

    /// <summary>The service refused the last try as well because of its limit (429).</summary>
    RateLimited,

    /// <summary>No answer came in time.</summary>
    Timeout,

    /// <summary>The service could not be reached, or the connection broke at every try.</summary>
    Unreachable,

    /// <summary>The answer is not what the service's contract promises.</summary>
    UnexpectedResponse,

    /// <summary>The service refused for a reason that none of the other kinds covers.</summary>
    ApiError,

    /// <summary>The request was sent, and whether the service applied it is not known.</summary>
    OutcomeUnknown,

    /// <summary>The run ended before the row was sent.</summary>
    NotSent,

    /// <summary>The fields that an undo would restore have changed since. Nothing was sent.</summary>
    Drifted,

    /// <summary>A desired state would remove more items than are allowed. Nothing was sent.</summary>
    TooManyRemovals,

    /// <summary>A plan cannot be saved, or a saved one cannot be used: it is damaged, was edited, or is for another list. Nothing was sent.</summary>
    PlanFailed,

    /// <summary>The list has changed since a plan was saved. Nothing was sent.</summary>
    StalePlan,

    /// <summary>The journal could not be written or read. Nothing was sent.</summary>
    JournalFailed,

    /// <summary>A file other than a journal could not be written, or exists.</summary>
    FileFailed,

    /// <summary>A change needs a confirmation, and nobody can be asked. Nothing was sent.</summary>
    NotConfirmed,

    /// <summary>A defect in AclAdmin, or an object whose properties cannot be read. Nothing was sent.</summary>
    InternalError,
}
