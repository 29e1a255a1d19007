using System.Threading.Tasks;
using Xunit;

namespace AclAdmin.PesterTests;

/// <summary>The first lane of Pester files.</summary>
public sealed class PesterFilesOfLaneOne : PesterFiles
{
    /// <summary>The lane's files.</summary>
    public static TheoryData<string> Names => Lane(0);

    /// <summary>Every test in the file passes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public Task Passes(string file) => RunFileAsync(file);
}

/// <summary>The second lane of Pester files.</summary>
public sealed class PesterFilesOfLaneTwo : PesterFiles
{
    /// <summary>The lane's files.</summary>
    public static TheoryData<string> Names => Lane(1);

    /// <summary>Every test in the file passes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public Task Passes(string file) => RunFileAsync(file);
}
