using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Runtime.Profiles;

/// <summary>How often each symbol went over a link that carries some: discrete actions, words, or messages of bits.</summary>
/// <param name="field">The field that holds them.</param>
/// <param name="speaks">The field that says in which copies there is one; −1 where there is one in all.</param>
/// <param name="bits">Bits of a message; 0 where a symbol is one of several.</param>
/// <param name="size">Symbols, or bits.</param>
internal sealed class SymbolCount(int field, int speaks, int bits, int size)
{
    private readonly long[] seen = new long[size]; // by symbol; or how often a bit was set
    private long all;

    /// <summary>The count for a port; null where it carries no symbols.</summary>
    public static SymbolCount? Of(PortType type) => type.Kind switch
    {
        ActionMessages.Kind when type.Get<Space>("action") is Discrete actions => new(ActionMessages.Action, -1, 0, actions.Count),
        SpokenMessages.Kind when type.Get<Utterance>("utterance") is var said => said.Speech is Discrete words
            ? new(SpokenMessages.Content, SpokenMessages.Speaks, 0, words.Count)
            : said.BitsOfNumber == 1 ? new(SpokenMessages.Content, SpokenMessages.Speaks, said.Speech.Width, said.Speech.Width) : null,
        _ => null,
    };

    /// <summary>Counts the symbols of a token.</summary>
    public void Add(Message message)
    {
        var content = message[field];
        var isSaid = speaks < 0 ? [] : message[speaks];
        var width = Math.Max(1, bits);
        for (var copy = 0; copy < content.Length / width; copy++)
        {
            if (isSaid.Length > 0 && isSaid[copy] == 0)
            {
                continue;
            }

            all++;
            for (var i = 0; i < bits; i++)
            {
                seen[i] += content[(copy * bits) + i] > 0.5f ? 1 : 0;
            }

            if (bits == 0)
            {
                seen[(int)content[copy]]++;
            }
        }
    }

    /// <summary>
    /// −Σ p log₂ p over the symbols, in bits a symbol, as the counts say; of a message of bits the sum over them, as if each were said by
    /// itself. Not a number before the first.
    /// </summary>
    public double Entropy => all == 0 ? double.NaN : seen.Sum(n => Part(n / (double)all) + (bits > 0 ? Part(1 - (n / (double)all)) : 0));

    private static double Part(double p) => p > 0 ? -p * Math.Log2(p) : 0;
}
