using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Testing.Marbles;

/// <summary>
/// Tests of stages and operators in the notation of marble diagrams:
/// <code>
/// Marbles.Of(Lag.Updates(2)).In("1 2 3 |").Out("(1 1 1) 2 3 |");
///
/// Marbles.Of(Running.Component)
///     .In("numbers", "1 2 - 4 |")
///     .Out("sums", "1 3 3 7 |")
///     .KeepsTheContract();
/// </code>
/// A timeline is one port's tokens over logical time: each slot is a step, and the next slot the next step. In it stand
/// <list type="bullet">
/// <item>a letter, which <c>Let</c> gives floats, or a number: a block filled with it;</item>
/// <item><c>-</c>, an absent token: the producer says that there is nothing at this stamp;</item>
/// <item><c>.</c>, a step at which no token is sent at all;</item>
/// <item><c>(ab)</c>, several tokens of one stamp;</item>
/// <item><c>/</c>, the beginning of the next update, and <c>a@2.1</c>, a stamp of its own (update.step.round);</item>
/// <item><c>|</c>, the end: no more will come. A stage ends when it says so, or when a producer it needs has ended.</item>
/// </list>
/// Unlike the diagrams of reactive streams there is no clock: a stage fires when it has the tokens it needs, whenever they
/// come, so the timelines of two ports are related by their stamps only.
/// </summary>
public static class Marbles
{
    /// <summary>A stage of a component.</summary>
    /// <param name="component">The catalog entry: ports, kinds, and how the stage is made.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="context">What it is made from; null for a single instance with a key of seed 1 and types that name the kinds only.</param>
    public static StageMarbles Of(Component component, object? options = null, StageContext? context = null) =>
        new(StageSubject.Of(component, options, context));

    /// <summary>A stage without a catalog entry.</summary>
    /// <param name="create">Makes a fresh instance.</param>
    /// <param name="inputs">Names of its inputs, in the order of their indexes.</param>
    /// <param name="outputs">Names of its outputs, in the order of their indexes.</param>
    public static StageMarbles Of(Func<IStage> create, Values<string> inputs, Values<string> outputs) => new(new(
        "stage", inputs.Select(name => (name, "tokens")).ToValues(), outputs.Select(name => (name, "")).ToValues(), _ => create()));

    /// <summary>An operator with its arguments, as in <c>Lag.Updates(1)</c>.</summary>
    public static OperatorMarbles Of(AppliedOperator applied) => new(applied);
}
