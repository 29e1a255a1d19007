using System;
using System.IO;
using System.Reflection;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Creates a file that its owner alone can read, from its first moment on. On Windows a new file has the permissions of its folder.
/// </summary>
internal static class OwnerOnlyFile
{
    /// <summary>
    /// What fails to be written must not stay in a buffer: it would be written once more when the file is cut, and when it is closed.
    /// </summary>
    public const int NoBuffer = 1;

    /// <summary>Read and write for the owner: 0600.</summary>
    private const int OwnerReadWrite = 0x180;

    /// <summary>Newer than netstandard2.0, and there wherever PowerShell runs on Linux and macOS: hence by reflection.</summary>
    private static readonly Type? OptionsType = typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions");

    private static readonly Type? ModeType = typeof(FileStream).Assembly.GetType("System.IO.UnixFileMode");

    /// <summary>Creates the file, and keeps everybody else from opening it.</summary>
    /// <exception cref="IOException">It is there already, or cannot be created.</exception>
    public static FileStream Create(string path)
    {
        if (System.IO.Path.DirectorySeparatorChar != '/' || OptionsType is null || ModeType is null)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, NoBuffer);
        }

        var options = Activator.CreateInstance(OptionsType)!;
        Set(options, "Mode", FileMode.CreateNew);
        Set(options, "Access", FileAccess.ReadWrite);
        Set(options, "Share", FileShare.None);
        Set(options, "BufferSize", NoBuffer);
        Set(options, "UnixCreateMode", Enum.ToObject(ModeType, OwnerReadWrite));
        try
        {
            return (FileStream)Activator.CreateInstance(typeof(FileStream), path, options)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw failure.InnerException is IOException or UnauthorizedAccessException
                ? failure.InnerException
                : new IOException(failure.InnerException.Message, failure.InnerException);
        }
    }

    private static void Set(object options, string name, object value) => OptionsType!.GetProperty(name)!.SetValue(options, value);
}
