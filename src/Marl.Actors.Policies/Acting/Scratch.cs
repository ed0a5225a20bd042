namespace Marl.Actors.Policies.Acting;

/// <summary>
/// What a thread computes on while an agent acts: near at hand whoever acted last, where a thousand agents with scratch of their
/// own would each find theirs gone from the caches. All hold any values, until the thread asks for the same again.
/// </summary>
internal static class Scratch
{
    [ThreadStatic]
    private static float[]? layers;

    [ThreadStatic]
    private static float[]? answers;

    [ThreadStatic]
    private static double[]? weights;

    /// <summary>For what is between the layers of a network.</summary>
    public static Span<float> Layers(int length) => Take(ref layers, length);

    /// <summary>For what a network says, and what is made of it.</summary>
    public static Span<float> Answers(int length) => Take(ref answers, length);

    /// <summary>For weights of choices.</summary>
    public static Span<double> Weights(int length) => Take(ref weights, length);

    private static Span<T> Take<T>(ref T[]? array, int length)
    {
        if (array is null || array.Length < length)
        {
            array = GC.AllocateUninitializedArray<T>(length);
        }

        return array.AsSpan(0, length);
    }
}
