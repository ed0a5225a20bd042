using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;

namespace Marl.Actors.Core.Tests.Traces;

/// <summary>Small traces made by hand.</summary>
internal static class TraceExamples
{
    public static Trace Of(float reward = 0.5f, float action = 2, string profile = "linux x64 avx2 net10", int last = 3) => new()
    {
        Pipeline = "pair",
        Seed = 3,
        Steps = 8,
        IsFull = false,
        Profile = profile,
        Edges =
        [
            new("a.out → b.in", [Link("a → b/x", reward, action, last), Link("a → b/y, z", 0.25f, 1, 3)], TraceDigest.Of([reward, action])),
            new("b.out → a.in", [new("b → a", 0, false, [])], TraceDigest.Of([1])),
        ],
        Policies = [new("team", 2, TraceField.Of("parameters", "3", [1e-12f, float.NaN, -7.25f]), TraceDigest.Of([reward]))],
    };

    private static TraceLink Link(string name, float reward, float action, int last) => new(name, last, true, new[]
    {
        new TraceMessage(1, new(0), "steps", [TraceField.Of("reward", "2×1", [reward, -1234.567f]), TraceField.Of("action", "2", [action, 0])]),
        new TraceMessage(2, new(0, 1, -1), "absent", []),
        new TraceMessage(3, new(1), "steps", [TraceField.Of("reward", "2×1", [1e30f, float.NegativeInfinity])]),
    }.Take(last).ToValues());
}
