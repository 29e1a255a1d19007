using System.Collections;
using System.Collections.Generic;
using System.Management.Automation.Language;

namespace AclAdmin.Completion;

/// <summary>Offers nothing, for a text or a number that only the person knows: without a completer, the engine offers the names of files.</summary>
public sealed class NoFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => [];
}
