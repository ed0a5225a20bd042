using System.Collections.Immutable;
using System.Globalization;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Testing.Plays;

namespace Marl.Actors.Testing.Marbles;

/// <summary>What the letters of timelines stand for. A number stands for a block filled with it.</summary>
internal sealed record Alphabet
{
    /// <summary>Without letters: numbers only.</summary>
    public static Alphabet Numbers { get; } = new();

    private ImmutableSortedDictionary<char, Letter> Letters { get; init; } = ImmutableSortedDictionary<char, Letter>.Empty;

    /// <summary>With one letter more; the same letter again takes the earlier one's place.</summary>
    public Alphabet With(char letter, params (string Field, float[] Floats)[] fields) => char.IsAsciiLetter(letter)
        ? this with { Letters = Letters.SetItem(letter, new(fields)) }
        : throw new MarbleException($"'{letter}' can't stand for a token: letters are a to z and A to Z.");

    /// <summary>The layout of the tokens of a port for which none was given: one field, or those the letters name.</summary>
    public MessageLayout Layout(string kind, IEnumerable<Marble> marbles)
    {
        var first = marbles.Where(m => char.IsAsciiLetter(m.Text[0])).Select(m => Find(m.Text)).FirstOrDefault();
        return first is null
            ? new(kind, new Field(Letter.Whole, [1]))
            : new(kind, [.. first.Fields.Select(f => new Field(f.Field, [f.Floats.Length]))]);
    }

    /// <summary>The tokens of a timeline.</summary>
    public TokenLane Lane(Timeline timeline, MessageLayout layout) => new(
        timeline.Marbles.Select(m => m.Text == Marble.Absent ? Token.Absent(m.Stamp) : new(m.Stamp, layout, Floats(m.Text, layout))).ToValues(), timeline.Ends);

    /// <summary>The floats a token stands for, in a layout; in one field of it when a field is named.</summary>
    /// <exception cref="MarbleException">The letter is not known, or has not as many floats as the layout.</exception>
    public float[] Floats(string token, MessageLayout layout, int? field = null)
    {
        var length = field is { } only ? layout.Fields[only].Length : layout.Length;
        if (!char.IsAsciiLetter(token[0]))
        {
            var filled = new float[length];
            Array.Fill(filled, float.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture));
            return filled;
        }

        var letter = Find(token);
        if (letter.IsWhole || field is not null)
        {
            var floats = letter.IsWhole ? letter.Fields[0].Floats : letter[layout.Fields[field!.Value].Name] ?? new float[length];
            return floats.Length == length
                ? floats
                : throw new MarbleException($"'{token}' has {floats.Length} floats, but {(field is null ? layout : layout.Fields[field.Value])} has {length}.");
        }

        return letter.In(token, layout);
    }

    /// <summary>The shortest name of floats: a letter, a number, or null.</summary>
    public string? Name(ReadOnlySpan<float> floats, MessageLayout layout, int? field)
    {
        foreach (var (name, letter) in Letters)
        {
            if (letter.Fits(layout, field) && Floats(name.ToString(), layout, field).AsSpan().SequenceEqual(floats))
            {
                return name.ToString();
            }
        }

        var number = floats.Length == 0 || floats.ContainsAnyExcept(floats[0]) ? "" : floats[0].ToString(CultureInfo.InvariantCulture);
        return number.Length > 0 && number.All(c => char.IsAsciiDigit(c) || c is '-' or '.') ? number : null;
    }

    private Letter Find(string token) => Letters.TryGetValue(token[0], out var letter)
        ? letter
        : throw new MarbleException($"Nobody said what '{token}' stands for; say it before: .Let('{token}', 1, 2, 3).");

    private sealed record Letter((string Field, float[] Floats)[] Fields)
    {
        /// <summary>The name of the only field of a letter that stands for a whole block.</summary>
        public const string Whole = "value";

        public bool IsWhole => Fields is [{ Field: Whole }];

        public float[]? this[string field] => Fields.Where(f => f.Field == field).Select(f => f.Floats).FirstOrDefault();

        public bool Fits(MessageLayout layout, int? field) => (IsWhole, field) switch
        {
            (true, null) => Fields[0].Floats.Length == layout.Length,
            (true, { } only) => Fields[0].Floats.Length == layout.Fields[only].Length,
            (false, null) => Fields.All(f => layout.Fields.Any(l => l.Name == f.Field && l.Length == f.Floats.Length)),
            (false, { } only) => this[layout.Fields[only].Name]?.Length == layout.Fields[only].Length,
        };

        /// <summary>The whole block of a letter given by fields; fields it does not name are 0.</summary>
        public float[] In(string token, MessageLayout layout)
        {
            var block = new float[layout.Length];
            foreach (var (name, floats) in Fields)
            {
                var index = layout.Fields.ToList().FindIndex(f => f.Name == name && f.Length == floats.Length);
                if (index < 0)
                {
                    throw new MarbleException($"'{token}' has a field {name}[{floats.Length}], but the layout is {layout}.");
                }

                floats.CopyTo(block, layout.Offset(index));
            }

            return block;
        }
    }
}
