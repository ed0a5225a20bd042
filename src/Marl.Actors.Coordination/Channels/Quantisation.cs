using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Coordination.Channels;

/// <summary>What a channel makes of numbers before chance has its say.</summary>
public static class Quantisation
{
    /// <summary>A message as it goes on the wire: the numbers that pass, rounded; 0 for the others.</summary>
    /// <param name="message">[width], overwritten.</param>
    /// <param name="box">Its bounds.</param>
    /// <param name="numbers">How many pass.</param>
    /// <param name="levels">L; 0 for no rounding.</param>
    public static void Carry(Span<float> message, Box box, int numbers, int levels)
    {
        foreach (ref var x in message[..numbers])
        {
            x = Round(x, box, levels);
        }

        message[numbers..].Clear();
    }

    /// <summary>
    /// Numbers rounded to equally spaced values over their bounds, the bounds among them:
    /// low + (high − low) · round((x − low) / (high − low) · (L − 1)) / (L − 1); x itself for 0 levels.
    /// </summary>
    internal static float Round(float x, Box box, int levels)
    {
        if (levels == 0)
        {
            return x;
        }

        var step = (box.High - box.Low) / (levels - 1);
        return box.Low + (step * MathF.Round((x - box.Low) / step));
    }
}
