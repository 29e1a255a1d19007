using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>
/// The mark of a plan that is applied: a file beside it, which one process alone can create. It stays, as what a plan has done once, such as a create,
/// must not be done again.
/// </summary>
public sealed class PlanClaim
{
    private const string Extension = ".applied";

    private readonly string _path;

    private PlanClaim(string path)
    {
        _path = path;
    }

    /// <summary>Claims a plan.</summary>
    /// <param name="planPath">The plan's full path.</param>
    /// <param name="time">The present time.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.PlanFailed"/>: the plan is claimed already, or the mark cannot be written.</exception>
    public static PlanClaim Make(string planPath, DateTime time)
    {
        var path = PathOf(planPath);
        try
        {
            RegularFile.Check(path);
            var mark = Encoding.UTF8.GetBytes($"at {time.ToString("u", CultureInfo.InvariantCulture)} by {Environment.UserName} on {Environment.MachineName}");
            using var file = OwnerOnlyFile.Create(path);
            file.Write(mark, 0, mark.Length);
            file.Flush(flushToDisk: true);
            return new PlanClaim(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new AclException(
                ErrorKind.PlanFailed,
                $"The plan '{DisplayText.Of(planPath)}' was applied already, or is being applied: {DisplayText.Of(ReadMark(path), 200)}. Nothing was sent.",
                $"Plan again with -PlanPath. Delete {DisplayText.Of(path)} only where it is certain that nothing of the plan was sent.");
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            throw new AclException(
                ErrorKind.PlanFailed,
                $"The plan '{DisplayText.Of(planPath)}' cannot be marked as applied: {failure.Message.TrimEnd('.')}. Nothing was sent.",
                "Copy the plan to a folder that can be written.",
                failure);
        }
    }

    /// <summary>Removes the mark, where nothing of the plan was applied.</summary>
    public void Release() => TryDelete(_path);

    /// <summary>Removes the mark of a plan that another one has replaced.</summary>
    internal static void Remove(string planPath) => TryDelete(PathOf(planPath));

    private static string PathOf(string planPath) => RegularFile.Follow(planPath) + Extension;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            // A mark that stays refuses the plan, with the file's name in the message.
        }
    }

    private static string ReadMark(string path)
    {
        try
        {
            return RegularFile.ReadStart(path);
        }
        catch (Exception failure) when (OwnerOnlyFile.IsFailure(failure))
        {
            return "by another process";
        }
    }
}
