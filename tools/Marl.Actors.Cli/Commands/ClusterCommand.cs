using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Status;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl cluster status</c>: nodes of a cluster, and what runs on them.</summary>
internal static class ClusterCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("cluster", "Looks at a cluster from outside.");
        command.Subcommands.Add(Status(screen));
        return command;
    }

    private static ExampleCommand Status(Screen screen)
    {
        var address = new Argument<string>("HOST:PORT") { Description = "A node of the cluster." };
        var wait = new Option<double>("--wait") { Description = "How long to wait for an answer.", HelpName = "SECONDS", DefaultValueFactory = _ => 5 };
        var command = new ExampleCommand(
            "status", "Lists the nodes of a cluster, the stages they host, and what went along each edge.", "marl cluster status 127.0.0.1:4053") { address, wait };
        command.SetAction(async given =>
        {
            var parsed = NodeAddress.Parse(given.GetValue(address)!);
            if (!parsed.IsSuccess)
            {
                screen.Report(parsed.Diagnostics);
                return ExitCodes.Usage;
            }

            var report = await ClusterInquiry.AskAsync(parsed.Value, TimeSpan.FromSeconds(given.GetValue(wait)));
            screen.Report(report.Diagnostics);
            if (!report.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            ClusterPrinter.Print(screen, report.Value);
            return ExitCodes.Success;
        });
        return command;
    }
}
