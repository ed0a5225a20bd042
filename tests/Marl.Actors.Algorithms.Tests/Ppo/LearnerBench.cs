using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

/// <summary>
/// A learner on a task whose optimum is known: every step shows each agent one of a few signs, and naming the sign pays 1. No
/// world, agents or runtime: rollouts are made here from the weights the learner sent. Or they must name the sign they saw one step before,
/// in an episode without end.
/// </summary>
internal sealed class LearnerBench : IDisposable
{
    public const int Signs = 3;
    private const int Length = 4;

    private readonly StageContext context;
    private readonly Sent sent = new();
    private readonly bool isPerAgent;
    private readonly bool seesState;
    private readonly bool hasMask;
    private readonly int agents;
    private readonly int copies;
    private readonly int memory;
    private readonly bool isDelayed;
    private readonly float[][] memories; // by agent: [copies, width]
    private int[][] seen; // by agent: [copies], the signs before
    private int[][] shown; // by agent: [copies]
    private int update;

    public LearnerBench(PpoOptions options, int agents = 2, int copies = 16, bool shared = true, StateView? view = null, bool hasMask = false, long seed = 1, int updates = 1_000_000, int memory = 0, bool isDelayed = false)
    {
        (this.agents, this.copies, this.hasMask, this.memory, this.isDelayed) = (agents, copies, hasMask, memory, isDelayed);
        memories = [.. Enumerable.Range(0, agents).Select(_ => new float[copies * memory])];
        (seesState, isPerAgent) = (view is not null, view == StateView.PerAgent);
        var component = seesState ? PpoComponents.Mappo : PpoComponents.Ippo;
        context = Context(agents, copies, shared, view, hasMask, seed, (long)updates * Length, memory);
        Learner = component.Create(options, context);
        (shown, seen) = (Show(), Show());
    }

    public IStage Learner { get; private set; }

    /// <summary>The newest weights, by agent.</summary>
    public Message[] Weights => [.. Enumerable.Range(0, agents).Select(a => sent.Last(PpoComponents.Weights, a))];

    /// <summary>The newest figures.</summary>
    public Message Metrics => sent.Last(PpoComponents.Metrics, -1);

    public void Start() => Learner.Start(sent);

    /// <summary>Lets agents act for one rollout and the learner learn from it; returns the mean reward.</summary>
    /// <param name="spoil">Changes rewards: (agent, step of the batch, reward) to reward.</param>
    public double Cycle(Func<int, int, float, float>? spoil = null)
    {
        var firing = new Firing(seesState ? [agents, 1] : [agents]);
        if (seesState && update == 0)
        {
            firing.Add(PpoComponents.State, 0, State(0));
        }

        var rollouts = Enumerable.Range(0, agents).Select(_ => Message.Create(
            RolloutMessages.Layout(Length, copies, new Box(Signs), new Discrete(Signs), hasMask ? Signs : 0, 0, memory: memory), new(update))).ToArray();
        for (var agent = 0; agent < agents && memory > 0; agent++)
        {
            memories[agent].CopyTo(rollouts[agent].Write(RolloutMessages.Memory));
        }

        var sum = 0.0;
        for (var t = 0; t < Length; t++)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                sum += Act(rollouts[agent], agent, t, spoil);
            }

            seen = shown;
            shown = Show(t + 1);
            if (seesState)
            {
                firing.Add(PpoComponents.State, 0, State(t + 1));
            }
        }

        for (var agent = 0; agent < agents; agent++)
        {
            OneHot(shown[agent], rollouts[agent].Write(RolloutMessages.NextObservation));
            firing.Add(PpoComponents.Rollouts, agent, rollouts[agent].Seal());
        }

        update++;
        Learner.Fire(firing, sent);
        firing.Release();
        return sum / (Length * copies * agents);
    }

    /// <summary>Saves the learner and goes on with a fresh one.</summary>
    public void Replace(PpoOptions options)
    {
        var snapshot = new StageSnapshot();
        Learner.Save(snapshot);
        Learner.Dispose();
        Learner = (seesState ? PpoComponents.Mappo : PpoComponents.Ippo).Create(options, context);
        Learner.Load(snapshot);
    }

    public void Dispose() => Learner.Dispose();

    internal static StageContext Context(int agents, int copies, bool shared, StateView? view, bool hasMask, long seed, long vectorSteps = long.MaxValue, int memory = 0)
    {
        Term Policy(int agent) => PolicySpec.ToTerm(
            shared ? "team" : $"team/{agent}", [16], Activation.Relu, Term.Of(new Box(Signs)), Term.Of(new Discrete(Signs)), memory: memory);
        var rollouts = Enumerable.Range(0, agents).Select(a => RolloutMessages.Type(
            Term.Of(Length),
            Term.Of(copies),
            Term.Of(new Box(Signs)),
            Term.Of(new Discrete(Signs)),
            Term.Of(hasMask),
            Term.Of(RewardConvention.PerAgent),
            Policy(a))).ToValues();
        var inputs = new Dictionary<string, Values<PortType>> { ["rollouts"] = rollouts };
        if (view is { } form)
        {
            var width = form == StateView.Joint ? agents * Signs : Signs + 1;
            inputs["state"] = [StateMessages.Type(Term.Of(copies), Term.Of(form), Term.Of(agents), Term.Of(width))];
        }

        var outputs = new Dictionary<string, Values<PortType>>
        {
            ["weights"] = Enumerable.Range(0, agents).Select(a => WeightsMessages.Type(Policy(a))).ToValues(),
            ["metrics"] = [MetricMessages.Type()],
        };
        return new() { Stage = "learner", Key = RandomKey.FromSeed(seed), Iteration = Length, VectorSteps = vectorSteps, Types = new(inputs, outputs) };
    }

    private double Act(Message rollout, int agent, int t, Func<int, int, float, float>? spoil)
    {
        var policy = new ForwardPass(new(Signs, [16], Signs, Activation.Relu, memory));
        policy.Load(Weights[agent][WeightsMessages.Parameters]);
        var rows = copies;
        var observations = rollout.Write(RolloutMessages.Observation).Slice(t * rows * Signs, rows * Signs);
        OneHot(shown[agent], observations);
        var logits = new float[rows * Signs];
        policy.Run(observations, logits, memories[agent]);
        var mask = hasMask ? rollout.Write(RolloutMessages.Mask).Slice(t * rows * Signs, rows * Signs) : [];
        for (var copy = 0; hasMask && copy < rows; copy++)
        {
            mask.Slice(copy * Signs, Signs).Fill(1);
            mask[(copy * Signs) + ((shown[agent][copy] + 1) % Signs)] = 0;
        }

        var random = context.Key.Derive("act").Derive((ulong)agent).Derive(new Stamp(update, t)).Stream();
        var actions = rollout.Write(RolloutMessages.Action).Slice(t * rows, rows);
        new CategoricalSampler(Signs).Sample(logits, mask, ref random, actions, rollout.Write(RolloutMessages.LogProbability).Slice(t * rows, rows));
        var sum = 0.0;
        for (var copy = 0; copy < rows; copy++)
        {
            var at = (t * rows) + copy;
            var reward = actions[copy] == (isDelayed ? seen : shown)[agent][copy] ? 1f : 0f;
            sum += reward;
            rollout.Write(RolloutMessages.Reward)[at] = spoil?.Invoke(agent, at, reward) ?? reward;
            rollout.Write(RolloutMessages.Terminated)[at] = isDelayed ? 0 : 1;
            rollout.Write(RolloutMessages.Truncated)[at] = 0;
        }

        return sum;
    }

    private int[][] Show(int t = 0)
    {
        var random = context.Key.Derive("show").Derive(new Stamp(update, t)).Stream();
        return [.. Enumerable.Range(0, agents).Select(_ => Enumerable.Range(0, copies).Select(_ => random.NextInt(Signs)).ToArray())];
    }

    private Message State(int t)
    {
        var type = context.Types.Input("state");
        var message = Message.Create(StateMessages.Layout(type), t < Length ? new(update, t) : new(update + 1));
        var target = message.Write(StateMessages.State);
        target.Clear();
        var width = isPerAgent ? Signs + 1 : Signs;
        for (var copy = 0; copy < copies; copy++)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                target[(((copy * agents) + agent) * width) + shown[agent][copy]] = 1;
            }
        }

        return message.Seal();
    }

    private static void OneHot(int[] signs, Span<float> target)
    {
        target.Clear();
        for (var i = 0; i < signs.Length; i++)
        {
            target[(i * Signs) + signs[i]] = 1;
        }
    }
}

/// <summary>Keeps what a stage sends.</summary>
internal sealed class Sent : IOutputs
{
    private readonly Dictionary<(int Port, int Peer), Message> last = [];

    public List<(int Port, int Peer, Message Message)> All { get; } = [];

    public bool IsRead(int port) => true;

    public Message Last(int port, int peer) => last[(port, peer)];

    public void Send(int port, Message message) => Send(port, -1, message);

    public void Send(int port, int peer, Message message)
    {
        last[(port, peer)] = message.Seal();
        All.Add((port, peer, message));
    }
}
