using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace AclAdmin.Client.Changes;

/// <summary>
/// Checks a path before it is opened: opening a FIFO or reading a device may never end, and replacing a device breaks the system. A file with other
/// content is neither added to nor replaced.
/// </summary>
internal static class RegularFile
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    /// <summary>The runtime's own layout of a file's status, the same on every system: the mode follows the flags.</summary>
    private const int ModeOffset = 4;

    private const int StatusBytes = 512;

    /// <summary>Checks that there is a regular file, a link to one, or nothing.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="IOException">There is a folder, a device, a FIFO, a socket, or a link whose target is missing.</exception>
    public static bool Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder");
        }

        if (Path.DirectorySeparatorChar != '/')
        {
            return path.StartsWith(@"\\.\", StringComparison.Ordinal) ? throw new IOException("it is a device, and not a file") : File.Exists(path);
        }

        if (FindType(path) is not { } type)
        {
            return IsLink(path) ? throw new IOException("it is a link whose target does not exist") : File.Exists(path);
        }

        return type == RegularType ? true : throw new IOException("it is a device, a FIFO or a socket, and not a file");
    }

    /// <summary>Checks that a file may be replaced: it does not exist, is empty, or has the content of its kind.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="kind">The kind, with an article.</param>
    /// <param name="isOwn">Whether the first 256 bytes are those of the kind.</param>
    /// <exception cref="IOException">It may not, or cannot be read.</exception>
    public static void CheckReplaceable(string path, string kind, Func<string, bool> isOwn)
    {
        if (Check(path) && ReadStart(path) is { Length: > 0 } start && !isOwn(start))
        {
            throw new IOException($"there is a file that is not {kind}, and it was not replaced");
        }
    }

    /// <summary>The first 256 bytes of a file, as UTF-8.</summary>
    public static string ReadStart(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[256];
        return Encoding.UTF8.GetString(bytes, 0, file.Read(bytes, 0, bytes.Length));
    }

    /// <summary>The file that a path leads to: the target where it is a link, as replacing the link itself would leave its target as it was.</summary>
    public static string Follow(string path)
    {
        // Newer than netstandard2.0. A placeholder of a cloud drive is no link and has no target.
        var resolve = IsLink(path) ? typeof(File).GetMethod("ResolveLinkTarget", [typeof(string), typeof(bool)]) : null;
        return (resolve?.Invoke(null, [path, true]) as FileSystemInfo)?.FullName ?? path;
    }

    private static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <returns>Null where nothing is there, or where the runtime does not show it.</returns>
    private static int? FindType(string path)
    {
        try
        {
            var status = new byte[StatusBytes];
            return Stat(Encoding.UTF8.GetBytes(path + "\0"), status) == 0 ? BitConverter.ToInt32(status, ModeOffset) & TypeMask : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>.NET has no public method that shows a file's type; this is the function that its own are built on.</summary>
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Stat(byte[] path, byte[] status);
}
