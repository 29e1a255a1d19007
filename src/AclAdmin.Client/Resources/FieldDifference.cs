using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>One field whose desired value differs from the service's value.</summary>
/// <param name="name">The field's API name.</param>
/// <param name="before">The service's value; JSON null where it has none.</param>
/// <param name="after">The desired value; JSON null where it is to be cleared.</param>
public sealed class FieldDifference(string name, JToken before, JToken after)
{
    /// <summary>The field's API name.</summary>
    public string Name { get; } = DisplayText.Whole(name);

    /// <summary>The service's value, as JSON.</summary>
    public string Before { get; } = DisplayText.OfJson(before.ToString(Formatting.None));

    /// <summary>What is wanted, as JSON.</summary>
    public string After { get; } = DisplayText.OfJson(after.ToString(Formatting.None));

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Before} -> {After}";
}
