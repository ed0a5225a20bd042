using Marl.Actors.Core.Results;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>Options that a population may order while learning goes on: numbers on which nothing is built.</summary>
internal static class PpoSettings
{
    /// <summary>By name, as in pipeline files.</summary>
    public static IReadOnlyDictionary<string, Func<PpoOptions, double, PpoOptions>> All { get; } = new SortedDictionary<string, Func<PpoOptions, double, PpoOptions>>(StringComparer.Ordinal)
    {
        ["learningRate"] = (o, value) => o with { LearningRate = value },
        ["gamma"] = (o, value) => o with { Gamma = value },
        ["lambda"] = (o, value) => o with { Lambda = value },
        ["clip"] = (o, value) => o with { Clip = value },
        ["entropy"] = (o, value) => o with { Entropy = value },
        ["valueWeight"] = (o, value) => o with { ValueWeight = value },
        ["maxGradientNorm"] = (o, value) => o with { MaxGradientNorm = value },
    };

    /// <summary>Whether all of these are among them.</summary>
    public static bool AreKnown(object names) => names is Values<string> list && list.All(All.ContainsKey);

    /// <summary>For a diagnostic.</summary>
    public static string Expectation => $"settings among {string.Join(", ", All.Keys)}";
}
