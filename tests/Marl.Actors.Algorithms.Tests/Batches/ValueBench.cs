using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Values;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Batches;

/// <summary>A learner of action values for two agents that share a network, and batches for it made at random.</summary>
internal sealed class ValueBench : IDisposable
{
    public const int Items = 4;
    public const int Agents = 2;
    public const int State = 5;
    private const int Actions = 3;

    private readonly StageContext context;
    private readonly ValueModel model;
    private readonly ValueUpdate update;
    private readonly int length;

    public ValueBench(ValueMethod method, int length = 1, RewardConvention reward = RewardConvention.PerAgent, bool fixedRoster = true)
    {
        this.length = length;
        var (observation, action) = (Term.Of(new Box(2)), Term.Of(new Discrete(Actions)));
        var policy = PolicySpec.ToTerm("team", [8], Activation.Tanh, observation, action, PolicyHead.ActionValue, identities: Agents);
        var agent = BatchMessages.Agent(observation, action, Term.Of(false), policy);
        context = new()
        {
            Stage = "learner",
            Key = new(1),
            Types = new(
                new Dictionary<string, Values<PortType>>
                {
                    ["batches"] = [BatchMessages.Type(Term.Of(length), Term.Of(Items), Term.Of(1), Term.Of(State), Term.Of(reward), [agent, agent], Term.Of(fixedRoster))],
                },
                new Dictionary<string, Values<PortType>>()),
        };
        var options = new ValueLearnerOptions(LearningRate: 1e-2);
        model = new(options, method, context);
        update = new(options, method, model);
    }

    /// <summary>What is learned.</summary>
    public float[] Parameters => model.Online.Values.ToArray();

    /// <summary>The same method for every test that wants all of them.</summary>
    public static ValueMethod Method(string name) => name switch
    {
        "iql" => new(new IndependentMixer(Agents)),
        "vdn" => new(new SumMixer(Agents)),
        "qmix" => new(new MonotonicMixer(Agents, State, 4, [8])),
        _ => new(new MonotonicMixer(Agents, State, 4, [8]), new(0.5, [8])),
    };

    /// <summary>Learns, and says how far it was off: the greatest and the mean error of every item.</summary>
    public (float[] Greatest, float[] Mean) Learn(Message batch)
    {
        var errors = new ItemErrors(Items);
        errors.Clear();
        update.Run(batch, new(ValueFigures.Layout), errors);
        var told = errors.Tell(default);
        return (told[PriorityMessages.Greatest].ToArray(), told[PriorityMessages.Mean].ToArray());
    }

    /// <summary>A batch full of whole items.</summary>
    public Message Batch(int seed, float[]? weights = null, Action<Message>? change = null)
    {
        var type = context.Types.Input("batches");
        var message = Message.Create(BatchMessages.Layout(type, isWeighted: weights is not null), new(0));
        var random = RandomKey.FromSeed(seed).Stream();
        foreach (ref var x in message.WriteBlock())
        {
            x = (float)random.NextNormal();
        }

        random = RandomKey.FromSeed(seed).Derive("actions").Stream(); // the same with weights and without
        foreach (ref var action in message.Write(BatchMessages.Action))
        {
            action = random.NextInt(Actions);
        }

        message.Write(BatchMessages.Terminated).Clear();
        message.Write(BatchMessages.Filled).Fill(1);
        if (message.Has(BatchMessages.Active))
        {
            message.Write(BatchMessages.Active).Fill(1);
            message.Write(BatchMessages.Ended).Clear();
        }

        weights?.CopyTo(message.Write(BatchMessages.Weight));
        change?.Invoke(message);
        return message.Seal();
    }

    public void Dispose() => model.Dispose();
}
