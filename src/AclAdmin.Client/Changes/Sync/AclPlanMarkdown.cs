using System.Globalization;
using System.Text;

namespace AclAdmin.Client.Changes.Sync;

/// <summary>
/// Writes a plan as Markdown with a table, for a comment on a pull request. Text from outside is inert: it creates no link, no mention and no markup.
/// </summary>
internal static class AclPlanMarkdown
{
    /// <summary>GitHub accepts 65,536 characters in a comment.</summary>
    private const int MaxLength = 60_000;

    private const int MaxValue = 400;

    /// <summary>Characters that have no meaning in Markdown, HTML or a table, in any position.</summary>
    private const string Plain = " ,-()/=%;'\"";

    /// <summary>Writes the plan.</summary>
    public static string Write(AclPlan plan)
    {
        var text = new StringBuilder();
        text.Append("### ").Append(plan.Counts).Append("\n\n");
        text.Append("List ").Append(Code(plan.Resource));
        if (plan.AccountId is not null)
        {
            text.Append(" of the account ").Append(Code(plan.AccountId));
        }

        text.Append(" at ").Append(Code(plan.Address)).Append(", planned at ").Append(plan.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Append(" UTC.\n");
        if (plan.Changes.Count > 0)
        {
            text.Append("\n| Action | Item | Field | Before | After |\n|---|---|---|---|---|\n");
        }

        for (var index = 0; index < plan.Changes.Count; index++)
        {
            var rows = RowsOf(plan.Changes[index]);
            if (text.Length + rows.Length > MaxLength)
            {
                text.Append('\n').Append((plan.Changes.Count - index).ToString("#,0", CultureInfo.InvariantCulture)).Append(" further changes are not shown.\n");
                break;
            }

            text.Append(rows);
        }

        return text.ToString();
    }

    private static string RowsOf(AclPlanChange change)
    {
        var rows = new StringBuilder();
        var head = $"| {Word(change.Action)} | {Describe(change)} |";
        foreach (var field in change.Differences)
        {
            rows.Append(head).Append(' ').Append(Code(field.Name)).Append(" | ").Append(ValueOf(field.Before)).Append(" | ").Append(ValueOf(field.After)).Append(" |\n");
            head = "| | |";
        }

        return rows.Length == 0 ? head + " | | |\n" : rows.ToString();
    }

    private static string Describe(AclPlanChange change)
    {
        var name = change.Name is { Length: > 0 } called ? Code(called) : "";
        var id = change.Id is null ? "" : Code(change.Id);
        return name.Length > 0 && id.Length > 0 ? $"{name}<br>{id}" : name + id;
    }

    private static string Word(ChangeAction action) => action switch
    {
        ChangeAction.Create => "create",
        ChangeAction.Delete => "remove",
        _ => "change",
    };

    private static string ValueOf(string json) => json == "null" ? "" : Code(json);

    private static string Code(string value) => $"<code>{Escape(DisplayText.Of(value, MaxValue))}</code>";

    /// <summary>Every character that could have a meaning, as its number: a number is never markup.</summary>
    private static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var character in value)
        {
            if (char.IsLetterOrDigit(character) || character > '~' || Plain.IndexOf(character) >= 0)
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append("&#").Append(((int)character).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return escaped.ToString();
    }
}
