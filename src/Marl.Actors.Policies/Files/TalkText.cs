using System.Globalization;
using Marl.Actors.Core.Options;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>A talk in the metadata of a file: <c>words,8,0,1,false,false,2</c>, the fields of <see cref="TalkSpec"/> in their order.</summary>
internal static class TalkText
{
    private const int Widest = 1 << 20;
    private const int MostRounds = 64;

    public static string Write(TalkSpec talk) => string.Create(
        CultureInfo.InvariantCulture,
        $"{OptionText.Kebab(talk.Speech.ToString())},{talk.Width},{talk.Key},{talk.Rounds},{Word(talk.HasGate)},{Word(talk.IsAddressed)},{talk.Speakers}");

    /// <summary>False when there is a text, and it is no talk.</summary>
    public static bool TryRead(string? text, out TalkSpec? talk)
    {
        talk = null;
        if (text is null)
        {
            return true;
        }

        if (text.Split(',') is not [var speech, var width, var key, var rounds, var gate, var address, var speakers]
            || !OptionText.TryEnum(speech, out Speech kind)
            || Count(width) is not (> 0 and var numbers)
            || Count(key) is not { } keys
            || Count(rounds) is not (> 0 and <= MostRounds and var times)
            || !bool.TryParse(gate, out var hasGate)
            || !bool.TryParse(address, out var isAddressed)
            || Count(speakers) is not (> 0 and var others)
            || keys > 0 != (kind == Speech.Attention))
        {
            return false;
        }

        talk = new(kind, numbers, keys, times, hasGate, isAddressed, others);
        return true;
    }

    /// <summary>Parameters of the maps that a talk adds to a network, at least.</summary>
    public static long Parameters(TalkSpec talk, long hidden)
    {
        var context = talk.Speech is Speech.Words or Speech.Bits ? (long)talk.Speakers * talk.Width : talk.Width;
        var outputs = talk.Outputs + talk.Key + (talk.HasGate ? 2L : 0) + (talk.IsAddressed ? talk.Speakers : 0);
        return talk.Rounds * (((hidden + 1) * outputs) + ((hidden + context + 1) * hidden));
    }

    private static string Word(bool value) => value ? "true" : "false";

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Widest ? count : null;
}
