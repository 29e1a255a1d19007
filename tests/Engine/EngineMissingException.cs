using System;

namespace AclAdmin.Testing;

/// <summary>There is no engine to run in. The message names the cause and the remedy in one line.</summary>
public sealed class EngineMissingException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public EngineMissingException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">The cause and the remedy.</param>
    public EngineMissingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with what caused it.</summary>
    /// <param name="message">The cause and the remedy.</param>
    /// <param name="innerException">What caused it.</param>
    public EngineMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
