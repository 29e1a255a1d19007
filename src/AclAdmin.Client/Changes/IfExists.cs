using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes;

/// <summary>What a create does where an item with the same natural key exists.</summary>
public enum IfExists
{
    /// <summary>Leaves it alone: unchanged where it agrees with what is specified, an error where it differs.</summary>
    Skip,

    /// <summary>Leaves it alone, whatever its values: unchanged.</summary>
    Keep,

    /// <summary>Updates the fields that differ.</summary>
    Update,

    /// <summary>Creates another one, without a search.</summary>
    Create,
}

/// <summary>What a create does, given the existing items.</summary>
/// <param name="Action">Create, or Update of <paramref name="Present"/>; null where there is nothing to do.</param>
/// <param name="Present">The existing item; null where there is none.</param>
/// <param name="Patch">What is to be sent.</param>
/// <param name="Differences">The fields that differ, with their present values.</param>
public sealed record CreateDecision<T>(ChangeAction? Action, T? Present, FieldPatch Patch, IReadOnlyList<FieldDifference> Differences)
    where T : ApiResource
{
    /// <summary>Decides, in one place, for the plan and again for the change right before it is sent.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="existing">The existing items.</param>
    /// <param name="specified">What the row specifies.</param>
    /// <param name="ifExists">What to do where such an item exists.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.AlreadyExists"/>: it exists with other values, several exist, or it cannot be changed.</exception>
    public static CreateDecision<T> Decide(ResourceDescriptor resource, ExistingItems<T>? existing, FieldPatch specified, IfExists ifExists)
    {
        var found = ifExists == IfExists.Create || existing is null ? [] : existing.Find(specified);
        if (found.Count == 0)
        {
            return new CreateDecision<T>(ChangeAction.Create, null, specified.WithCreateDefaults(resource), []);
        }

        if (ifExists == IfExists.Keep)
        {
            return new CreateDecision<T>(null, found[0], specified, []);
        }

        // The key is the same in another spelling, too.
        var beyondKey = specified.Only(specified.Names.Except(resource.NaturalKey).ToArray());
        if (found.FirstOrDefault(item => beyondKey.DifferencesFrom(item).Count == 0) is { } same
            && (ifExists == IfExists.Skip || specified.DifferencesFrom(same).Count == 0))
        {
            return new CreateDecision<T>(null, same, specified, []);
        }

        var ids = string.Join(", ", found.Select(item => item.ToString()));
        if (ifExists == IfExists.Skip || found.Count > 1)
        {
            var shown = found.Count == 1
                ? $"There is such an {resource.Noun} already, {ids}, with other values: {string.Join("; ", beyondKey.DifferencesFrom(found[0]))}. Nothing was sent."
                : $"There are {found.Count} such {resource.Plural} already: {ids}. Nothing was sent.";
            throw new AclException(
                ErrorKind.AlreadyExists, shown, "Change it by its id with the matching Set- or Update- cmdlet, or run the row with -IfExists Update, or with Keep to leave it as it is.");
        }

        var differences = specified.DifferencesFrom(found[0]);
        return found[0].GetReadOnlyReason() is { } reason
            ? throw reason
            : new CreateDecision<T>(ChangeAction.Update, found[0], specified.Only(differences.Select(difference => difference.Name).ToArray()), differences);
    }
}
