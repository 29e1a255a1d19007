using AclAdmin.Sandbox.Validation;

namespace AclAdmin.Sandbox.Cloudflare;

/// <summary>
/// Numbers in <c>errors</c>. Those in the vendor's papers or seen in practice are marked; the others are this sandbox's own.
/// </summary>
internal static class Codes
{
    public const int BadBody = 1000;
    public const int SyncedEntry = 1004;
    public const int BadQuery = 1009;
    public const int UnknownEntry = 1010;
    public const int MediaType = 1011;

    /// <summary>Seen: a credential of a shape that none has; the chain has the header.</summary>
    public const int InvalidHeaders = 6003;

    /// <summary>Seen in the chain of <see cref="InvalidHeaders"/>: the key.</summary>
    public const int KeyFormat = 6103;

    /// <summary>Seen in the chain of <see cref="InvalidHeaders"/>: the token.</summary>
    public const int AuthorizationFormat = 6111;

    /// <summary>Documented: no route for the address.</summary>
    public const int NoRoute = 7003;

    /// <summary>Seen: unknown key or e-mail address.</summary>
    public const int UnknownKey = 9103;

    /// <summary>Seen: not allowed to do this, and, with another message, an unknown token.</summary>
    public const int Unauthorized = 9109;

    /// <summary>Seen: authentication error, which also stands for a valid credential without the permission.</summary>
    public const int Authentication = 10000;

    public const int Method = 10405;

    /// <summary>Seen: slow down. Below the 1000 that the schema promises.</summary>
    public const int SlowDown = 971;

    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.UnknownField => 1001,
        ProblemKind.WrongType => 1002,
        ProblemKind.MissingField => 1003,
        ProblemKind.TooLong => 1005,
        ProblemKind.BadValue => 1006,
        ProblemKind.ReadOnlyField => 1007,
        ProblemKind.EmptyBody => 1008,
        ProblemKind.NullValue => 1012,
        _ => BadBody,
    };
}
