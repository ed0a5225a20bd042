using System.Text.Json;

namespace Marl.Actors.Learning.Tests;

/// <summary>Reference data recorded from other libraries; each file says its source.</summary>
internal static class Golden
{
    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;

    public static float[] Floats(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Floats)]
        : [element.ValueKind == JsonValueKind.True ? 1 : (float)element.GetDouble()];

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance, $"At {i}: expected {expected[i]}, got {actual[i]}.");
        }
    }
}
