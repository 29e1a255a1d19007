using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace AclAdmin.Client.Tests.Properties;

/// <summary>
/// What holds for every input, tried with made ones: 500 for each property, or as many as ACLADMIN_PROPERTY_CASES states. The seed is fixed, so that a run
/// can be repeated; ACLADMIN_PROPERTY_SEED starts elsewhere.
/// </summary>
public sealed class PropertyTests
{
    private static readonly ResourceDescriptor Resource = ImpersonationRegistryEntry.Descriptor;

    private static readonly string[] TextFields = ["comments", "name", "email"];

    private static readonly string[] EveryKind = ["comments", "name", "email", "directory_id", "provenance", "is_email_regex"];

    private static readonly int Cases = Number("ACLADMIN_PROPERTY_CASES", 500);

    private static readonly Config Config = Config.QuickThrowOnFailure
        .WithMaxTest(Cases)
        .WithReplay((ulong)Number("ACLADMIN_PROPERTY_SEED", 2026), 7UL);

    [Fact]
    public void A_cell_of_text_is_sent_as_it_is_but_for_a_byte_order_mark_or_refused() => Check(Texts(), text =>
    {
        var isRead = CellParser.TryParse(Resource["comments"], text, ";", out var value);
        return isRead ? (string?)JObject.Parse(PatchOf("comments", value).ToJson())["comments"] == text.TrimStart('\uFEFF') : IsDamaged(text) || IsLeftover(text);
    });

    [Fact]
    public void A_damaged_text_is_never_sent() => Check(Texts(), text =>
        !(IsDamaged(text) || IsLeftover(text))
        || EveryKind.All(field => !CellParser.TryParse(Resource[field], text, ";", out _)));

    [Fact]
    public void A_cell_of_a_number_is_a_whole_number_or_refused() => Check(Texts(), text =>
        !CellParser.TryParse(Resource["directory_id"], text, ";", out var value)
        || value.Value<long>().ToString(CultureInfo.InvariantCulture) == Shorten(text.Trim([.. Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(ShowsNothing)])));

    [Fact]
    public void Every_whole_number_can_be_written_in_a_cell() => Check(ArbMap.Default.ArbFor<long>(), number =>
        CellParser.TryParse(Resource["directory_id"], number.ToString(CultureInfo.InvariantCulture), ";", out var value) && value.Value<long>() == number);

    [Fact]
    public void A_choice_is_one_of_the_services_own_spellings_or_refused() => Check(Texts(), text =>
        !CellParser.TryParse(Resource["provenance"], text, ";", out var value) || Resource["provenance"].AllowedValues.Contains(value.Value<string>()));

    [Fact]
    public void A_list_is_read_back_from_its_own_text() => Check(Texts().Generator.ArrayOf().ToArbitrary(), items =>
    {
        var whole = items.Where(item => item.Trim().Length > 0 && !IsDamaged(item) && !IsLeftover(item)).ToArray();
        var written = new TextList(whole).ToString();
        return whole.Length == 0
            || (CellParser.TryParse(AclAdmin.Client.CarrierX.AccessControlRule.Descriptor["entries"], written, ";", out var read)
                && read.Select(item => (string)item!).SequenceEqual(whole));
    });

    [Fact]
    public void A_patch_has_the_fields_that_were_set_and_differs_in_none_from_what_it_makes() => Check(Texts().Generator.ArrayOf().ToArbitrary(), values =>
    {
        var patch = new FieldPatch();
        foreach (var (field, text) in TextFields.Zip(values))
        {
            patch.Set(Resource[field], text);
        }

        var state = ImpersonationRegistryDefinition.Instance.Create(() => JObject.Parse(patch.ToJson()), "account");
        return patch.Names.SequenceEqual(TextFields.Take(values.Length)) && (values.Any(HasHalfCharacter) || patch.DifferencesFrom(state).Count == 0);
    });

    [Fact]
    public void Limit_headers_of_any_kind_are_read_or_ignored() => Check(Texts(), text =>
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Ratelimit", OneLine(text));
        response.Headers.TryAddWithoutValidation("Ratelimit-Policy", OneLine(text));
        return RateLimitHeaders.Read(response.Headers) is not { } read || (read.Remaining >= 0 && read.UntilReset >= TimeSpan.Zero);
    });

    [Fact]
    public void Limits_of_any_size_are_read() => Check(ArbMap.Default.ArbFor<ulong>(), number =>
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Ratelimit", $"\"default\";r={number};t={number}");
        return RateLimitHeaders.Read(response.Headers) is { Remaining: >= 0 } read && read.UntilReset >= TimeSpan.Zero;
    });

    [Fact]
    public void A_wait_that_is_asked_for_is_never_negative() => Check(Texts(), text =>
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", OneLine(text));
        return !(RetryAfterHeader.Read(response.Headers, DateTimeOffset.UnixEpoch) < TimeSpan.Zero);
    });

    [Fact]
    public void Totals_of_any_kind_leave_the_list_to_its_pages() => Check(ArbMap.Default.ArbFor<decimal>(), number =>
    {
        var answer = Encoding.UTF8.GetBytes($$"""{"result_info":{"total_count":{{number.ToString(CultureInfo.InvariantCulture)}},"per_page":{{(number * 7 % 5000).ToString(CultureInfo.InvariantCulture)}} } }""");
        return JsonBody.Load(answer) is not null;
    });

    [Fact]
    public void Bytes_of_any_kind_are_an_object_or_none_and_both_readers_agree() => Check(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        (JsonBody.Read(bytes) is null) == (JsonBody.Load(bytes) is null));

    [Fact]
    public void What_is_shown_is_one_line_of_the_length_that_is_allowed_without_anything_invisible() => Check(Texts(), text =>
    {
        var shown = DisplayText.Of(text, 60);
        return shown.Length <= 60 && !shown.Any(character => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format) && !HasHalfCharacter(shown);
    });

    [Fact]
    public void A_secret_does_not_pass_whatever_stands_around_it() => Check(Texts(), around =>
    {
        const string secret = "cfut_0123456789abcdefghijklmnopqrstuvwxyzABCD";
        var redactor = new Redactor(() => [secret]);
        var quoted = new[]
        {
            secret, JsonConvert.ToString(secret), Uri.EscapeDataString(secret), secret.ToUpperInvariant(), string.Join("\r\n", secret.Chunk(20).Select(part => new string(part))),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        };
        return quoted.All(form => !redactor.Redact(around + form + around).Contains(form.Substring(8, 12), StringComparison.Ordinal));
    });

    [Fact]
    public void What_can_be_an_id_needs_no_escape_in_an_address() => Check(Texts(), text => !RequestPath.IsId(text) || Uri.EscapeDataString(text) == text);

    /// <summary>Texts as they come: short and long ones, with what editors, spreadsheets and attackers leave behind.</summary>
    private static Arbitrary<string> Texts() => Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements("", " ", "\u00A0", "\u200B", "\uFEFFid", "a;b", "[\"a\"]", "[\"a\",]", "1e3", "1.5551E+10", "00042", "+1", "-0", "\uD800", "yes", "TRUE", "\uFFFD", "a\r\nb", "=\"0444\"", "\u202Eevil"),
            from left in ArbMap.Default.GeneratorFor<string>() from right in Gen.Elements("\uD83D\uDE00", "\uDE00", "\u0000", "\\u0041", "%41", "&#65;") select (left ?? "") + right)
        .ToArbitrary();

    private static void Check<T>(Arbitrary<T> inputs, Func<T, bool> property) => Prop.ForAll(inputs, property).Check(Config);

    private static FieldPatch PatchOf(string field, JToken value)
    {
        var patch = new FieldPatch();
        patch.Set(Resource[field], value);
        return patch;
    }

    /// <summary>
    /// What a spreadsheet leaves behind, as far as <see cref="Texts"/> makes it: a wrapper that keeps digits as text, a shortened number, the text of an error.
    /// </summary>
    private static bool IsLeftover(string text) => Leftover.IsMatch(text.Trim(' '));

    private static readonly Regex Leftover = new(
        "^(=\".*\"|='.*'|[='][+-]?[0-9]+|[+-]?[0-9]+([.,][0-9]+)?[Ee][+][0-9]{1,3}|[+-]?[0-9]+[.,][0-9]+[Ee]-?[0-9]{1,3}|##+|#\\p{Lu}{2,}[!?])$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static bool IsDamaged(string text) => HasHalfCharacter(text) || text.Contains('\uFFFD') || text.Contains('\0');

    private static bool ShowsNothing(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private static string Shorten(string digits)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var bare = (digits is ['+', .. var unsigned] ? unsigned : digits).TrimStart('-').TrimStart('0');
        return bare.Length == 0 ? "0" : sign + bare;
    }

    private static string OneLine(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);

    private static bool HasHalfCharacter(string text) =>
        Enumerable.Range(0, text.Length).Any(index => char.IsSurrogate(text[index])
            && !char.IsSurrogatePair(text, index)
            && !(index > 0 && char.IsSurrogatePair(text, index - 1)));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
