using System;

namespace AclAdmin.Client.Changes.Journal;

/// <summary>The words of a journal's lines, which about_AclAdmin_Changes documents. A word never changes its meaning.</summary>
internal static class JournalSchema
{
    /// <summary>Rises with a change that older readers would misread; new members alone do not raise it.</summary>
    public const int Version = 1;

    public const string RunLine = "run";
    public const string IntentLine = "intent";
    public const string OutcomeLine = "outcome";
    public const string FindingLine = "finding";
    public const string EndLine = "end";

    public const string VersionMember = "v";
    public const string Type = "type";
    public const string Run = "run";
    public const string Change = "change";
    public const string Time = "time";

    public const string Module = "module";
    public const string Command = "command";
    public const string CommandLine = "line";
    public const string Script = "script";
    public const string User = "user";
    public const string Host = "host";
    public const string ProcessId = "pid";
    public const string ProcessStarted = "pidStarted";
    public const string Connection = "connection";
    public const string Service = "service";
    public const string Address = "address";
    public const string Partner = "partner";

    public const string Rows = "rows";
    public const string Account = "account";
    public const string Resource = "resource";
    public const string Verb = "verb";
    public const string Id = "id";
    public const string Name = "name";
    public const string Body = "body";
    public const string Before = "before";
    public const string Siblings = "siblings";
    public const string Undoes = "undoes";
    public const string Masked = "masked";

    public const string State = "state";
    public const string After = "after";
    public const string ErrorId = "errorId";
    public const string Error = "error";
    public const string RequestId = "requestId";
    public const string EndedBy = "endedBy";

    public static string Word(ChangeAction action) => action.ToString().ToLowerInvariant();

    /// <summary>Reads a word: exactly as a journal spells it, and never a number.</summary>
    public static bool TryReadWord(string? word, out ChangeAction action) => TryRead(word, Word, out action);

    /// <inheritdoc cref="TryReadWord(string?, out ChangeAction)"/>
    public static bool TryReadWord(string? word, out AclChangeState state) => TryRead(word, Word, out state);

    private static bool TryRead<T>(string? word, Func<T, string> wordOf, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues(typeof(T)))
        {
            if (wordOf(candidate) == word)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    public static string Word(AclChangeState state) => state switch
    {
        AclChangeState.NotSent => "notSent",
        AclChangeState.NotApplied => "notApplied",
        _ => state.ToString().ToLowerInvariant(),
    };
}
