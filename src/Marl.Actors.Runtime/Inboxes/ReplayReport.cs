using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>What a replayed stage sent on one output port.</summary>
/// <param name="Name">The port.</param>
/// <param name="Count">Tokens sent; one for several readers counts once for each it was sent to.</param>
/// <param name="Digest">Exact, over readers, stamps, layouts and numbers, in order.</param>
public sealed record ReplayedPort(string Name, long Count, string Digest);

/// <summary>Where a replay first differs from its recording.</summary>
/// <param name="Firing">Number of the firing, from 1; 0 is what the stage sends before the first.</param>
/// <param name="Stamp">Logical time of the firing's first token.</param>
/// <param name="Port">Output port; "" when it isn't about one.</param>
/// <param name="What">What differs, as a clause.</param>
public sealed record ReplayDifference(long Firing, Stamp? Stamp, string Port, string What)
{
    /// <summary><c>firing 17 at 16.0, port 'weights' to team/agent-0: …</c></summary>
    public override string ToString() =>
        $"{(Firing == 0 ? "its start" : FormattableString.Invariant($"firing {Firing}"))}{(Stamp is { } at ? $" at {at}" : "")}{(Port.Length > 0 ? $", port '{Port}'" : "")}: {What}";
}

/// <summary>What came of feeding a stage its recorded inbox.</summary>
public sealed record ReplayReport
{
    /// <summary>The recording.</summary>
    public required string Path { get; init; }

    /// <summary>What it says about itself.</summary>
    public required InboxHeader Header { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>Root of all random keys of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>What the stage uses: <c>algorithm/mappo</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Firings replayed.</summary>
    public required long Firings { get; init; }

    /// <summary>Tokens the stage took.</summary>
    public required long Taken { get; init; }

    /// <summary>What it sent, by port.</summary>
    public required Values<ReplayedPort> Ports { get; init; }

    /// <summary>Seconds the stage took, without making it and without reading the file.</summary>
    public required double Seconds { get; init; }

    /// <summary>Firings that did something else than in the run.</summary>
    public required long Differing { get; init; }

    /// <summary>Where it first did something else; null when all was the same, to the bit.</summary>
    public ReplayDifference? Difference { get; init; }

    /// <summary>The recording ends within its last firing: there the run failed, or was torn down.</summary>
    public bool EndsWithin { get; init; }

    /// <summary>What the stage failed with in that firing; null when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Somebody stopped the replay before its end.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What flowed along the edges that leave the stage; null when nobody asked.</summary>
    public Trace? Trace { get; init; }

    /// <summary>Every firing did what it did in the run.</summary>
    public bool IsIdentical => Difference is null;

    /// <summary>The recording was made where the last bits of floats may be others.</summary>
    public bool IsOfOtherProfile => Header.Profile != NumericProfile.Current;

    /// <summary>The difference as an error, another numeric profile as a warning.</summary>
    public Values<Diagnostic> Findings
    {
        get
        {
            Values<Diagnostic> found = IsOfOtherProfile
                ? [new(InboxCodes.OtherProfile, SourceSpan.Whole(Path), $"It was recorded on '{Header.Profile}' and this is '{NumericProfile.Current}'.", "The last bits of floats may differ.", Severity.Warning)]
                : [];
            return Difference is null ? found : [.. found, new(
                InboxCodes.Differs,
                SourceSpan.Whole(Path),
                $"'{Header.Cell}' did not do what it did in the run: {Difference}.",
                IsOfOtherProfile ? "Replay it where it was recorded." : "Unless its code has changed since, it depends on more than its inbox: look for static state, a clock, a global generator.")];
        }
    }
}
