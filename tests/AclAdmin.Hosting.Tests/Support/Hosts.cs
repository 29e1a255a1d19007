using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AclAdmin.Hosting.Tests;

/// <summary>A host as a service or a runbook worker has it: nobody looks, so there is no user interface at all.</summary>
internal sealed class BareHost(PSHostUserInterface? ui = null) : PSHost
{
    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "AclAdmin.Hosting.Tests";

    public override Version Version { get; } = new(1, 0);

    public override PSHostUserInterface UI => ui!;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}

/// <summary>The user interface of an engine that was started <c>-NonInteractive</c>: it writes, has no screen, and answers no question.</summary>
internal sealed class NonInteractiveUI : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI => null!;

    public override void Write(string value)
    {
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
    }

    public override void WriteLine(string value)
    {
    }

    public override void WriteErrorLine(string value)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw Refuse();

    public override SecureString ReadLineAsSecureString() => throw Refuse();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Refuse();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Refuse();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refuse();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw Refuse();

    private static HostException Refuse() => new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
}
