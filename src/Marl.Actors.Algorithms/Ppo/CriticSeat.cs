using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>A critic's place: what it sees, how, and whom it judges.</summary>
/// <param name="Table">What it sees.</param>
/// <param name="Network">How.</param>
/// <param name="Columns">By column of its outputs, the agents judged.</param>
internal sealed record CriticSeat(InputTable Table, NetworkSpec Network, int[][] Columns)
{
    /// <summary>One that sees what the agents of a policy see, and judges each of them.</summary>
    public static CriticSeat Own(PpoOptions options, NetworkSpec policy, int[] agents, InputTable observations) =>
        new(observations, new(policy.Inputs, options.Hidden, 1, options.Activation), [.. agents.Select(a => new[] { a })]);

    /// <summary>
    /// One that sees the world's state and judges all agents: jointly in one pass (the team in one number, if it shares its reward),
    /// or each by its view.
    /// </summary>
    public static CriticSeat Central(PpoOptions options, PortType state, int agents)
    {
        var width = state.Get<int>("width");
        var each = Enumerable.Range(0, agents).Select(a => new[] { a }).ToArray();
        if (state.Get<StateView>("view") == StateView.PerAgent)
        {
            return new(new StateTable(agents, width), new(width, options.Hidden, 1, options.Activation), each);
        }

        int[][] columns = options.Reward == RewardShare.Own ? each : [[.. Enumerable.Range(0, agents)]];
        return new(new StateTable(1, width), new(width, options.Hidden, columns.Length, options.Activation), columns);
    }

    /// <summary>The critic.</summary>
    /// <param name="options">The options.</param>
    /// <param name="parameters">The vector it lies in.</param>
    /// <param name="place">Where.</param>
    /// <param name="steps">Steps of a batch.</param>
    /// <param name="minibatch">Steps of the largest minibatch.</param>
    /// <param name="target">The vector of the target critics, which ends like the other; null without.</param>
    public Critic Make(PpoOptions options, FlatParameters parameters, int place, int steps, int minibatch, FlatParameters? target)
    {
        var blockSteps = options.Backend.BlockSteps(Table.Rows, minibatch);
        var trusted = target is null ? null : Create(target, place - (parameters.Length - target.Length));
        return new(Table, Create(parameters, place), Columns, steps, blockSteps, options.ValueNormalisation, trusted);

        ITrainableNetwork Create(FlatParameters vector, int offset) => options.Backend.Network(Network, vector, offset, blockSteps * Table.Rows, options.Device);
    }
}
