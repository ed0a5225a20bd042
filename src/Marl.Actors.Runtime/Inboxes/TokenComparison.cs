using System.Globalization;
using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>Compares what a stage sent in the run with what it sent in the replay, bit by bit.</summary>
internal static class TokenComparison
{
    /// <summary>The first difference on any port, in the order of ports; null when there is none. In which order ports were served is of no importance: no reader sees it.</summary>
    public static (int Port, int Peer, string What)? First(IEnumerable<SentToken> recorded, IEnumerable<SentToken> replayed)
    {
        var (then, now) = (recorded.ToLookup(s => (s.Port, s.Peer), s => s.Message), replayed.ToLookup(s => (s.Port, s.Peer), s => s.Message));
        foreach (var (port, peer) in then.Select(g => g.Key).Union(now.Select(g => g.Key)).Order())
        {
            if (Difference([.. then[(port, peer)]], [.. now[(port, peer)]]) is { } what)
            {
                return (port, peer, what);
            }
        }

        return null;
    }

    private static string? Difference(Message[] recorded, Message[] replayed)
    {
        foreach (var (then, now) in recorded.Zip(replayed))
        {
            if (Difference(then, now) is { } what)
            {
                return what;
            }
        }

        return recorded.Length == replayed.Length ? null : Invariant($"{Count(recorded)} recorded, {Count(replayed)} replayed");
    }

    private static string Count(Message[] messages) => messages.Length == 1 ? $"a {messages[0].Layout.Kind} message" : $"{(messages.Length == 0 ? "no" : Invariant($"{messages.Length}"))} messages";

    /// <summary>What is different about two messages; null when nothing is.</summary>
    /// <param name="then">One of them.</param>
    /// <param name="now">The other.</param>
    /// <param name="thenIs">What is said of the one, as in <c>recorded</c>.</param>
    /// <param name="nowIs">What is said of the other.</param>
    public static string? Difference(Message then, Message now, string thenIs = "recorded", string nowIs = "replayed") =>
        then.Stamp != now.Stamp ? $"stamp {then.Stamp} {thenIs}, {now.Stamp} {nowIs}"
        : then.Layout != now.Layout ? $"{then.Layout} {thenIs}, {now.Layout} {nowIs}"
        : MemoryMarshal.AsBytes(then.Block).SequenceEqual(MemoryMarshal.AsBytes(now.Block)) ? null
        : Numbers(then, now, thenIs, nowIs);

    private static string Numbers(Message then, Message now, string thenIs, string nowIs)
    {
        var (differing, largest, at) = (0, -1.0, 0);
        for (var i = 0; i < then.Block.Length; i++)
        {
            var (a, b) = (then.Block[i], now.Block[i]);
            if (BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b))
            {
                continue;
            }

            differing++;
            var size = float.IsFinite(a) && float.IsFinite(b) ? Math.Abs((double)a - b) : double.PositiveInfinity;
            if (size > largest)
            {
                (largest, at) = (size, i);
            }
        }

        return Invariant($"{differing} of {then.Block.Length} numbers differ, most of all {Place(then.Layout, at)} with {then.Block[at]} {thenIs} and {now.Block[at]} {nowIs}");
    }

    /// <summary><c>observation[3,17]</c></summary>
    private static string Place(MessageLayout layout, int index)
    {
        var field = Enumerable.Range(0, layout.Fields.Count).Last(f => layout.Fields[f].Length > 0 && layout.Offset(f) <= index);
        var left = index - layout.Offset(field);
        var places = new int[layout.Fields[field].Shape.Count];
        for (var i = places.Length - 1; i >= 0; i--)
        {
            (left, places[i]) = Math.DivRem(left, layout.Fields[field].Shape[i]);
        }

        return $"{layout.Fields[field].Name}[{string.Join(',', places)}]";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
