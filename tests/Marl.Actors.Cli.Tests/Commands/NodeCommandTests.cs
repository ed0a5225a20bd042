using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>A node that nobody takes in.</summary>
public sealed class NodeCommandTests
{
    [Fact]
    public async Task It_can_be_ended_while_it_waits_for_its_cluster()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // signals are Unix's
        }

        using var place = new Workplace();
        using var node = place.Start("node", "--join", "127.0.0.1:1", "--log", "node.log");
        await node.WhenAsync(_ => File.Exists(place["node.log"]) && place.Text("node.log").Contains("Started up", StringComparison.Ordinal));
        node.Signal("TERM");

        Assert.DoesNotContain("MARL3821", (await node.EndAsync()).Ended(143).Error);
    }
}
