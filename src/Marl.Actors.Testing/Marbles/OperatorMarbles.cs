using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Marbles;

/// <summary>
/// An operator and the tokens it is given. A value: every method gives a new one, and <see cref="Out"/> plays a fresh operator
/// and compares, so what stands in a test is checked where it stands.
/// </summary>
public sealed record OperatorMarbles
{
    private readonly AppliedOperator applied;
    private MessageLayout? shape;

    internal OperatorMarbles(AppliedOperator applied) => this.applied = applied;

    private string Name => applied.Component.Id;

    private Alphabet Alphabet { get; init; } = Alphabet.Numbers;

    private Timeline Given { get; init; } = TimelineReader.Read("");

    private MessageLayout Layout => shape ?? Alphabet.Layout("tokens", Given.Marbles);

    private RandomKey Key { get; init; } = RandomKey.FromSeed(1);

    private PortType? Type { get; init; }

    private float Tolerance { get; init; }

    /// <summary>What a letter stands for: all floats of a token.</summary>
    public OperatorMarbles Let(char letter, params float[] block) => this with { Alphabet = Alphabet.With(letter, ("value", block)) };

    /// <summary>What a letter stands for, field by field; fields that are not named are 0.</summary>
    public OperatorMarbles Let(char letter, params (string Field, float[] Floats)[] fields) => this with { Alphabet = Alphabet.With(letter, fields) };

    /// <summary>The layout of the tokens, as in <c>StepMessages.Layout(…)</c>. Without it they have what the letters give them.</summary>
    public OperatorMarbles Shape(MessageLayout layout) => this with { shape = layout };

    /// <summary>The resolved type of the edge, for an operator that asks; without it, the kind alone.</summary>
    public OperatorMarbles Typed(PortType type) => this with { Type = type };

    /// <summary>The seed of its key.</summary>
    public OperatorMarbles Seeded(long seed) => this with { Key = RandomKey.FromSeed(seed) };

    /// <summary>Floats may differ by so much; without it they must be equal.</summary>
    public OperatorMarbles Within(float tolerance) => this with { Tolerance = tolerance };

    /// <summary>The tokens it is given; a timeline with an end ends the operator.</summary>
    /// <exception cref="MarbleException">The timeline can't be read.</exception>
    public OperatorMarbles In(string timeline) => this with { Given = TimelineReader.Read(timeline) };

    /// <summary>Holds what it passes on against a timeline: tokens, stamps, order and end must be the same.</summary>
    /// <param name="timeline">What is expected.</param>
    /// <param name="field">Compare one field of the tokens; "" for all.</param>
    /// <exception cref="MarbleException">They are not; the message shows both.</exception>
    public OperatorMarbles Out(string timeline, string field = "")
    {
        new TimelineComparison
        {
            What = (field.Length > 0 ? $"'{field}' of what " : "What ") + $"'{Name}' passes on",
            Inputs = [("in", Given)],
            Expected = TimelineReader.Read(timeline),
            Got = OperatorPlay.Run(Feed, PlayConditions.Plain).Passed.ToValues(),
            HasEnded = Given.Ends,
            Waiting = "",
            Field = field,
            Alphabet = Alphabet,
            Tolerance = Tolerance,
        }.ThrowIfDifferent();
        return this;
    }

    /// <summary>Holds the operator to its contract with these tokens: see <see cref="OperatorContract"/>.</summary>
    /// <exception cref="ContractException">A rule is broken; the message says which, where, and what to look for.</exception>
    public OperatorMarbles KeepsTheContract()
    {
        ContractException.ThrowIfAny($"The operator '{Name}'", OperatorContract.Check(this));
        return this;
    }

    /// <summary>What is played.</summary>
    internal OperatorFeed Feed => new(Alphabet.Lane(Given, Layout), () => applied.Component.Create(applied.Options, new(Key, Type ?? PortType.Of(Layout.Kind))));
}
