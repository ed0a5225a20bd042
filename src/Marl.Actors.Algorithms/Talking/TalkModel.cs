using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Exchanges;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>Everything that is learned: the policies of agents that talk, then the critics, in one flat vector.</summary>
internal sealed class TalkModel : IDisposable
{
    private readonly int[] places; // where each network lies in the vector, policies first

    /// <exception cref="StageException">There is no libtorch.</exception>
    public TalkModel(TalkOptions options, StageContext context)
    {
        RequiredBackend.Load(Backend.Torch, ComputeDevice.Cpu);
        var rollouts = context.Types.Inputs["rollouts"];
        var (utterance, passage) = (context.Types.Input("exchanges").Get<Utterance>("utterance"), context.Types.Input("exchanges").Get<Passage>("passage"));
        var (length, copies) = (rollouts[0].Get<int>("length"), rollouts[0].Get<int>("copies"));
        NeedsSequences = passage.KeepsMessages;
        Groups = [.. rollouts.Select((r, agent) => (Spec: PolicySpec.FromTerm(r["policy"]), Agent: agent)).GroupBy(m => m.Spec.Group).Select(g =>
        {
            int[] agents = [.. g.Select(m => m.Agent)];
            return new TalkGroup(g.First().Spec, agents, rollouts[agents[0]].Get<bool>("mask"), length * copies, passage, new(agents, g.First().Spec));
        })];
        var critics = options.Critics;
        CriticSeat[] seats = context.Types.Peers("state") > 0
            ? [CriticSeat.Central(critics, context.Types.Input("state"), rollouts.Count)]
            : [.. Groups.Select(g => options.Critic == CriticView.Joint ? Joint(critics, g) : CriticSeat.Own(critics, g.Spec.Network, g.Agents, g.Observations))];
        int[] lengths = [.. Groups.Select(g => g.Spec.Parameters), .. seats.Select(s => s.Network.Parameters)];
        places = [.. lengths.Select((_, i) => lengths.Take(i).Sum())];
        Parameters = new(lengths.Sum());
        Begin(context, seats);
        Replay = new([.. Groups.Select((g, i) => (g.Spec.Talking!, places[i], g.Agents))], Parameters, utterance, passage);
        var minibatch = NeedsSequences ? length * Largest(copies, options.Minibatches) : Largest(length * copies, options.Minibatches);
        Tables = [.. Groups.Select(g => (InputTable)g.Observations).Union(seats.Select(s => s.Table))];
        Critics = [.. seats.Select((s, i) => s.Make(critics, Parameters, places[Groups.Length + i], length * copies, minibatch, target: null))];
    }

    /// <summary>All parameters.</summary>
    public FlatParameters Parameters { get; }

    /// <summary>The policies.</summary>
    public TalkGroup[] Groups { get; }

    /// <summary>The critics.</summary>
    public Critic[] Critics { get; }

    /// <summary>What all of them see.</summary>
    public InputTable[] Tables { get; }

    /// <summary>The exchange, repeated.</summary>
    public ExchangeReplay Replay { get; }

    /// <summary>What is heard may have been said in an earlier step, so that a minibatch must hold all steps of its copies.</summary>
    public bool NeedsSequences { get; }

    /// <summary>Parameters of a group's policy.</summary>
    public ReadOnlySpan<float> Policy(int group) => Parameters.Values.Slice(places[group], Groups[group].Spec.Parameters);

    public void Dispose()
    {
        Replay.Dispose();
        Array.ForEach(Critics, c => c.Dispose());
    }

    private CriticSeat Joint(PpoOptions options, TalkGroup group)
    {
        int[] widths = [.. Groups.SelectMany(g => g.Agents.Select(a => (Agent: a, g.Spec.Observation.Width))).OrderBy(a => a.Agent).Select(a => a.Width)];
        return new(
            new JointTable(group.Agents, widths),
            new(group.Spec.Observation.Width + widths.Sum(), options.Hidden, 1, options.Activation),
            [.. group.Agents.Select(a => new[] { a })]);
    }

    private static int Largest(int all, int parts) => (all + parts - 1) / parts;

    private void Begin(StageContext context, CriticSeat[] seats)
    {
        var values = Parameters.Change();
        for (var i = 0; i < Groups.Length; i++)
        {
            Initialisation.Orthogonal(Groups[i].Spec.Talking!, context.CommonKey.Derive("policy").Derive(Groups[i].Spec.Group)).CopyTo(values[places[i]..]);
        }

        for (var i = 0; i < seats.Length; i++)
        {
            Initialisation.Orthogonal(seats[i].Network, 1, context.CommonKey.Derive("critic").Derive((ulong)i)).CopyTo(values[places[Groups.Length + i]..]);
        }
    }
}
