using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AclAdmin.Client.Resources;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>How many items a desired state may remove: more than that looks like a wrong or a torn file.</summary>
public sealed class RemovalLimit
{
    /// <summary>The default limit.</summary>
    public const string Default = "10%";

    /// <summary>How many items a refusal lists.</summary>
    private const int ListedItems = 10;

    private readonly decimal _value;
    private readonly bool _isShare;

    private RemovalLimit(decimal value, bool isShare)
    {
        _value = value;
        _isShare = isShare;
    }

    /// <summary>Reads a limit.</summary>
    /// <param name="text">A whole number such as <c>25</c>, or a share of the managed items such as <c>10%</c>.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.ValidationFailed"/>: it is neither.</exception>
    public static RemovalLimit Parse(string text)
    {
        var trimmed = text.Trim();
        var isShare = trimmed.EndsWith("%", StringComparison.Ordinal);
        var number = isShare ? trimmed.Substring(0, trimmed.Length - 1).TrimEnd() : trimmed;
        var style = isShare ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        return decimal.TryParse(number, style, CultureInfo.InvariantCulture, out var value) && (!isShare || value <= 100)
            ? new RemovalLimit(value, isShare)
            : throw new AclException(
                ErrorKind.ValidationFailed,
                $"-MaxRemove is '{DisplayText.Of(text)}'; allowed: a whole number such as 25, or a percentage from 0% to 100%.",
                "Correct the value.");
    }

    /// <summary>Checks the number of removals.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="removed">The items that no row names.</param>
    /// <param name="managed">How many managed items there are.</param>
    /// <exception cref="AclException"><see cref="ErrorKind.TooManyRemovals"/>: they are more than the limit allows.</exception>
    public void Check<T>(ResourceDescriptor resource, IReadOnlyList<T> removed, int managed)
        where T : ApiResource
    {
        var isWithin = _isShare ? removed.Count * 100m <= _value * managed : removed.Count <= _value;
        if (isWithin)
        {
            return;
        }

        var listed = string.Join(", ", removed.Take(ListedItems).Select(item => item.ToString()));
        throw new AclException(
            ErrorKind.TooManyRemovals,
            FormattableString.Invariant($"No row names {removed.Count:#,0} of {managed:#,0} managed {resource.Plural}, and -MaxRemove allows {this} to be removed: ")
                + $"{listed}{(removed.Count > ListedItems ? ", ..." : "")}. Nothing was sent.",
            "Check that the rows are complete. If all of these are to be removed, specify a greater -MaxRemove.");
    }

    /// <inheritdoc/>
    public override string ToString() => _value.ToString("0.##", CultureInfo.InvariantCulture) + (_isShare ? "%" : "");
}
