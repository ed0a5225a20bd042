using Marl.Actors.Algorithms.Impala;
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

namespace Marl.Actors.Algorithms.Tests.Impala;

/// <summary>Every step shows one of a few signs, and naming it pays 1. Whoever acts chooses at random: the policy learns from another's experience.</summary>
public class ImpalaUpdateTests
{
    private const int Signs = 3;
    private const int Length = 8;
    private const int Copies = 4;

    private static readonly ImpalaOptions Options = new(LearningRate: 1e-2, Gamma: 0.9, Entropy: 0);

    [Fact]
    public void It_learns_from_experience_of_another_policy()
    {
        using var update = new ImpalaUpdate(Options, Context());
        for (var i = 0; i < 150; i++)
        {
            update.Run([Rollout(i, version: i)], i, long.MaxValue, new());
        }

        for (var sign = 0; sign < Signs; sign++)
        {
            Assert.True(Probability(update, sign) > 0.9, $"sign {sign}: {Probability(update, sign):F3}");
        }
    }

    [Fact]
    public void What_is_too_old_is_counted_and_changes_nothing()
    {
        using var update = new ImpalaUpdate(Options with { MaxLag = 5 }, Context());
        var (before, figures) = (update.Policy.ToArray(), new ImpalaFigures());
        update.Run([Rollout(1, version: 3), Rollout(2, version: 4)], 10, long.MaxValue, figures);
        Assert.Equal(before, update.Policy.ToArray());
        Assert.Equal((6.5f, 7f, 2f), (Figure(figures, "lag-mean"), Figure(figures, "lag-max"), Figure(figures, "dropped")));

        update.Run([Rollout(1, version: 3), Rollout(2, version: 5)], 10, long.MaxValue, figures);
        Assert.NotEqual(before, update.Policy.ToArray());
        Assert.Equal((6f, 7f, 1f), (Figure(figures, "lag-mean"), Figure(figures, "lag-max"), Figure(figures, "dropped")));
    }

    [Fact]
    public void Saved_and_loaded_it_goes_on_to_the_same_bits()
    {
        using var straight = new ImpalaUpdate(Options, Context());
        using var resumed = new ImpalaUpdate(Options, Context());
        straight.Run([Rollout(1, 0)], 0, 100, new());
        var snapshot = new StageSnapshot();
        straight.Save(snapshot);
        resumed.Load(snapshot);
        straight.Run([Rollout(2, 0)], 1, 100, new());
        resumed.Run([Rollout(2, 0)], 1, 100, new());
        Assert.Equal(straight.Policy.ToArray(), resumed.Policy.ToArray());
    }

    private static float Figure(ImpalaFigures figures, string name)
    {
        var all = new float[ImpalaFigures.Layout.Length];
        figures.Write(all);
        return all[ImpalaFigures.Layout.Fields.ToList().FindIndex(f => f.Name == name)];
    }

    private static double Probability(ImpalaUpdate update, int sign)
    {
        var (pass, logits, observation) = (new ForwardPass(update.Spec.Network), new float[Signs], new float[Signs]);
        observation[sign] = 1;
        pass.Load(update.Policy);
        pass.Run(observation, logits);
        return Math.Exp(new CategoricalSampler(Signs).LogProbability(logits, [], sign));
    }

    private static Message Rollout(int number, int version)
    {
        var message = Message.Create(RolloutMessages.Layout(Length, Copies, new Box(Signs), new Discrete(Signs), 0, 0), new(number));
        message.WriteBlock().Clear();
        var random = RandomKey.FromSeed(number).Stream();
        for (var i = 0; i < Length * Copies; i++)
        {
            var (sign, action) = (random.NextInt(Signs), random.NextInt(Signs));
            message.Write(RolloutMessages.Observation)[(i * Signs) + sign] = 1;
            message.Write(RolloutMessages.Action)[i] = action;
            message.Write(RolloutMessages.LogProbability)[i] = -MathF.Log(Signs);
            message.Write(RolloutMessages.Reward)[i] = action == sign ? 1 : 0;
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            message.Write(RolloutMessages.NextObservation)[(copy * Signs) + random.NextInt(Signs)] = 1;
        }

        message.Write(RolloutMessages.Version)[0] = version;
        return message.Seal();
    }

    private static StageContext Context()
    {
        var policy = PolicySpec.ToTerm("agent", [16], Activation.Tanh, Term.Of(new Box(Signs)), Term.Of(new Discrete(Signs)));
        var rollouts = RolloutMessages.Type(
            Term.Of(Length), Term.Of(Copies), Term.Of(new Box(Signs)), Term.Of(new Discrete(Signs)), Term.Of(false), Term.Of(RewardConvention.PerAgent), policy);
        return new()
        {
            Stage = "learner",
            Key = RandomKey.FromSeed(1),
            Types = new(new Dictionary<string, Values<PortType>> { ["rollouts"] = [rollouts] }, new Dictionary<string, Values<PortType>>()),
        };
    }
}
