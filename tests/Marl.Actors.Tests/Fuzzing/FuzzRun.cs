using System.Globalization;
using System.Text;

namespace Marl.Actors.Tests.Fuzzing;

/// <summary>A run over many cases, and what it came to.</summary>
internal sealed class FuzzRun(long seed)
{
    private const int Batch = 10_000;
    private const long MostMemory = 200_000_000; // a thousand agents, as many as a world may have, take up to 172 kB each, nearly all of it garbage

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly StringBuilder failures = new();
    private readonly HashSet<string> kinds = [];
    private TimeSpan slowest;
    private int slowestCase;
    private int greediestCase;
    private long allocated;
    private long mostAllocated;
    private long mostAllocatedInBatch;
    private long mostLive;
    private int running = -1;

    /// <summary>Cases that were accepted, formatted, and all.</summary>
    public (int Accepted, int Formatted, int All) Count { get; private set; }

    /// <summary>What is wrong: one smallest case of each kind; empty when nothing is.</summary>
    public string Failures => failures.ToString();

    /// <summary>The codes that cases were refused with.</summary>
    public IReadOnlyCollection<string> Codes => codes.Keys;

    /// <summary>Runs cases of the seed; a case that does not end is a failure too.</summary>
    public FuzzRun Over(int first, int count, Action<byte[], FuzzOutcome>? visit = null)
    {
        var thread = new Thread(() => Run(first, count, visit)) { IsBackground = true };
        thread.Start();
        for (var last = -1; !thread.Join(TimeSpan.FromSeconds(60)); last = running)
        {
            if (running == last)
            {
                failures.AppendLine(CultureInfo.InvariantCulture, $"seed {seed} case {running} does not end: {Smallest.Quote(FuzzCorpus.Committed.Case(seed, running))}");
                return this;
            }
        }

        return this;
    }

    /// <summary>Figures in a few lines.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Count.All:N0} cases of seed {seed}: {Count.Accepted:N0} accepted, {Count.Formatted:N0} formatted, {codes.Count} codes
        slowest {slowest.TotalMilliseconds:0} ms (case {slowestCase}); allocated {allocated / (double)Count.All / 1e3:0} kB a case, at most {mostAllocated / 1e6:0.0} MB for one (case {greediestCase}) and {mostAllocatedInBatch / 1e6:0} MB for {Batch:N0}
        live after a collection, every {Batch:N0} cases: at most {mostLive / 1e6:0.0} MB
        {string.Join(' ', codes.Select(c => $"{c.Key}:{c.Value}"))}
        """);

    private void Run(int first, int count, Action<byte[], FuzzOutcome>? visit)
    {
        var batch = 0L;
        for (running = first; running < first + count; running++)
        {
            var bytes = FuzzCorpus.Committed.Case(seed, running);
            var outcome = FuzzRules.Check(bytes);
            var took = outcome.Took > Slow ? Enumerable.Range(0, 3).Min(_ => Time(bytes)) : outcome.Took; // the machine may have been busy
            if (took > slowest)
            {
                (slowest, slowestCase) = (took, running);
            }

            if (outcome.Allocated > mostAllocated)
            {
                (mostAllocated, greediestCase) = (outcome.Allocated, running);
            }

            (allocated, batch) = (allocated + outcome.Allocated, batch + outcome.Allocated);
            var complaint = outcome.Complaint ?? (took > Slow ? $"takes {took.TotalSeconds:0.0} s" : outcome.Allocated > MostMemory ? $"takes {outcome.Allocated / 1e6:0} MB" : null);
            Note(bytes, outcome, complaint);
            visit?.Invoke(bytes, outcome);
            if (Count.All % Batch == 0)
            {
                (mostAllocatedInBatch, batch) = (Math.Max(mostAllocatedInBatch, batch), 0);
                mostLive = Math.Max(mostLive, GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }

    private void Note(byte[] bytes, FuzzOutcome outcome, string? complaint)
    {
        Count = (Count.Accepted + (outcome.Graph is null ? 0 : 1), Count.Formatted + (outcome.IsFormatted ? 1 : 0), Count.All + 1);
        foreach (var code in outcome.Codes.Distinct())
        {
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        if (complaint is not null && kinds.Count < 20 && kinds.Add(Smallest.Kind(complaint)))
        {
            var least = outcome.Complaint is null ? bytes : Smallest.Of(bytes, complaint);
            failures.AppendLine(CultureInfo.InvariantCulture, $"seed {seed} case {running}: {FuzzRules.Check(least).Complaint ?? complaint}");
            failures.AppendLine(CultureInfo.InvariantCulture, $"  smallest such file: {Smallest.Quote(least)}");
        }
    }

    private static TimeSpan Time(byte[] bytes) => FuzzRules.Check(bytes).Took;
}
