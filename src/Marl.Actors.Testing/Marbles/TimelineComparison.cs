using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Marbles;

/// <summary>What was sent on one port, held against the timeline of what was expected.</summary>
internal sealed record TimelineComparison
{
    /// <summary>What is compared, for the message.</summary>
    public required string What { get; init; }

    /// <summary>What was given, for the message.</summary>
    public required Values<(string Name, Timeline Timeline)> Inputs { get; init; }

    public required Timeline Expected { get; init; }

    public required Values<Token> Got { get; init; }

    public required bool HasEnded { get; init; }

    /// <summary>What the stage was waiting for when it stopped; "" if that says nothing.</summary>
    public required string Waiting { get; init; }

    /// <summary>The field that is compared; "" for whole tokens.</summary>
    public required string Field { get; init; }

    public required Alphabet Alphabet { get; init; }

    public required float Tolerance { get; init; }

    /// <summary>Throws with both timelines at the first difference.</summary>
    public void ThrowIfDifferent()
    {
        var i = 0;
        while (i < Math.Min(Expected.Marbles.Count, Got.Count) && IsExpected(Expected.Marbles[i], Got[i]))
        {
            i++;
        }

        if (i == Expected.Marbles.Count && i == Got.Count)
        {
            if (Expected.Ends != HasEnded)
            {
                Throw(null, HasEnded ? "It ended, which the timeline does not say: write '|' after its last token." : $"It did not end{Because}.");
            }

            return;
        }

        var (expected, got) = (i < Expected.Marbles.Count ? Expected.Marbles[i] : (Marble?)null, i < Got.Count ? Got[i] : null);
        Throw(
            i,
            (expected, got) switch
            {
                (null, _) => $"Nothing more was expected, but {Show(got!)} came at {got!.Stamp}.",
                (_, null) => $"{Show(expected.Value)} was expected at {expected.Value.Stamp}, but nothing more came{Because}.",
                _ when expected.Value.Stamp != got.Stamp => $"{Show(expected.Value)} was expected at {expected.Value.Stamp}, but {Show(got)} came at {got.Stamp}.",
                _ => $"At {got.Stamp} {Show(expected.Value)} was expected, but {Show(got)} came.",
            });
    }

    private string Because => HasEnded ? ": it had ended" : Waiting.Length > 0 ? $": it {Waiting}" : "";

    private bool IsExpected(Marble expected, Token got)
    {
        if (expected.Stamp != got.Stamp || got.IsAbsent || expected.Text == Marble.Absent)
        {
            return expected.Stamp == got.Stamp && got.IsAbsent && expected.Text == Marble.Absent;
        }

        var wanted = Alphabet.Floats(expected.Text, got.Layout!, Index(got.Layout!));
        var floats = Floats(got);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!floats[i].Equals(wanted[i]) && !(Math.Abs(floats[i] - wanted[i]) <= Tolerance))
            {
                return false;
            }
        }

        return true;
    }

    private void Throw(int? difference, string sentence)
    {
        var table = new TimelineTable();
        foreach (var (name, timeline) in Inputs)
        {
            table.Add(name, timeline.Marbles.Select(m => (m.Stamp, m.Text)), timeline.Ends);
        }

        table.Add("expected", Expected.Marbles.Select(m => (m.Stamp, m.Text)), Expected.Ends);
        table.Add("got", Got.Select((token, i) => (token.Stamp, Name(token, i))), HasEnded);
        var stamp = difference is not { } at ? (Stamp?)null : at < Got.Count ? Got[at].Stamp : Expected.Marbles[at].Stamp;
        throw new MarbleException($"{What} is not as expected.\n\n{table.Write(stamp)}\n{sentence}\n");
    }

    /// <summary>A token's letter or number; <c>?3</c> for the third one when it has none.</summary>
    private string Name(Token token, int i) =>
        token.IsAbsent ? Marble.Absent : Alphabet.Name(Floats(token), token.Layout!, Index(token.Layout!)) ?? $"?{i + 1}";

    private string Show(Marble marble)
    {
        if (marble.Text == Marble.Absent)
        {
            return "an absent token";
        }

        return Got.FirstOrDefault(t => !t.IsAbsent) is { } like && char.IsAsciiLetter(marble.Text[0])
            ? $"{marble.Text} = {Show(Alphabet.Floats(marble.Text, like.Layout!, Index(like.Layout!)))}"
            : marble.Text;
    }

    private string Show(Token token) => token.IsAbsent
        ? "an absent token"
        : Alphabet.Name(Floats(token), token.Layout!, Index(token.Layout!)) is { } name && !char.IsAsciiLetter(name[0]) ? name : Show(Floats(token));

    private static string Show(ReadOnlySpan<float> floats)
    {
        const int most = 12;
        var shown = floats[..Math.Min(most, floats.Length)].ToArray().ToValues().ToString();
        return floats.Length <= most ? shown : $"{shown[..^1]}, …] ({floats.Length} floats)";
    }

    private ReadOnlySpan<float> Floats(Token token) => Index(token.Layout!) is { } index
        ? token.Floats.Span.Slice(token.Layout!.Offset(index), token.Layout!.Fields[index].Length)
        : token.Floats.Span;

    private int? Index(MessageLayout layout)
    {
        if (Field.Length == 0)
        {
            return null;
        }

        var index = layout.Fields.ToList().FindIndex(f => f.Name == Field);
        return index >= 0 ? index : throw new MarbleException($"{layout.Kind} has no field '{Field}'; it has {string.Join(", ", layout.Fields.Select(f => f.Name))}.");
    }
}
