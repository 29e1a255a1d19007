using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>Ends every convention test: a failure shows all breaches at once and what to do about them.</summary>
internal static class Rule
{
    /// <summary>Fails if there is any breach.</summary>
    /// <param name="breaches">One line each: where it is, and what is wrong there.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    public static void Holds(IEnumerable<string> breaches, string remedy)
    {
        var lines = breaches.Order(System.StringComparer.Ordinal).ToArray();
        if (lines.Length > 0)
        {
            Assert.Fail($"House rule broken {lines.Length} time(s):\n  * {string.Join("\n  * ", lines)}\nWhat to do: {remedy}");
        }
    }
}
