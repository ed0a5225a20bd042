using Marl.Actors.Benchmarks.Actors;
using Marl.Actors.Benchmarks.Throwing;
using Marl.Actors.Catalogs;
using Marl.Actors.Clustering;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Cluster.Nodes;

namespace Marl.Actors.Benchmarks.Processes;

/// <summary>This program as a worker of a run that it has started itself.</summary>
internal static class Workers
{
    /// <summary>The word that makes it one.</summary>
    public const string Word = "node";

    /// <summary>What pipelines may name here.</summary>
    public static ComponentCatalog Catalog { get; } = BuiltIn.Catalog.With(NullLearner.Component, Thrower.Component, Catcher.Component);

    /// <summary>A run on so many worker processes.</summary>
    public static Interpretation Apart(int processes) => new(Interpreter.Cluster)
    {
        Cluster = new() { Processes = processes, Worker = WorkerCommand.OfThisProgram(Word) },
    };

    /// <summary>Takes part in a run until it is over: <c>--join ADDRESS --roles A,B</c>, and a leash.</summary>
    public static async Task<int> WorkAsync(string[] arguments)
    {
        using var released = new CancellationTokenSource();
        _ = Task.Run(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            released.Cancel();
        });
        var result = await Nodes.RunAsync(new()
        {
            Catalog = Catalog,
            Options = new()
            {
                Join = NodeAddress.Parse(After("--join")).Match<NodeAddress?>(address => address, _ => null),
                Roles = [.. After("--roles").Split(',')],
            },
            Joined = address => Console.WriteLine(NodeAnnouncement.Listening + address),
            Stop = released.Token,
        });
        return result.IsSuccess ? 0 : 1;

        string After(string option) => arguments[Array.IndexOf(arguments, option) + 1];
    }
}
