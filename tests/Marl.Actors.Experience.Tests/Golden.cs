using System.Text.Json;

namespace Marl.Actors.Experience.Tests;

/// <summary>Reference data, see tests/golden.</summary>
internal static class Golden
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "rl", name))).RootElement;

    /// <summary>All numbers of nested arrays, in order.</summary>
    public static float[] Floats(this JsonElement element) => [.. Numbers(element)];

    /// <summary>The transpose of a matrix given as rows: time-major from batch-major.</summary>
    public static float[] TimeMajor(this JsonElement rows)
    {
        var columns = rows.EnumerateArray().Select(Floats).ToArray();
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(t => columns.Select(c => c[t]))];
    }

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance = 1e-5f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    private static IEnumerable<float> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [(float)element.GetDouble()];
}
