using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Exploring;

/// <summary>One run of the graph under one schedule, and what was seen of it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Witness">Who followed its tokens.</param>
/// <param name="Faults">What was done to it; null for the actors.</param>
/// <param name="Weights">A digest of the last weights of each policy.</param>
internal sealed record ScheduleRun(RunOutcome Outcome, RunWitness Witness, FaultInjection? Faults, string Weights)
{
    /// <summary>Simulates it.</summary>
    public static ScheduleRun Simulate(Graph graph, long schedule, FaultInjection faults, CancellationToken stop)
    {
        var weights = new WeightsObserver();
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = weights, ChecksSignatures = true, Stop = stop }, schedule, faults);
        return new(outcome, faults.Witness, faults, weights.Digest);
    }

    /// <summary>Lets the actors run it, on one thread.</summary>
    public static ScheduleRun Act(Graph graph, long schedule, RunWitness witness, CancellationToken stop)
    {
        var weights = new WeightsObserver();

        // A task of its own: what waits inside goes on by the caller's scheduler, whose threads may all be waiting here.
        var outcome = Task.Run(() => new Interpretation(Interpreter.Local, schedule).RunAsync(graph, new() { Observer = weights, Witness = witness, ChecksSignatures = true, Stop = stop })).GetAwaiter().GetResult();
        if (outcome.Ending != RunEnding.Failed)
        {
            witness.Close();
        }

        return new(outcome, witness, null, weights.Digest);
    }

    /// <summary>Under the schedule that all others are held against, without faults.</summary>
    public static ScheduleRun Reference(Graph graph, RunWitness witness, CancellationToken stop) =>
        Simulate(graph, 0, new(FaultPlan.None) { Witness = witness }, stop);

    private sealed class WeightsObserver : IRunObserver
    {
        private readonly PolicyCollector collector = new();

        public string Digest => string.Join(' ', collector.Policies.Select(p => $"{p.Spec.Group} {TraceDigest.Of(p.Parameters)}"));

        public bool Wants(Node node, OutputPort port) => PolicyCollector.Wants(node, port);

        public void Observe(Node node, OutputPort port, int peer, Message message) => collector.Add(node, port, peer, message);
    }
}
