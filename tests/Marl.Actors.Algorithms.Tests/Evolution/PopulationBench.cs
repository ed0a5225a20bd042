using Marl.Actors.Algorithms.Evolution;
using Marl.Actors.Algorithms.Tests.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Evolution;

/// <summary>
/// A learner and agents in several shards, by hand. Their world shows random numbers, pays 1 for an action that has the sign of the
/// first of them, and ends episodes at random moments.
/// </summary>
internal sealed class PopulationBench
{
    public const int Copies = 3;
    public const int Shards = 2;
    public const int Generation = 6;

    private static readonly Box Observation = new(2);

    private readonly EvolvingOptions options;
    private readonly EsOptions learning;
    private readonly EvolvingStage[] agents;
    private readonly Sent[] acted = [.. Enumerable.Range(0, Shards).Select(_ => new Sent())];
    private readonly Sent learned = new();
    private readonly EsLearner learner;

    public PopulationBench(int[] hidden, EsOptions? learning = null, int memory = 0)
    {
        this.learning = learning ?? new();
        options = new(hidden.ToValues(), Activation.Tanh, memory, Generation: Generation);
        agents = [.. Enumerable.Range(0, Shards).Select(Agent)];
        learner = new(this.learning, Context("learner", null, "returns", [.. Enumerable.Repeat(Returns, Shards)], Outputs));
        learner.Start(learned);
    }

    /// <summary>The policy.</summary>
    public PolicySpec Policy => PolicySpec.FromTerm(Term);

    /// <summary>What each agent sent: actions, and returns.</summary>
    public IReadOnlyList<Sent> Acted => acted;

    /// <summary>What the learner sent.</summary>
    public Sent Learned => learned;

    /// <summary>The parameters of an agent.</summary>
    public float[] Parameters(int shard) => agents[shard].Search.Values.ToArray();

    /// <summary>The learner's newest weights.</summary>
    public float[] Weights => learned.Last(EsComponent.Weights, 0)[WeightsMessages.Parameters].ToArray();

    /// <summary>What the world shows, by shard: a function of the vector step, so that what agents do comes back as rewards only.</summary>
    public static float[] Shown(int shard, int step)
    {
        var random = RandomKey.FromSeed(1).Derive((ulong)shard).Derive((ulong)step).Stream();
        return [.. Enumerable.Range(0, Copies * 2).Select(_ => (float)random.NextNormal())];
    }

    /// <summary>Whether an episode ended with the step that led here.</summary>
    public static bool HasEnded(int shard, int step, int copy) => step > 0 && ((step * 7) + (copy * 3) + shard) % 4 == 0;

    /// <summary>What the last action earned.</summary>
    public static float Reward(int shard, int step, int copy, ReadOnlySpan<float> actions) =>
        step > 0 && (actions[copy] > 0) == (Shown(shard, step - 1)[2 * copy] > 0) ? 1 : 0;

    /// <summary>Plays whole generations; after every vector step each agent is saved, and one made anew goes on, if that is wanted.</summary>
    public void Play(int generations, bool isReplaced = false)
    {
        for (var step = 0; step <= generations * Generation; step++)
        {
            for (var shard = 0; shard < Shards; shard++)
            {
                Fire(agents[shard], AgentPorts.Steps, Step(shard, step), acted[shard]);
                if (isReplaced)
                {
                    Replace(shard);
                }
            }

            if (step % Generation == 0)
            {
                Turn(step, isLast: step == generations * Generation);
            }
        }
    }

    /// <summary>An agent hears of a generation, at the beginning of the next.</summary>
    public void Tell(int shard, Message generation)
    {
        for (var step = Generation; agents[shard].Needs[EvolvingAgent.Generations] == 0; step++)
        {
            Fire(agents[shard], AgentPorts.Steps, Step(shard, step), acted[shard]);
        }

        Fire(agents[shard], EvolvingAgent.Generations, generation, acted[shard]);
    }

    /// <summary>The learner hears of a generation, the agents of what it made of it.</summary>
    private void Turn(int step, bool isLast)
    {
        if (step > 0)
        {
            var firing = new Firing([Shards]);
            for (var shard = 0; shard < Shards; shard++)
            {
                firing.Add(EsComponent.Returns, shard, acted[shard].Last(EvolvingAgent.Returns, -1));
            }

            learner.Fire(firing, learned);
        }

        for (var shard = 0; shard < Shards; shard++)
        {
            Fire(agents[shard], EvolvingAgent.Generations, learned.Last(EsComponent.Generations, shard), acted[shard]);
            if (!isLast)
            {
                Replace(shard);
            }
        }
    }

    private void Replace(int shard)
    {
        var snapshot = new StageSnapshot();
        agents[shard].Save(snapshot);
        agents[shard] = Agent(shard);
        agents[shard].Load(snapshot);
    }

    private static void Fire(EvolvingStage agent, int port, Message message, Sent outputs)
    {
        var firing = new Firing([1, 1, 1]);
        firing.Add(port, 0, message.Seal());
        agent.Fire(firing, outputs);
    }

    private Message Step(int shard, int step)
    {
        var anyEnded = Enumerable.Range(0, Copies).Any(copy => HasEnded(shard, step, copy));
        var message = Message.Create(StepMessages.Layout(Copies, new("", Observation, new Discrete(2), false), fixedRoster: true, anyEnded), new(step / Generation, step % Generation));
        Shown(shard, step).CopyTo(message.Write(StepMessages.Observation));
        var actions = step > 0 ? acted[shard].Last(AgentPorts.Actions, -1)[ActionMessages.Action] : [];
        for (var copy = 0; copy < Copies; copy++)
        {
            message.Write(StepMessages.Reward)[copy] = Reward(shard, step, copy, actions);
            message.Write(StepMessages.Terminated)[copy] = HasEnded(shard, step, copy) && copy != 1 ? 1 : 0;
            message.Write(StepMessages.Truncated)[copy] = HasEnded(shard, step, copy) && copy == 1 ? 1 : 0;
        }

        return message;
    }

    private Term Term => PolicySpec.ToTerm("team", options.Hidden, options.Activation, Term.Of(Observation), Term.Of(new Discrete(2)), PolicyHead.Deterministic, memory: options.Memory);

    private PortType Returns => ReturnMessages.Type(Term.Of(Generation), Term.Of(Copies), Term.Of(RewardConvention.PerAgent), Term);

    private PortType Generations => GenerationMessages.Type(Term.Of(Copies), Term.Of(Shards), Term);

    private Dictionary<string, Values<PortType>> Outputs => new()
    {
        ["generations"] = [.. Enumerable.Repeat(Generations, Shards)],
        ["weights"] = [.. Enumerable.Repeat(WeightsMessages.Type(Term), Shards)],
    };

    private EvolvingStage Agent(int shard) => new(options, Context("team", shard, "generations", [Generations], []));

    private static StageContext Context(string stage, int? shard, string input, Values<PortType> types, Dictionary<string, Values<PortType>> outputs) => new()
    {
        Stage = stage,
        Key = RandomKey.FromSeed(9).Derive(stage).Derive((ulong)shard.GetValueOrDefault()),
        Shard = new(Shards, shard),
        Iteration = Generation,
        Types = new(new Dictionary<string, Values<PortType>> { [input] = types }, outputs),
    };
}
