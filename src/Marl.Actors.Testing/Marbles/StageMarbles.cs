using System.Collections.Immutable;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Marbles;

/// <summary>
/// A stage and the tokens it is given. A value: every method gives a new one, and <see cref="Out"/> plays a fresh stage and
/// compares, so what stands in a test is checked where it stands.
/// </summary>
public sealed record StageMarbles
{
    internal StageMarbles(StageSubject subject) => Subject = subject;

    private StageSubject Subject { get; }

    private Alphabet Alphabet { get; init; } = Alphabet.Numbers;

    private float Tolerance { get; init; }

    private ImmutableDictionary<int, Values<Timeline>> Fed { get; init; } = ImmutableDictionary<int, Values<Timeline>>.Empty;

    private ImmutableDictionary<int, MessageLayout> Layouts { get; init; } = ImmutableDictionary<int, MessageLayout>.Empty;

    /// <summary>What a letter stands for: all floats of a token.</summary>
    public StageMarbles Let(char letter, params float[] block) => this with { Alphabet = Alphabet.With(letter, ("value", block)) };

    /// <summary>What a letter stands for, field by field; fields that are not named are 0.</summary>
    public StageMarbles Let(char letter, params (string Field, float[] Floats)[] fields) => this with { Alphabet = Alphabet.With(letter, fields) };

    /// <summary>The layout of the tokens of an input, as in <c>StepMessages.Layout(…)</c>. Without it they have what the letters give them.</summary>
    public StageMarbles Shape(string input, MessageLayout layout) => this with { Layouts = Layouts.SetItem(Subject.Input(input), layout) };

    /// <summary>The tokens of an input, a timeline for each producer. An input that is not fed is open.</summary>
    /// <exception cref="MarbleException">There is no such input, or a timeline can't be read.</exception>
    public StageMarbles In(string input, params string[] timelines) =>
        this with { Fed = Fed.SetItem(Subject.Input(input), timelines.Select(TimelineReader.Read).ToValues()) };

    /// <summary>Floats may differ by so much; without it they must be equal.</summary>
    public StageMarbles Within(float tolerance) => this with { Tolerance = tolerance };

    /// <summary>
    /// Holds what the stage sends on an output against timelines: one, or for an output with a token of its own for each reader
    /// one a reader. <c>port.field</c> compares one field of the tokens. Tokens, stamps, order and end must be the same.
    /// </summary>
    /// <exception cref="MarbleException">They are not; the message shows both.</exception>
    public StageMarbles Out(string output, params string[] timelines)
    {
        var (port, field) = output.Split('.', 2) is [var name, var part] ? (Subject.Output(name), part) : (Subject.Output(output), "");
        var play = StagePlay.Run(Feed, PlayConditions.Plain);
        CheckKinds(play.Sent[port], port);
        var expected = timelines.Length == 0 ? [""] : timelines;
        for (var peer = 0; peer < expected.Length; peer++)
        {
            var reader = peer;
            new TimelineComparison
            {
                What = $"'{output}' of '{Subject.Name}'" + (expected.Length > 1 ? $" for reader {peer}" : ""),
                Inputs = Subject.Inputs.SelectMany((input, i) => Timelines(i).Select((t, k) => (Timelines(i).Count > 1 ? $"{input.Port}[{k}]" : input.Port, t))).ToValues(),
                Expected = TimelineReader.Read(expected[peer]),
                Got = play.Sent[port].Where(t => expected.Length == 1 || t.Peer == reader || t.Peer < 0).Select(t => t.Token).ToValues(),
                HasEnded = play.HasEnded,
                Waiting = play.Waiting,
                Field = field,
                Alphabet = Alphabet,
                Tolerance = Tolerance,
            }.ThrowIfDifferent();
        }

        return this;
    }

    /// <summary>Holds the stage to its contract with these tokens: see <see cref="StageContract"/>.</summary>
    /// <exception cref="ContractException">A rule is broken; the message says which, where, and what to look for.</exception>
    public StageMarbles KeepsTheContract()
    {
        ContractException.ThrowIfAny($"The stage '{Subject.Name}'", StageContract.Check(Feed));
        return this;
    }

    /// <summary>What is played.</summary>
    internal StageFeed Feed => new()
    {
        Name = Subject.Name,
        Inputs = Subject.Inputs.Select(i => i.Port).ToValues(),
        Outputs = Subject.Outputs.Select(o => o.Port).ToValues(),
        Lanes = Subject.Inputs.Select((input, i) => Lanes(i, input.Kind)).ToValues(),
        Create = () => Subject.Create([.. Subject.Inputs.Select((_, i) => Timelines(i).Count)]),
    };

    private Values<Timeline> Timelines(int input) => Fed.GetValueOrDefault(input);

    private Values<TokenLane> Lanes(int input, string kind)
    {
        var timelines = Timelines(input);
        var layout = Layouts.GetValueOrDefault(input) ?? Alphabet.Layout(kind, timelines.SelectMany(t => t.Marbles));
        return timelines.Select(t => Alphabet.Lane(t, layout)).ToValues();
    }

    private void CheckKinds(IReadOnlyList<SentToken> sent, int port)
    {
        var (name, kind) = Subject.Outputs[port];
        if (kind.Length > 0 && sent.Select(t => t.Token).FirstOrDefault(t => !t.IsAbsent && t.Layout!.Kind != kind) is { } wrong)
        {
            throw new MarbleException($"'{name}' of '{Subject.Name}' carries {kind}, but {wrong.Layout!.Kind} was sent at {wrong.Stamp}.");
        }
    }
}
