using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Model;

/// <summary>The keys of pipeline and bars files, in canonical order. Reader and formatter both go by these.</summary>
public static class PipelineKeys
{
    /// <summary>Keys of the top level.</summary>
    public static Values<string> TopLevel { get; } = ["pipeline", "summary", "determinate", "durable", "parameters", "stages", "stop", "evaluate", "checkpoint", "place"];

    /// <summary>Keys of a stage.</summary>
    public static Values<string> Stage { get; } = ["uses", "each", "copies", "shards", "with", "in"];

    /// <summary>Keys of a parameter.</summary>
    public static Values<string> Parameter { get; } = ["type", "default", "range"];

    /// <summary>Keys of the top level of a bars file.</summary>
    public static Values<string> Bars { get; } = ["bars"];

    /// <summary>Keys of a bar.</summary>
    public static Values<string> Bar { get; } =
        ["pipeline", "set", "seeds", "steps", "at", "measure", "statistic", "atLeast", "atMost", "random", "optimum", "source", "tier"];
}
