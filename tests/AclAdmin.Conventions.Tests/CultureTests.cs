using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AclAdmin.Conventions.Tests.Reading;
using Xunit;

namespace AclAdmin.Conventions.Tests;

/// <summary>
/// Numbers and dates in messages, files and ids are the same in every culture. The analyzers check each ToString; an interpolation with a format takes the
/// culture of the thread, and no analyzer reports it.
/// </summary>
public sealed partial class CultureTests
{
    [Fact]
    public void Formats_in_interpolations_are_invariant() => Rule.Holds(
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !file.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin")
        from found in FindBreaches(File.ReadAllText(file))
        select $"{Path.GetRelativePath(Repository.Root, file)}: {found}",
        "put the interpolation into FormattableString.Invariant.");

    /// <summary>Were the reader blind, the rule would hold forever.</summary>
    [Theory]
    [InlineData("""var a = $"{bytes:#,0} bytes";""", 1)]
    [InlineData("""var a = "b" + $"{c ?? "d"} in {span.TotalSeconds:0.#} s";""", 1)]
    [InlineData("""var a = $"{time:u}" + $"{day:yyyy-MM-dd}";""", 2)]
    [InlineData("""var a = FormattableString.Invariant($"{bytes:#,0} bytes");""", 0)]
    [InlineData("""Fail(FormattableString.Invariant(\n    $"{bytes:#,0} bytes"));""", 0)]
    [InlineData("""var a = $"{(isOne ? "one: 1" : name)} and {Guid.NewGuid():N}, {count}: 0";""", 0)]
    public void Breaches_are_found(string code, int count) => Assert.Equal(count, FindBreaches(Regex.Unescape(code)).Length);

    private static string[] FindBreaches(string code) =>
        [.. from text in Interpolated().Matches(code) where !text.Groups["invariant"].Success && Formatted().IsMatch(text.Value) select text.Value];

    [GeneratedRegex("""(?<invariant>\bInvariant\(\s*)?\$@?"(?:\{[^{}]*\}|\\.|[^"\\{])*["]""")]
    private static partial Regex Interpolated();

    /// <summary>A conditional in an interpolation stands in brackets, so that a colon outside of them begins a format. An id has no culture.</summary>
    [GeneratedRegex("""\{(?!Guid\.)(?:\((?:[^(){}]|\((?:[^(){}]|\([^(){}]*\))*\))*\)|"[^"]*"|[^{}"():])+:[^{}"]+\}""")]
    private static partial Regex Formatted();
}
