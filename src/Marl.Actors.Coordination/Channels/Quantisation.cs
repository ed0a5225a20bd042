using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Coordination.Channels;

/// <summary>Numbers rounded to equally spaced values over their bounds, the bounds among them.</summary>
internal static class Quantisation
{
    /// <summary>low + (high − low) · round((x − low) / (high − low) · (L − 1)) / (L − 1); x itself for 0 levels.</summary>
    public static float Round(float x, Box box, int levels)
    {
        if (levels == 0)
        {
            return x;
        }

        var step = (box.High - box.Low) / (levels - 1);
        return box.Low + (step * MathF.Round((x - box.Low) / step));
    }
}
