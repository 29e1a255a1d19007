using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace AclAdmin.Binding;

/// <summary>Finds the columns that a script block reads from its row.</summary>
internal static class ScriptColumns
{
    /// <summary>The columns in a script's text: <c>Work Email</c> in <c>$_.'Work Email'</c>.</summary>
    public static IEnumerable<string> In(string script) => Parser.ParseInput(script, out _, out _)
        .FindAll(node => node is MemberExpressionAst { Expression: VariableExpressionAst { VariablePath.UserPath: "_" or "PSItem" } }, searchNestedScriptBlocks: true)
        .Select(node => ((MemberExpressionAst)node).Member)
        .OfType<StringConstantExpressionAst>()
        .Select(member => member.Value);
}
