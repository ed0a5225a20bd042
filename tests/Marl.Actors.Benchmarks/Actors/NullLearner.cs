using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>A learner that learns nothing: takes the rollouts, sends the weights it began with.</summary>
internal static class NullLearner
{
    public static Component Component { get; } = Between(() => { });

    /// <summary>
    /// The same, with something to be done whenever rollouts have come and before the weights go out: where agents wait for the
    /// weights, nothing else happens in the graph meanwhile.
    /// </summary>
    public static Component Between(Action interlude) => new()
    {
        Id = "algorithm/none",
        Summary = "Learns nothing; for measuring what the actors cost.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("rollouts", RolloutMessages.Kind, "What is dropped.")],
        Outputs = [new("weights", WeightsMessages.Kind, "The weights it began with.", type => WeightsMessages.Layout(PolicySpec.FromTerm(type["policy"]).Network.Parameters), Distribution.PerInstance)],
        IsCompute = true,
        Sign = (_, context) => new Signature()
            .In("rollouts", Peers(context, i => RolloutMessages.Type(
                Term.Var("length"), Term.Var("copies"), Term.Var($"o{i}"), Term.Var($"a{i}"), Term.Var($"m{i}"), Term.Var("reward"), Term.Var($"p{i}"))))
            .Out("weights", Peers(context, i => WeightsMessages.Type(Term.Var($"p{i}"))))
            .Starts("weights"),
        Create = (_, context) => new Stage(context, interlude),
    };

    /// <summary>The parameters every policy keeps.</summary>
    public static float[] Parameters(NetworkSpec network) => Initialisation.Orthogonal(network, 0.01, RandomKey.FromSeed(1));

    private static Values<PortType> Peers(SignatureContext context, Func<int, PortType> type) =>
        Enumerable.Range(0, context.Peers("rollouts")).Select(type).ToValues();

    private sealed class Stage(StageContext context, Action interlude) : IStage
    {
        // One message a policy, the same to each of its agents, as learners send them.
        private readonly (float[] Parameters, MessagePool Pool, int[] Peers)[] policies =
        [
            .. context.Types.Outputs["weights"].Select((type, peer) => (Policy: PolicySpec.FromTerm(type["policy"]), peer)).GroupBy(p => p.Policy, p => p.peer)
                .Select(group => (Parameters(group.Key.Network), new MessagePool(WeightsMessages.Layout(group.Key.Network.Parameters)), group.ToArray())),
        ];

        private int version;

        public Needs Needs { get; } = new(1);

        public void Start(IOutputs outputs) => Send(outputs);

        public void Fire(Firing firing, IOutputs outputs)
        {
            interlude();
            version++;
            Send(outputs);
        }

        public void Save(StageSnapshot snapshot) => snapshot.Put("version", version);

        public void Load(StageSnapshot snapshot) => version = snapshot.GetOne<int>("version");

        public void Dispose()
        {
        }

        private void Send(IOutputs outputs)
        {
            foreach (var (parameters, pool, peers) in policies)
            {
                var message = pool.Rent(new(version));
                parameters.CopyTo(message.Write(WeightsMessages.Parameters));
                foreach (var peer in peers)
                {
                    outputs.Send(0, peer, message.Retain());
                }

                message.Release();
            }
        }
    }
}
