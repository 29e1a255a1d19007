using System;
using AclAdmin.Client;

namespace AclAdmin.Binding;

/// <summary>Finds the file that a path of the engine means.</summary>
internal static class FileLocation
{
    /// <summary>The full path. The file need not be there.</summary>
    /// <param name="cmdlet">The cmdlet, whose location a relative path is resolved against.</param>
    /// <param name="path">The path, in which no character is a wildcard.</param>
    /// <param name="fail">Makes the failure out of the reason and of what has caused it.</param>
    /// <exception cref="AclException">The path is none of a file.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, Func<string, Exception?, AclException> fail)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw fail($"it belongs to the provider {provider.Name}", null);
        }
        catch (Exception failure) when (failure is RuntimeException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw fail(failure.Message.TrimEnd('.'), failure);
        }
    }
}
