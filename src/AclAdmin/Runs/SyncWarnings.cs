using System;
using AclAdmin.Client;
using AclAdmin.Client.Changes.Sync;
using AclAdmin.Client.Resources;
using AclAdmin.Streams;

namespace AclAdmin.Runs;

/// <summary>Warns, once for a run, of what a desired state leaves alone; and words the errors of rows that are none of one list.</summary>
internal static class SyncWarnings
{
    /// <summary>Writes the warnings of a plan.</summary>
    public static void Write<T>(Cmdlet cmdlet, SyncPlan<T> plan, ResourceDescriptor resource, bool hasScope)
        where T : ApiResource
    {
        if (plan.Counts.NotManaged is > 0 and var count)
        {
            var outside = hasScope ? ", or outside of -Scope" : "";
            cmdlet.ShowWarning(count == 1
                ? $"1 {resource.Noun} is not managed here, as a directory owns it or it is read-only{outside}. It is left alone."
                : FormattableString.Invariant($"{count:#,0} {resource.Plural} are not managed here, as directories own them or they are read-only{outside}. They are left alone."));
        }

        if (plan.Withheld > 0)
        {
            cmdlet.ShowWarning(Withheld(plan.Withheld, resource, "as a row that cannot be carried out may be about one of them"));
        }
    }

    /// <summary>The warning for removals that are left out.</summary>
    /// <param name="count">How many.</param>
    /// <param name="resource">The field table.</param>
    /// <param name="reason">Why: the end of a sentence.</param>
    public static string Withheld(int count, ResourceDescriptor resource, string reason) => count == 1
        ? $"1 {resource.Noun} that no row names is not removed, {reason}. Correct the rows and run them again."
        : FormattableString.Invariant($"{count:#,0} {resource.Plural} that no row names are not removed, {reason}. Correct the rows and run them again.");

    /// <summary>The error for no rows where what no row names is removed: an empty file must not empty a list.</summary>
    public static AclException NoRows(ResourceDescriptor resource) => new(
        ErrorKind.ValidationFailed, $"There are no rows, and -RemoveUnlisted would remove every {resource.Noun}. Nothing was sent.", "Check the file.");

    /// <summary>The error of a row for another account.</summary>
    public static AclException OtherAccount(string? first, string? other) => new(
        ErrorKind.ValidationFailed,
        $"The rows before are for the account {first}, and this one is for {other}: a run keeps one list. Nothing was sent for this row.",
        "Run the rows of each account on their own.");
}
