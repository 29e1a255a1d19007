using System.Collections.Generic;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>What a built assembly says of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TargetFramework">What it was built for, as in <c>.NETStandard,Version=v2.0</c>.</param>
/// <param name="References">The names of the assemblies it needs.</param>
internal sealed record AssemblyFacts(string Name, string TargetFramework, IReadOnlyList<string> References);
