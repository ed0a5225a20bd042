using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Channels;

/// <summary>
/// What a channel measures of itself in one iteration of training: messages said; of those on their way to a listener the shares
/// that arrived, were lost and collided; bits said; and how much the messages differ.
/// </summary>
internal sealed class ChannelMeter(Utterance utterance, Passage passage, int speakers, int copies)
{
    private readonly int symbols = utterance.Speech is Discrete words ? words.Count : utterance.Speech.Width;
    private readonly long[] seen = new long[speakers * (utterance.Speech is Discrete all ? all.Count : utterance.Speech.Width)]; // [speakers, words], or how often a number was in the upper half of its bounds
    private readonly long[] said = new long[speakers];
    private readonly long[] fates = new long[3];  // on their way, lost, collided

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout("said", "delivered", "lost", "collided", "bits", "entropy");

    /// <summary>Counts what is said in the newest round.</summary>
    public void Count(History history)
    {
        for (var speaker = 0; speaker < speakers; speaker++)
        {
            if (history.Now(speaker) is not { } message)
            {
                continue;
            }

            for (var copy = 0; copy < copies; copy++)
            {
                if (message[SpokenMessages.Speaks][copy] > 0)
                {
                    said[speaker]++;
                    Count(message[SpokenMessages.Content], copy, seen.AsSpan(speaker * symbols, symbols));
                }
            }
        }
    }

    /// <summary>Counts what became of a message on its way to one listener.</summary>
    public void Count(Fate fate, bool isLost)
    {
        fates[0]++;
        fates[1] += isLost ? 1 : 0;
        fates[2] += fate == Fate.Collided ? 1 : 0;
    }

    /// <summary>Writes the figures, and begins anew.</summary>
    /// <param name="figures">To fill, in the order of <see cref="Layout"/>.</param>
    /// <param name="steps">Environment steps of the iteration.</param>
    public void Write(Span<float> figures, long steps)
    {
        var all = said.Sum();
        var underWay = Math.Max(1.0, fates[0]);
        double[] values =
        [
            all / (double)steps, (fates[0] - fates[1] - fates[2]) / underWay, fates[1] / underWay, fates[2] / underWay, all * passage.Bits(utterance) / steps, Entropy(),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            figures[i] = (float)values[i];
        }

        Array.Clear(seen);
        Array.Clear(said);
        Array.Clear(fates);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<long>("meter.seen", seen);
        snapshot.Put<long>("meter.said", said);
        snapshot.Put<long>("meter.fates", fates);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<long>("meter.seen", seen);
        snapshot.GetInto<long>("meter.said", said);
        snapshot.GetInto<long>("meter.fates", fates);
    }

    private void Count(ReadOnlySpan<float> content, int copy, Span<long> counts)
    {
        if (utterance.Speech is not Box box)
        {
            counts[(int)content[copy]]++;
            return;
        }

        var middle = (box.Low + box.High) / 2;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += content[(copy * counts.Length) + i] > middle ? 1 : 0;
        }
    }

    /// <summary>Bits of a message, the mean over those who speak: of its words; of numbers, of the halves of their bounds they lie in.</summary>
    private double Entropy()
    {
        var (sum, speaking) = (0.0, 0);
        for (var speaker = 0; speaker < speakers; speaker++)
        {
            double times = said[speaker];
            speaking += times > 0 ? 1 : 0;
            for (var i = speaker * symbols; i < (speaker + 1) * symbols && times > 0; i++)
            {
                sum += Part(seen[i] / times) + (utterance.Speech is Box ? Part(1 - (seen[i] / times)) : 0);
            }
        }

        return sum / Math.Max(1, speaking);
    }

    private static double Part(double p) => p > 0 ? -p * Math.Log2(p) : 0;
}
