using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Leagues;

/// <summary>The networks of those whom a seat stands for.</summary>
/// <param name="policy">What they all are, whatever their parameters.</param>
/// <param name="book">Which copies make a group.</param>
/// <param name="groups">Groups of copies.</param>
internal sealed class Lineup(PolicySpec policy, MatchBook book, int groups)
{
    private readonly ForwardPass main = new(policy.Network);
    private readonly ForwardPass exploiter = new(policy.Network);
    private readonly ForwardPass?[] past = new ForwardPass?[groups];
    private readonly int[] stands = new int[groups];

    /// <summary>Takes the learners' new parameters.</summary>
    public void Take(ReadOnlySpan<float> newest, ReadOnlySpan<float> exploiters)
    {
        main.Load(newest);
        if (exploiters.Length > 0)
        {
            exploiter.Load(exploiters);
        }
    }

    /// <summary>Takes matches.</summary>
    public void Take(Message matches)
    {
        var all = matches[MatchMessages.Parameters];
        for (var group = 0; group < groups; group++)
        {
            stands[group] = (int)matches[MatchMessages.Stands][group];
            if (stands[group] >= 0)
            {
                (past[group] ??= new(policy.Network)).Load(all.Slice(group * policy.Parameters, policy.Parameters));
            }
        }
    }

    /// <summary>What the networks say: neighbouring groups of one network at once.</summary>
    /// <param name="inputs">[copies, inputs].</param>
    /// <param name="outputs">To fill: [copies, outputs].</param>
    public void Run(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var (width, choices) = (policy.Network.Inputs, policy.Network.Outputs);
        for (var group = 0; group < groups;)
        {
            var network = Of(group);
            var first = book.First(group);
            do
            {
                group++;
            }
            while (group < groups && Of(group) == network);

            var count = book.First(group) - first;
            network.Run(inputs.Slice(first * width, count * width), outputs.Slice(first * choices, count * choices));
        }
    }

    private ForwardPass Of(int group) => stands[group] switch
    {
        MatchMessages.Main => main,
        MatchMessages.Exploiter => exploiter,
        _ => past[group]!,
    };
}
