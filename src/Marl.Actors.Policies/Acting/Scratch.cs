namespace Marl.Actors.Policies.Acting;

/// <summary>
/// What a thread computes on between the layers of a network: near at hand whoever acted last, where a thousand agents with
/// scratch of their own would each find theirs gone from the caches.
/// </summary>
internal static class Scratch
{
    [ThreadStatic]
    private static float[]? floats;

    /// <summary>Floats of any value, until the thread asks again.</summary>
    public static Span<float> Take(int length)
    {
        if (floats is null || floats.Length < length)
        {
            floats = GC.AllocateUninitializedArray<float>(length);
        }

        return floats.AsSpan(0, length);
    }
}
