using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Marbles;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

/// <summary>What every built-in operator passes on, as timelines, and that it keeps the contract.</summary>
public sealed class OperatorContractTests
{
    private static readonly AgentSpec Agent = new("a", new Box(2), new Discrete(2));

    public static TheoryData<string> Names => [.. BuiltInOperators.All.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_the_contract(string name)
    {
        var example = Example(name);
        example.KeepsTheContract();
    }

    /// <summary>An operator with arguments that make it do something; it has already shown what it passes on.</summary>
    private static OperatorMarbles Example(string name) => name switch
    {
        "delay" => Marbles.Of(Delay.Steps(2)).In("1 2 - 4 |").Out("(- - 1) 2 - 4 |"),
        "drop" => Marbles.Of(Drop.Probability(0.5)).In("1 2 3 4 - 6 / 7 8 |").Out("1 - - - - - / - 8 |"),
        "every" => Marbles.Of(Every.Updates(3)).In("0 / 1 / 2 / 3 / 4 |").Out("0 / / / 3 / 4 |"),
        "lag" => Marbles.Of(Lag.Updates(2)).In("0 / 1 / 2 / 3 |").Out("(0 0 0) / 1 / 2 / 3 |"),
        "scale" => Scaled(Scale.By(-0.5)),
        _ => throw new InvalidOperationException($"The operator '{name}' needs an example here."),
    };

    private static OperatorMarbles Scaled(AppliedOperator scale) => Marbles.Of(scale)
        .Shape(StepMessages.Layout(1, Agent, fixedRoster: true, anyEnded: false))
        .Let('a', ("observation", [1, 2]), ("reward", [4]))
        .Let('b', ("observation", [1, 2]), ("reward", [-2]))
        .In("a b - a |")
        .Out("b 1@0.1 - b@0.3 |", field: "reward");
}
