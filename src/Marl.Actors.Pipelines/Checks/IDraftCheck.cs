using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>One thing that must hold of a pipeline whose names are resolved. Reports every place where it does not.</summary>
internal interface IDraftCheck
{
    void Run(PipelineDraft draft, Findings findings);
}

/// <summary>All checks, in order. A new one is a file and a line here.</summary>
internal static class DraftChecks
{
    public static IReadOnlyList<IDraftCheck> All { get; } =
    [
        new ClockCheck(),
        new KindCheck(),
        new ShardCheck(),
        new PeerCheck(),
        new MergeCheck(),
        new PerInstanceCheck(),
        new AbsenceCheck(),
        new UnreadStageCheck(),
        new SilentLoopCheck(),
        new DeterminacyCheck(),
    ];
}
