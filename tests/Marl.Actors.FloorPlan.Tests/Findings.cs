using Xunit;

namespace Marl.Actors.FloorPlan.Tests;

/// <summary>Fails with every finding on a line of its own: all of them, not the first.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} findings:\n{string.Join('\n', all)}");
    }
}
