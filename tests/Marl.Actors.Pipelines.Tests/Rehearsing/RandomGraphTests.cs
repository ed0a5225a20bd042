using CsCheck;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rehearsing;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Rehearsing;

/// <summary>Consistent graphs drawn at random: what the rehearsal says of them, a plain run confirms.</summary>
public sealed class RandomGraphTests
{
    private const int Iterations = 3;
    private const int UntilFull = 60; // iterations after which no room is left between the clock and a stage that stands still

    private const string Seed = "0000KOIXJh10"; // a test draws the same every time

    private static readonly int Samples = int.TryParse(Environment.GetEnvironmentVariable("MARL_SAMPLES"), out var asked) ? asked : 400;

    private static readonly Gen<int> Repetitions = Gen.Int[1, 6];

    /// <summary>Cycles an iteration of each actor; then edges by their ends, a factor, and initial tokens in parts of an iteration's.</summary>
    private static readonly Gen<(int[] Cycles, (int From, int To, int Factor, int Initial)[] Edges, int Seed)> Drawn = Gen.Select(
        Repetitions.Array[2, 5],
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 2], Gen.Int[0, 12]).Array[1, 6],
        Gen.Int[1, 1_000_000]);

    [Fact]
    public void With_the_least_capacities_no_order_of_firings_stands_still_and_with_one_less_every_order_does() => Drawn.Sample(
        drawn =>
        {
            var graph = Make(drawn);
            var rehearsed = Rehearsal.Of(graph, SourceSpan.None, out var found);
            if (found.Count > 0)
            {
                Assert.All(found, d => Assert.Equal(CheckCodes.Standstill, d.Code));
                return;
            }

            int?[] least = [.. rehearsed.Edges.Select(e => e.LeastCapacity)];
            Assert.DoesNotContain(null, least);
            var random = new Random(drawn.Seed);
            for (var order = 0; order < 3; order++)
            {
                Assert.True(NaiveRun.GoesOn(graph, least, Iterations, random), Show(graph, least));
            }

            foreach (var edge in Enumerable.Range(0, least.Length).Where(e => least[e] > Initial(graph.Edges[e])))
            {
                int?[] less = [.. least];
                less[edge]--;
                Assert.False(NaiveRun.GoesOn(graph, less, UntilFull, random), $"{Show(graph, least)}, of which edge {edge} needs less");
            }
        },
        iter: Samples,
        seed: Samples > 400 ? null : Seed);

    [Fact]
    public void A_standstill_is_one_with_any_capacities_and_nothing_else_is() => Drawn.Sample(
        drawn =>
        {
            var graph = Make(drawn);
            Rehearsal.Of(graph, SourceSpan.None, out var found);
            int?[] wide = [.. graph.Edges.Select(_ => (int?)1_000_000)];
            var goesOn = NaiveRun.GoesOn(graph, wide, Iterations, new Random(drawn.Seed));
            Assert.True(goesOn || found.Count > 0, "The plain run stands still, the rehearsal does not.");
            Assert.True(!goesOn || found.All(d => !d.Sentence.Contains(graph.Nodes[0].Id + " →", StringComparison.Ordinal)), "The clock's loop is said to stand still, and does not.");
        },
        iter: Samples,
        seed: Samples > 400 ? null : Seed);

    private static int Initial(Edge edge) => edge.Operators.Sum(o => o.Component.Passes(o.Options).Start);

    private static string Show(Graph graph, int?[] least) => string.Join(
        ", ", graph.Edges.Zip(least, (e, room) => $"{e.From} {e.To} {Initial(e)}: {room}"));

    /// <summary>
    /// Cycles are cut: into two different phases, into as many equal firings as they can be, or into as many that take first and
    /// send then. So graphs are cyclo-static, and some have stretches long enough to be gone through at a stroke.
    /// </summary>
    private static Graph Make((int[] Cycles, (int From, int To, int Factor, int Initial)[] Edges, int Seed) drawn)
    {
        var (cycles, edges, seed) = drawn;
        var scale = seed % 3 == 0 ? 12 : 1;
        var arcs = new List<Arc>();
        for (var actor = 1; actor < cycles.Length; actor++)
        {
            arcs.Add(Between(actor - 1, actor, 1, 0)); // all hang together
        }

        foreach (var (from, to, factor, initial) in edges)
        {
            arcs.Add(Between(from % cycles.Length, to % cycles.Length, factor, initial));
        }

        var random = new Random(seed);
        return Sdf.Of([.. arcs], (_, takes, sends) =>
        {
            var equal = takes.Concat(sends.Select(s => s!.Value)).Aggregate(0L, Gcd);
            return random.Next(4) switch
            {
                0 => [new(1, takes, sends)],
                1 => [new(1, Part(takes, t => t - (t / 2)), Part(sends, s => s / 2)), new(1, Part(takes, t => t / 2), Part(sends, s => s - (s / 2)))],
                2 => [new(equal, Part(takes, t => t / equal), Part(sends, _ => 0L), 1), new(equal, Part(takes, _ => 0L), Part(sends, s => s / equal), 1)],
                _ => [new(equal, Part(takes, t => t / equal), Part(sends, s => s / equal))],
            };
        });

        Arc Between(int from, int to, int factor, int initial)
        {
            var lcm = (int)Fraction.Lcm(cycles[from], cycles[to]);
            var scaled = factor * lcm * scale;
            return new($"n{from}", scaled / cycles[from], $"n{to}", scaled / cycles[to], initial * scaled / 6);
        }

        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

        static Values<T> Part<T>(Values<T> counts, Func<T, T> part) => counts.Select(part).ToValues();
    }
}
