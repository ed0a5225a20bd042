using Marl.Actors.Core.Options;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Ranges as text: <c>0.0..1.0</c>, both ends included.</summary>
internal static class RangeText
{
    /// <summary>The ends; false when the text is no range, or the first end lies above the last.</summary>
    public static bool TryRead(string text, out double low, out double high)
    {
        (low, high) = (0, 0);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0
            && OptionText.TryNumber(text[..dots].Trim(), out low)
            && OptionText.TryNumber(text[(dots + 2)..].Trim(), out high)
            && low <= high;
    }
}
