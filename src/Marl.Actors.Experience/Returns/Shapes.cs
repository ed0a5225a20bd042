namespace Marl.Actors.Experience.Returns;

/// <summary>Checks of time-major matrices.</summary>
internal static class Shapes
{
    /// <summary>All lengths must be equal and a multiple of the number of columns.</summary>
    /// <exception cref="ArgumentException">They are not: a bug in the caller.</exception>
    public static void ThrowUnlessTimeMajor(int columns, params ReadOnlySpan<int> lengths)
    {
        if (columns < 1 || lengths[0] == 0 || lengths[0] % columns != 0 || lengths.ContainsAnyExcept(lengths[0]))
        {
            throw new ArgumentException($"Matrices [T, {columns}] cannot have lengths {string.Join(", ", lengths.ToArray())}.");
        }
    }
}
