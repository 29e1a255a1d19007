using System.Globalization;

namespace AclAdmin.Client.Http.Responses;

/// <summary>What is known of a member of an answer without its value being kept: of an object, only the id in it.</summary>
/// <param name="name">Its name.</param>
/// <param name="isObject">Whether it is an object.</param>
/// <param name="value">Its value, where it is a text, a flag or a whole number.</param>
internal sealed class JsonMember(string name, bool isObject, object? value)
{
    private string? _id;

    public string Name { get; } = name;

    public bool IsObject { get; } = isObject;

    public bool? Flag => value as bool?;

    public string? Text => TextOf(value);

    public static bool IsNoted(string name) => name == "id";

    public void Note(string name, object? inner)
    {
        if (IsNoted(name))
        {
            _id = TextOf(inner);
        }
    }

    public string? GetId(string name) => IsNoted(name) ? _id : null;

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
