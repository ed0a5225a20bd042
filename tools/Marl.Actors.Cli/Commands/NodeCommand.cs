using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Clustering;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl node</c>: this process hosts stages of runs that are submitted to its cluster.</summary>
internal sealed class NodeCommand
{
    private readonly ClusterOptions words = new();
    private readonly Option<NodeAddress?> join = ClusterOptions.Address("--join", "A node of the cluster to join; without it this node begins a cluster.");
    private readonly Option<string> roles = new("--roles")
    {
        Description = "What this node offers: simulate, learn, or any word that pipelines place stages on.", HelpName = "ROLE,ROLE", DefaultValueFactory = _ => "simulate,learn",
    };

    private readonly Option<long?> threads = Arguments.Whole("--threads", "Threads for acting and as many for learning, instead of one a core each.", 1);
    private readonly Option<string?> log = new("--log") { Description = "Writes what the actors say into this file.", HelpName = "FILE" };
    private readonly Option<bool> leash = new("--leash") { Description = "Ends when standard input is closed: for programs that start nodes.", Hidden = true };

    public static Command Create(Screen screen)
    {
        var node = new NodeCommand();
        var command = new ExampleCommand(
            "node",
            "Becomes a node of a cluster and hosts stages of the runs that are submitted to it, until it is asked to stop.",
            "marl node --listen 127.0.0.1:4053 --roles learn",
            "marl node --join 127.0.0.1:4053 --roles simulate",
            "marl run pipelines/mappo-spread.yaml --cluster 127.0.0.1:4053",
            "marl node --listen 10.0.0.1:4053 --certificate certificates/node.pem --authority certificates/authority.pem")
        {
            node.join, node.words.Listen, node.roles, node.threads, node.words.Pause, node.log, node.leash,
        };
        node.words.Security.AddTo(command);
        command.SetAction(given => node.RunAsync(given, screen));
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, Screen screen)
    {
        using var interrupts = new Interrupts(() => { });
        // A terminal gives Ctrl-C to all its processes: a node on a leash stays until the run that holds it has saved.
        using var released = given.GetValue(leash) ? new() : CancellationTokenSource.CreateLinkedTokenSource(interrupts.Stop);
        if (given.GetValue(leash))
        {
            _ = Task.Run(() =>
            {
                while (Console.In.Read() >= 0)
                {
                }

                released.Cancel();
            });
        }

        var result = await Nodes.RunAsync(new()
        {
            Log = given.GetValue(log),
            Options = new()
            {
                Listen = given.GetValue(words.Listen),
                Credentials = words.Security.Of(given),
                IsInsecure = words.Security.IsInsecure(given),
                Told = finding => screen.Report(finding),
                Join = given.GetValue(join),
                Roles = given.GetValue(roles)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToValues(),
                Vigilance = ClusterOptions.Vigilance(given.GetValue(words.Pause)),
                Threads = (int?)given.GetValue(threads),
            },
            Joined = address => screen.Line(NodeAnnouncement.Listening + address),
            Stop = released.Token,
        });
        screen.Report(result.Diagnostics);
        return !result.IsSuccess ? ExitCodes.Failure
            : result.Value == NodeEnding.GivenUp ? ExitCodes.GivenUp
            : interrupts.ExitCode ?? ExitCodes.Success;
    }
}
