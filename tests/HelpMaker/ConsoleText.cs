using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AclAdmin.HelpMaker;

/// <summary>Markdown as it is read on a console: without marks, lines joined, one line for each item of a list.</summary>
internal static class ConsoleText
{
    /// <summary>The paragraphs of several blocks.</summary>
    public static IEnumerable<string> Of(IEnumerable<Block> blocks) => blocks.Select(block => block switch
    {
        LeafBlock { Inline: not null } leaf => Of(leaf),
        ListBlock { IsOrdered: false } list => string.Join('\n', list.Cast<ListItemBlock>().Select(item => "- " + string.Join(' ', Of(item)))),
        _ => throw new HelpException($"A text has a {block.GetType().Name}; Get-Help shows paragraphs and lists alone."),
    });

    /// <summary>The text of one paragraph or heading.</summary>
    public static string Of(LeafBlock block) => string.Concat((block.Inline ?? []).Select(Of));

    /// <summary>The text of a part of a paragraph, such as a link.</summary>
    public static string Of(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        ContainerInline container => string.Concat(container.Select(Of)),
        _ => throw new HelpException($"A text has a {inline.GetType().Name}, which Get-Help cannot show."),
    };
}
