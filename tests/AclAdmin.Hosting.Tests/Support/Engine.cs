using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;

namespace AclAdmin.Hosting.Tests;

/// <summary>Engines inside this process, with the module as it ships imported from its folder.</summary>
internal static class Engine
{
    /// <summary>The manifest of the module under test.</summary>
    public static readonly string ModulePath = Path.Combine(AppContext.BaseDirectory, "module", "AclAdmin.psd1");

    /// <summary>A session with the module. One that cannot import it does not open.</summary>
    public static InitialSessionState CreateState(PSLanguageMode language = PSLanguageMode.FullLanguage)
    {
        var state = InitialSessionState.CreateDefault2();
        state.LanguageMode = language;
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(ModulePath);
        return state;
    }

    /// <summary>An open runspace with the module.</summary>
    /// <param name="host">Its host; null for the engine's own default, which has no user interface either.</param>
    /// <param name="language">What its scripts may do.</param>
    public static Runspace Open(PSHost? host = null, PSLanguageMode language = PSLanguageMode.FullLanguage)
    {
        var state = CreateState(language);
        var runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }

    /// <summary>A row as a host makes it: note properties, in order.</summary>
    public static PSObject Row(params (string Column, object? Cell)[] cells)
    {
        var row = new PSObject();
        foreach (var (column, cell) in cells)
        {
            row.Properties.Add(new PSNoteProperty(column, cell));
        }

        return row;
    }

    public static SecureString Secret(string text) => new NetworkCredential("", text).SecurePassword;

    /// <summary>Runs one cmdlet and keeps all that it writes.</summary>
    public static Run Invoke(this Runspace runspace, string cmdlet, object? parameters = null, IEnumerable? rows = null)
    {
        using var shell = PowerShell.Create(runspace);
        return Run.Of(Add(shell, cmdlet, parameters), rows);
    }

    /// <summary>Runs a script and keeps all that it writes.</summary>
    public static Run InvokeScript(this Runspace runspace, string script, IEnumerable? rows = null)
    {
        using var shell = PowerShell.Create(runspace);
        return Run.Of(shell.AddScript(script), rows);
    }

    /// <summary>Adds a cmdlet with its parameters, which are the properties of an object.</summary>
    public static PowerShell Add(PowerShell shell, string cmdlet, object? parameters)
    {
        shell.AddCommand(cmdlet);
        foreach (var property in parameters?.GetType().GetProperties() ?? [])
        {
            shell.AddParameter(property.Name, property.GetValue(parameters));
        }

        return shell;
    }
}

/// <summary>All that a pipeline wrote, by stream, and how it ended.</summary>
internal sealed class Run
{
    private Run(PowerShell shell, IReadOnlyList<PSObject> output, Exception? failure)
    {
        Output = output;
        Failure = failure;
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Debug = [.. shell.Streams.Debug.Select(record => record.Message)];
        Information = [.. shell.Streams.Information.Select(record => $"{record.MessageData}")];
        Progress = [.. shell.Streams.Progress];
    }

    public IReadOnlyList<PSObject> Output { get; }

    /// <summary>What ended the pipeline; null when it came to its end.</summary>
    public Exception? Failure { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<string> Debug { get; }

    public IReadOnlyList<string> Information { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    public static Run Of(PowerShell shell, IEnumerable? rows)
    {
        var output = new List<PSObject>();
        Exception? failure = null;
        try
        {
            shell.Invoke(rows, output);
        }
        catch (RuntimeException ended)
        {
            failure = ended;
        }

        return new Run(shell, output, failure);
    }

    /// <summary>A property of the only object that was written.</summary>
    public object? Only(string property) => Output.Single().Properties[property].Value;

    /// <summary>Everything that was written, in words.</summary>
    public IEnumerable<string> AllText() =>
    [
        .. Output.Select(thing => PSSerializer.Serialize(thing, 5)),
        .. Errors.SelectMany(Describe),
        .. Failure is null ? [] : Failure is RuntimeException { ErrorRecord: { } last } ? Describe(last) : [Failure.ToString()],
        .. Warnings,
        .. Verbose,
        .. Debug,
        .. Information,
        .. Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"),
    ];

    private static string[] Describe(ErrorRecord error) =>
        [error.ToString(), error.Exception.ToString(), $"{error.ErrorDetails?.Message} {error.ErrorDetails?.RecommendedAction}", PSSerializer.Serialize(error, 5)];
}
