using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Runtime.Cluster.Status;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl cluster status</c>: nodes of a cluster, and what runs on them. <c>marl cluster certificates</c>: who may join it.</summary>
internal static class ClusterCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("cluster", "Looks at a cluster from outside, and makes its certificates.");
        command.Subcommands.Add(Status(screen));
        command.Subcommands.Add(Certificates(screen));
        return command;
    }

    private static ExampleCommand Status(Screen screen)
    {
        var address = new Argument<string>("HOST:PORT") { Description = "A node of the cluster." };
        var wait = new Option<double>("--wait") { Description = "How long to wait for an answer.", HelpName = "SECONDS", DefaultValueFactory = _ => 5 };
        var command = new ExampleCommand(
            "status", "Lists the nodes of a cluster, the stages they host, and what went along each edge.", "marl cluster status 127.0.0.1:4053") { address, wait };
        var security = new SecurityOptions();
        security.AddTo(command);
        command.SetAction(async given =>
        {
            var parsed = NodeAddress.Parse(given.GetValue(address)!);
            if (!parsed.IsSuccess)
            {
                screen.Report(parsed.Diagnostics);
                return ExitCodes.Usage;
            }

            var report = await ClusterInquiry.AskAsync(parsed.Value, TimeSpan.FromSeconds(given.GetValue(wait)), security.Of(given), security.IsInsecure(given));
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

    private static ExampleCommand Certificates(Screen screen)
    {
        var folder = new Option<string>("--out") { Description = "Where to; if there is an authority already, it signs again.", HelpName = "DIR", DefaultValueFactory = _ => "certificates" };
        var names = new Option<string[]>("--name") { Description = "A node; may be repeated. Nodes may also share one certificate.", HelpName = "NAME", DefaultValueFactory = _ => ["node"] };
        var days = Arguments.Whole("--days", "How long the nodes' certificates are good, instead of 365 days.", 1);
        var command = new ExampleCommand(
            "certificates",
            $"Makes an authority for a cluster ({ClusterCertificates.Authority}; its key, {ClusterCertificates.AuthorityKey}, stays with you) and NAME.pem, a certificate with its key, for each node.",
            "marl cluster certificates --out certificates",
            "marl cluster certificates --out certificates --name learner --name worker-1 --days 90",
            "marl node --listen 10.0.0.1:4053 --certificate certificates/node.pem --authority certificates/authority.pem") { folder, names, days };
        command.SetAction(given =>
        {
            var made = ClusterCertificates.Make(
                given.GetValue(folder)!, given.GetValue(names)!.ToValues(), (int)Math.Min(given.GetValue(days) ?? 365, int.MaxValue), TimeProvider.System.GetUtcNow());
            screen.Report(made.Diagnostics);
            foreach (var file in made.Match(files => files, _ => []))
            {
                screen.Line(file);
            }

            return made.IsSuccess ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
