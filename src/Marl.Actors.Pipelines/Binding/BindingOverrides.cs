using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>What the command line (or a program) says in place of the file. Problems are reported at "command line".</summary>
public sealed record BindingOverrides
{
    /// <summary>Nothing is overridden.</summary>
    public static BindingOverrides None { get; } = new();

    /// <summary>Where diagnostics about overrides point.</summary>
    public static SourceSpan Where { get; } = SourceSpan.Whole("command line");

    /// <summary>Values of declared parameters, as text: <c>--set name=value</c>. The last of one name counts.</summary>
    public Values<(string Name, string Value)> Parameters { get; init; } = [];

    /// <summary>Root seed; goes before a parameter named <c>seed</c>.</summary>
    public long? Seed { get; init; }

    /// <summary>Environment steps after which the experiment ends, in place of <c>stop: { steps: … }</c>.</summary>
    public long? StopSteps { get; init; }

    /// <summary>Episodes of each evaluation, in place of <c>evaluate: { episodes: … }</c>.</summary>
    public int? EvaluationEpisodes { get; init; }

    /// <summary>Environment steps between evaluations, in place of <c>evaluate: { every: … }</c>.</summary>
    public long? EvaluationEvery { get; init; }

    /// <summary>Environment steps between checkpoints, in place of <c>checkpoint: { every: … }</c>.</summary>
    public long? CheckpointEvery { get; init; }
}
