using System;
using System.IO;
using System.Reflection;
using System.Security;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Creates a file that only its owner can ever read. On Windows a new file has the permissions of its folder.
/// </summary>
internal static class OwnerOnlyFile
{
    /// <summary>
    /// Data that could not be written must not stay in a buffer: it would be written again when the file is truncated and when it is closed.
    /// </summary>
    public const int NoBuffer = 1;

    /// <summary>
    /// Windows keeps a second writer out where readers are allowed, and a program that reads a file must not stop a run. Elsewhere a lock is what .NET
    /// makes of this value, and only an exclusive one keeps a writer out.
    /// </summary>
    public static readonly FileShare WriterShare = Path.DirectorySeparatorChar == '/' ? FileShare.None : FileShare.Read;

    /// <summary>Read and write for the owner: 0600.</summary>
    private const int OwnerReadWrite = 0x180;

    /// <summary>Newer than netstandard2.0, and there wherever PowerShell runs on Linux and macOS: hence by reflection.</summary>
    private static readonly Type? OptionsType = typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions");

    private static readonly Type? ModeType = typeof(FileStream).Assembly.GetType("System.IO.UnixFileMode");

    /// <summary>Creates the file, and keeps every other process from opening it.</summary>
    /// <exception cref="IOException">It is there already, or cannot be created.</exception>
    public static FileStream Create(string path)
    {
        if (Path.DirectorySeparatorChar != '/' || OptionsType is null || ModeType is null)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, WriterShare, NoBuffer);
        }

        var options = Activator.CreateInstance(OptionsType)!;
        Set(options, "Mode", FileMode.CreateNew);
        Set(options, "Access", FileAccess.ReadWrite);
        Set(options, "Share", WriterShare);
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

    /// <summary>Writes a whole file: the new content replaces the old one when it is complete. A link is followed.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="overwrites">Whether it may replace a file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, bool overwrites, Action<Stream> write)
    {
        var exists = RegularFile.Check(path);
        path = RegularFile.Follow(path);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = Create(draft))
            {
                write(file);
            }

            if (overwrites && exists)
            {
                File.Replace(draft, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(draft, path);
            }
        }
        finally
        {
            Discard(draft);
        }
    }

    /// <summary>Whether an error is that of a file which cannot be read or written.</summary>
    public static bool IsFailure(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException or ArgumentException;

    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            // The cause that prevented the write also prevents the deletion, and is reported already.
        }
    }

    private static void Set(object options, string name, object value) => OptionsType!.GetProperty(name)!.SetValue(options, value);
}
