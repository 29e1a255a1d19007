using System.IO;

namespace AclAdmin.Client.Http.Responses;

/// <summary>An answer has more bytes than its request may be answered with. It is not read further.</summary>
internal sealed class AnswerTooLargeException(int bound) : IOException
{
    /// <summary>The most bytes, unpacked.</summary>
    public int Bound { get; } = bound;
}
