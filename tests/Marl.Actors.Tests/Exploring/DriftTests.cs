using Marl.Actors.Algorithms.Parameters;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Witnesses;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Exploring;

/// <summary>A parameter server lets learners drift apart as far as its options say, under any schedule, and whoever goes further is named.</summary>
public sealed class DriftTests
{
    private const string Async = "consistency: async\n      maxLag: 16";

    [Theory]
    [InlineData(Async, 1)]
    [InlineData("consistency: async\n      maxLag: 0", 1)]
    [InlineData("consistency: async\n      maxLag: 2", 2)]
    [InlineData("consistency: ssp\n      slack: 0", 1)]
    [InlineData("consistency: ssp\n      slack: 2", 2)]
    public void It_keeps_to_its_bounds(string consistency, int parts)
    {
        for (var schedule = 1; schedule <= 3; schedule++)
        {
            Assert.Empty(Run(consistency, parts, schedule));
        }
    }

    [Fact]
    public void One_that_lets_a_learner_run_away_is_named() => Assert.Contains(
        RunUntilFound(Async, Other(server => server with { Drift = _ => new(MostAhead: 1, MostLag: null) })),
        sentence => sentence.Contains("'server' lets its reader", StringComparison.Ordinal) && sentence.EndsWith("gradients ahead of the slowest, where 1 are the most.", StringComparison.Ordinal));

    [Fact]
    public void One_that_steps_along_what_is_too_old_is_named() => Assert.Contains(
        RunUntilFound(Async, Other(server => server with { Drift = _ => new(MostAhead: null, MostLag: 0) })),
        sentence => sentence.Contains("steps were due (a gradient that is 0 steps old still is one", StringComparison.Ordinal));

    [Fact]
    public void One_that_hands_out_another_version_than_it_has_is_named() => Assert.Contains(
        RunUntilFound(Async, PlantedStages.Catalog("parameters/server", inner => new Boasting(inner))),
        sentence => sentence.StartsWith("'server' hands out version 3 of its parameters where 2 steps were due", StringComparison.Ordinal));

    private static string[] RunUntilFound(string consistency, ComponentCatalog catalog) =>
        Enumerable.Range(1, 20).Select(schedule => Run(consistency, 1, schedule, catalog)).First(found => found.Length > 0);

    private static string[] Run(string consistency, int parts, int schedule, ComponentCatalog? catalog = null)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("a3c-cartpole")).Replace(Async, consistency, StringComparison.Ordinal)
            .Replace("activation: tanh, entropy: 0.01", $"activation: tanh, entropy: 0.01, parts: {parts}", StringComparison.Ordinal);
        text = parts == 1 ? text : text.Replace("parameters: server.parameters", "parameters: server.parameters |> by-step", StringComparison.Ordinal);
        Assert.Contains(consistency, text, StringComparison.Ordinal);
        File.WriteAllText(folder["p.yaml"], text);
        var graph = Experiment.Load(folder["p.yaml"], catalog ?? BuiltIn.Catalog).Value with { StopSteps = 5_120 };
        var witness = new RunWitness();
        Assert.Empty(SimulatedInterpreter.Run(graph, new() { Observer = new Nobody() }, schedule, new(FaultPlan.None) { Witness = witness }).Failures);
        return [.. witness.Violations.Select(v => v.Sentence)];
    }

    private static ComponentCatalog Other(Func<Component, Component> change) => new(
        BuiltIn.Catalog.Components.Values.Select(c => c.Id == ParameterServerComponent.Server.Id ? change(c) : c), BuiltIn.Catalog.Operators.Values);

    private sealed class Nobody : IRunObserver
    {
        public bool Wants(Node node, OutputPort port) => false;

        public void Observe(Node node, OutputPort port, int peer, Message message) => throw new InvalidOperationException();
    }

    /// <summary>A server that calls its second version the third. All else about it is right.</summary>
    private sealed class Boasting(IStage inner) : PlantedStages.Around(inner)
    {
        public override void Send(int port, int peer, Message message) =>
            base.Send(port, peer, port == ParameterServerComponent.Parameters && message.Stamp.Update == 2 ? message.Restamped(new(3)) : message);
    }
}
