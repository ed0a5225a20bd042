using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Experience.Replay;

namespace Marl.Actors.Experience.Tests.Replay;

/// <summary>
/// A replay stage and a made-up past: two agents in some copies, whose observation at every moment is (copy, moment), whose reward is
/// the moment, and whose state is (copy, moment, 7). An episode's last moment is numbered like any other; so in every transition
/// the next moment must be one later, in the same copy.
/// </summary>
internal sealed class MemoryBench : IOutputs
{
    public const int Length = 3;
    private const int Agents = 2;

    private readonly int copies;
    private readonly bool hasState;
    private readonly PrioritisedOptions? prioritised;
    private readonly StageContext context;
    private readonly int[] moment; // by copy: of its next place
    private int update;

    public MemoryBench(PrioritisedOptions options, int copies = 2, long vectorSteps = long.MaxValue)
        : this(options.Memory, copies, hasState: true, options, vectorSteps)
    {
    }

    public MemoryBench(ReplayOptions options, int copies = 2, bool hasState = true, PrioritisedOptions? prioritised = null, long vectorSteps = long.MaxValue)
    {
        (this.copies, this.hasState, this.prioritised) = (copies, hasState, prioritised);
        moment = new int[copies];
        var agent = BatchMessages.Agent(Term.Of(new Box(2)), Term.Of(new Discrete(4)), Term.Of(true), Term.Of("policy"));
        var inputs = new Dictionary<string, Values<PortType>>
        {
            ["rollouts"] = Enumerable.Repeat(
                RolloutMessages.Type(
                    Term.Of(Length), Term.Of(copies), Term.Of(new Box(2)), Term.Of(new Discrete(4)), Term.Of(true), Term.Of(RewardConvention.PerAgent), Term.Of("policy"), Term.Of(false)),
                Agents).ToValues(),
        };
        if (hasState)
        {
            inputs["state"] = [StateMessages.Type(Term.Of(copies), Term.Of(StateView.Joint), Term.Of(Agents), Term.Of(3))];
        }

        context = new()
        {
            Stage = "memory",
            Key = new(3),
            VectorSteps = vectorSteps,
            Types = new(inputs, new Dictionary<string, Values<PortType>>
            {
                ["batches"] = [BatchMessages.Type(
                    Term.Of(options.Length), Term.Of(options.Batch), Term.Of(options.Updates), Term.Of(hasState ? 3 : 0), Term.Of(RewardConvention.PerAgent), Enumerable.Repeat(agent, Agents))],
            }),
        };
        Options = options;
        Stage = Make();
    }

    public ReplayOptions Options { get; }

    public IStage Stage { get; set; }

    /// <summary>What was sent.</summary>
    public List<Message> Sent { get; } = [];

    /// <summary>How far the learner says it was off on the items of a batch; it answers every batch before the next one is drawn.</summary>
    public Func<Message, int, float> Error { get; set; } = (_, _) => 1;

    /// <summary>Some answers get lost.</summary>
    public Func<Message, bool> Loses { get; set; } = _ => false;

    public IStage Make() => prioritised is null ? ReplayComponents.Uniform.Create(Options, context) : ReplayComponents.Prioritised.Create(prioritised, context);

    /// <summary>
    /// One set of rollouts. An episode of copy c ends (terminated where the number is odd, else cut) with the transition at step t where
    /// <paramref name="ends"/> says so.
    /// </summary>
    public void Cycle(params (int Step, int Copy)[] ends)
    {
        var ordered = ends.OrderBy(e => (e.Step * copies) + e.Copy).ToArray();
        var firing = new Firing(prioritised is not null ? [Agents, 1, 1] : hasState ? [Agents, 1] : [Agents]);
        var finals = new int[ordered.Length];
        var seen = new int[Length + 1, copies];
        for (var t = 0; t < Length; t++)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                seen[t, copy] = moment[copy]++;
                if (Array.FindIndex(ordered, e => e == (t, copy)) is >= 0 and var end)
                {
                    finals[end] = moment[copy]++;
                }
            }
        }

        for (var copy = 0; copy < copies; copy++)
        {
            seen[Length, copy] = moment[copy];
        }

        for (var agent = 0; agent < Agents; agent++)
        {
            firing.Add(ReplayComponents.Rollouts, agent, Rollout(seen, ordered, finals));
        }

        for (var t = update == 0 ? 0 : 1; hasState && t <= Length; t++)
        {
            firing.Add(ReplayComponents.State, 0, State(t, seen, ordered, finals));
        }

        Fire(firing);
        for (var batch = 1; batch < Options.Updates && prioritised is not null; batch++)
        {
            Fire(new([Agents, 1, 1]));
        }

        update++;
    }

    private void Fire(Firing firing)
    {
        if (prioritised is not null)
        {
            firing.Add(ReplayComponents.Answers, 0, Answer());
        }

        Assert.Equal(firing.Count(0), Stage.Needs[0]);
        Assert.Equal(hasState ? firing.Count(1) : 0, Stage.Needs[1]);
        Stage.Fire(firing, this);
        firing.Release();
    }

    private Message Answer()
    {
        if (Sent.Count == 0 || Sent[^1] is { IsAbsent: true } || Loses(Sent[^1]))
        {
            return Message.Absent(Sent.Count == 0 ? default : Sent[^1].Stamp);
        }

        var answer = Message.Create(PriorityMessages.Layout(Options.Batch), Sent[^1].Stamp);
        for (var item = 0; item < Options.Batch; item++)
        {
            answer.Write(PriorityMessages.Greatest)[item] = Error(Sent[^1], item);
            answer.Write(PriorityMessages.Mean)[item] = Error(Sent[^1], item) / 2;
        }

        return answer.Seal();
    }

    public bool IsRead(int port) => true;

    public void Send(int port, Message message) => Sent.Add(message.Seal());

    public void Send(int port, int peer, Message message) => throw new InvalidOperationException();

    private Message Rollout(int[,] seen, (int Step, int Copy)[] ends, int[] finals)
    {
        var message = Message.Create(RolloutMessages.Layout(Length, copies, new Box(2), new Discrete(4), 4, ends.Length, isStochastic: false), new(update));
        message.WriteBlock().Clear();
        message.Write(RolloutMessages.Mask).Fill(1);
        for (var place = 0; place < Length * copies; place++)
        {
            var (t, copy) = Math.DivRem(place, copies);
            message.Write(RolloutMessages.Observation)[2 * place] = copy;
            message.Write(RolloutMessages.Observation)[(2 * place) + 1] = seen[t, copy];
            message.Write(RolloutMessages.Reward)[place] = seen[t, copy];
            message.Write(RolloutMessages.Action)[place] = seen[t, copy] % 4;
            var end = Array.FindIndex(ends, e => e == (t, copy));
            message.Write(RolloutMessages.Terminated)[place] = end >= 0 && finals[end] % 2 == 1 ? 1 : 0;
            message.Write(RolloutMessages.Truncated)[place] = end >= 0 && finals[end] % 2 == 0 ? 1 : 0;
            if (end >= 0)
            {
                message.Write(RolloutMessages.FinalIndex)[end] = place;
                message.Write(RolloutMessages.FinalObservation)[2 * end] = copy;
                message.Write(RolloutMessages.FinalObservation)[(2 * end) + 1] = finals[end];
            }
        }

        return message.Seal();
    }

    /// <summary>The token after step t − 1: it carries the last states of the episodes that ended with that step.</summary>
    private Message State(int t, int[,] seen, (int Step, int Copy)[] ends, int[] finals)
    {
        var message = Message.Create(StateMessages.Layout(copies, StateView.Joint, Agents, 3, ends.Any(e => e.Step == t - 1)), new(update, t));
        for (var copy = 0; copy < copies; copy++)
        {
            float[] now = [copy, seen[t, copy], 7];
            now.CopyTo(message.Write(StateMessages.State)[(3 * copy)..]);
            if (message.Has(StateMessages.FinalState))
            {
                var end = Array.FindIndex(ends, e => e == (t - 1, copy));
                (end >= 0 ? [copy, finals[end], 7] : now).CopyTo(message.Write(StateMessages.FinalState)[(3 * copy)..]);
            }
        }

        return message.Seal();
    }
}
