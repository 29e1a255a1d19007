using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AclAdmin.Client;
using AclAdmin.Client.Http.Credentials;

namespace AclAdmin.Binding;

/// <summary>
/// A script block that obtains a secret. Requests need one on their own threads, while the pipeline waits or long after the session that connected has
/// ended; so it runs in a runspace of its own, which has the language mode, the location and the variables that it names of the session that connected.
/// </summary>
internal sealed class SecretScript
{
    private readonly string _text;
    private readonly string _parameter;
    private readonly string _location;
    private readonly PSLanguageMode _language;
    private readonly SessionStateVariableEntry[] _variables;
    private readonly Func<string, Secret> _wrap;

    /// <summary>Keeps a script block.</summary>
    /// <param name="script">The script block.</param>
    /// <param name="parameter">The parameter that specified it, for messages.</param>
    /// <param name="session">The session that connects.</param>
    /// <param name="wrap">Wraps the text that it returns; throws an <see cref="ArgumentException"/> without the text where it is unusable.</param>
    public SecretScript(ScriptBlock script, string parameter, SessionState session, Func<string, Secret> wrap)
    {
        _text = script.ToString();
        _parameter = parameter;
        _location = WildcardPattern.Escape(session.Path.CurrentFileSystemLocation.Path);
        _language = session.LanguageMode;
        _variables = [.. FindVariables(script, session)];
        _wrap = wrap;
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="AclException">It failed, or returned something else than one secret. The message does not repeat what it returned.</exception>
    public async Task<Secret> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var state = InitialSessionState.CreateDefault2();
            state.LanguageMode = _language;
            state.Variables.Add(_variables);
            using var runspace = RunspaceFactory.CreateRunspace(state);
            runspace.Open();
            runspace.SessionStateProxy.Path.SetLocation(_location);
            using var shell = PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddScript(_text);
            using var stop = cancellationToken.Register(() => shell.BeginStop(null, null));
            using var output = await Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke).ConfigureAwait(false);
            return Read(output, shell, runspace);
        }
        catch (PipelineStoppedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RuntimeException failed)
        {
            throw Fail(Describe(failed.ErrorRecord));
        }
    }

    private static IEnumerable<SessionStateVariableEntry> FindVariables(ScriptBlock script, SessionState session) => script.Ast
        .FindAll(element => element is VariableExpressionAst { VariablePath.IsVariable: true }, searchNestedScriptBlocks: true)
        .Select(element => ((VariableExpressionAst)element).VariablePath.UserPath)
        .Select(path => path.Substring(path.IndexOf(':') + 1))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(session.PSVariable.Get)
        .Where(variable => variable is not null && (variable.Options & (ScopedItemOptions.Constant | ScopedItemOptions.ReadOnly | ScopedItemOptions.AllScope)) == 0)
        .Select(variable => new SessionStateVariableEntry(variable.Name, variable.Value, ""));

    private Secret Read(IEnumerable<PSObject?> output, PowerShell shell, Runspace runspace)
    {
        // A program may end its output with an empty line.
        var results = output.Select(FieldAttribute.Unwrap).Where(result => result is not null && !string.IsNullOrWhiteSpace(result as string ?? "x")).ToArray();
        try
        {
            return results.Length == 1 ? _wrap(TextOf(results[0]!)) : throw Fail(results.Length > 1
                ? $"returned {results.Length} values in place of one"
                : shell.Streams.Error.FirstOrDefault() is { } error ? Describe(error) : $"returned nothing{DescribeExit(runspace)}");
        }
        catch (ArgumentException unusable)
        {
            throw Fail("returned what is no secret: " + unusable.Message);
        }
    }

    private string TextOf(object result) => result switch
    {
        string text => text,
        SecureString secret => new NetworkCredential("", secret).Password,
        _ => throw Fail("returned neither text nor a SecureString"),
    };

    private static string DescribeExit(Runspace runspace) =>
        LanguagePrimitives.TryConvertTo<int>(runspace.SessionStateProxy.GetVariable("LASTEXITCODE"), out var code) && code != 0
            ? FormattableString.Invariant($" and ended with exit code {code}")
            : "";

    /// <summary>An error by its type, as its message and its id may quote the secret. A command that the script itself names is named.</summary>
    private string Describe(ErrorRecord error) =>
        error.Exception is CommandNotFoundException { CommandName: { Length: > 0 } name } && _text.Contains(name)
            ? $"did not find the command '{name}'"
            : FormattableString.Invariant($"failed in line {Math.Max(1, error.InvocationInfo?.ScriptLineNumber ?? 1)} with {error.Exception.GetType().Name} ({error.CategoryInfo.Category})");

    private AclException Fail(string what) => new(
        ErrorKind.AuthenticationFailed,
        $"The script block of {_parameter} {what}.",
        "Run the script block by itself. It runs in a session of its own: modules load as usual, and variables that it names are copied when the connection is made, but functions are not known there.");
}
