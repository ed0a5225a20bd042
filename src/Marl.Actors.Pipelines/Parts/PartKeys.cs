using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>The keys of part files, in canonical order. Reader and formatter both go by these.</summary>
public static class PartKeys
{
    /// <summary>Keys of the top level.</summary>
    public static Values<string> TopLevel { get; } = ["part", "summary", "parameters", "in", "out", "stages"];

    /// <summary>Keys of an input.</summary>
    public static Values<string> Input { get; } = ["kind", "required"];
}
