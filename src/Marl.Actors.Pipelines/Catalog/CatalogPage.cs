using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>Everything there is to say about one entry of the catalog.</summary>
/// <param name="Id">What pipeline files write: <c>algorithm/mappo</c>, <c>lag</c>, <c>by-step</c>.</param>
/// <param name="Kind">The word before the slash, <c>operator</c>, or <c>merge</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Source">Paper or reference implementation; empty where there is none.</param>
public sealed record CatalogPage(string Id, string Kind, string Summary, string Source)
{
    /// <summary>Who must or may feed it.</summary>
    public Values<PortHelp> Inputs { get; init; } = [];

    /// <summary>What others may read.</summary>
    public Values<PortHelp> Outputs { get; init; } = [];

    /// <summary>What stands under <c>with:</c>, or in an operator's parentheses.</summary>
    public Values<OptionHelp> Options { get; init; } = [];

    /// <summary>What else a pipeline may or must say about it, a sentence each.</summary>
    public Values<string> Notes { get; init; } = [];

    /// <summary>A smallest pipeline with it, which compiles; null where the catalog holds nothing that goes with it.</summary>
    public string? Example { get; init; }
}

/// <summary>A port.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of message.</param>
/// <param name="Required">An open input is an error. Outputs are never required.</param>
/// <param name="Help">One sentence.</param>
public sealed record PortHelp(string Name, string Kind, bool Required, string Help);

/// <summary>An option.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it may be: <c>a number in 0..1</c>.</param>
/// <param name="Default">What it is unless given, as files write it; null where it must be given.</param>
/// <param name="Help">One sentence.</param>
public sealed record OptionHelp(string Name, string Values, string? Default, string Help);
