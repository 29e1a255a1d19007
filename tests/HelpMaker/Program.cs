using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace AclAdmin.HelpMaker;

/// <summary>Makes the file that Get-Help reads, of a built module and the folder of its pages.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length is not (3 or 4))
        {
            Console.Error.WriteLine("Usage: AclAdmin.HelpMaker <module assembly> <folder of the pages> <file to write> [<address of the pages on the web>]");
            return 2;
        }

        var (assembly, folder, target) = (Path.GetFullPath(arguments[0]), arguments[1], arguments[2]);
        var commands = new List<XElement>();
        var problems = 0;
        var cmdlets = Cmdlets(assembly).ToArray();
        foreach (var cmdlet in cmdlets)
        {
            try
            {
                commands.Add(new CommandHelp(cmdlet, HelpPage.Read(folder, cmdlet), arguments.ElementAtOrDefault(3)).ToXml());
            }
            catch (HelpException problem)
            {
                problems += Report(cmdlet.Name, problem.Message);
            }
        }

        foreach (var page in Directory.GetFiles(folder, "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Except(cmdlets.Select(cmdlet => cmdlet.Name)))
        {
            problems += Report(page, "There is no such cmdlet.");
        }

        if (problems == 0)
        {
            Maml.Save(commands, target);
        }

        return problems == 0 ? 0 : 1;

        // In the form that MSBuild recognizes as an error of a file.
        int Report(string name, string message)
        {
            Console.Error.WriteLine($"{Path.Combine(folder, name)}.md : error HELP: {message}");
            return 1;
        }
    }

    private static IEnumerable<CmdletInfo> Cmdlets(string assembly) =>
        from type in Assembly.LoadFrom(assembly).GetTypes()
        let attribute = type.GetCustomAttribute<CmdletAttribute>()
        where attribute is not null
        orderby $"{attribute.VerbName}-{attribute.NounName}"
        select new CmdletInfo($"{attribute.VerbName}-{attribute.NounName}", type);
}
