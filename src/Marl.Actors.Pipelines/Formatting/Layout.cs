using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>How the value of a piece is laid out: which keys come first, what stands on lines of its own, where empty lines are.</summary>
/// <param name="Order">Keys that come first, in this order; the others follow as they stand.</param>
/// <param name="IsCompact">On one line if it fits.</param>
/// <param name="IsSpaced">An empty line between entries.</param>
/// <param name="HoldsEdges">Its scalars are edges.</param>
internal sealed record Layout(Values<string> Order, bool IsCompact = false, bool IsSpaced = false, bool HoldsEdges = false)
{
    /// <summary>The top level of a file of any kind; the order of its keys is that of its kind.</summary>
    public static readonly Layout Root = new([]);

    private static readonly Layout Parameters = new([]);
    private static readonly Layout Parameter = new(PipelineKeys.Parameter, IsCompact: true);
    private static readonly Layout Stages = new([], IsSpaced: true);
    private static readonly Layout Stage = new(PipelineKeys.Stage);
    private static readonly Layout Inputs = new([], HoldsEdges: true);
    private static readonly Layout Sources = new([], HoldsEdges: true);
    private static readonly Layout Bars = new([], IsSpaced: true);
    private static readonly Layout Bar = new(PipelineKeys.Bar);
    private static readonly Layout Ports = new([]);
    private static readonly Layout Port = new(PartKeys.Input, IsCompact: true);
    private static readonly Layout Grid = new([]);
    private static readonly Layout Sample = new(SweepKeys.Sample);
    private static readonly Layout Other = new([], IsCompact: true);

    /// <summary>The layout of an entry's value.</summary>
    public Layout Of(string? key)
    {
        if (ReferenceEquals(this, Root))
        {
            return key switch
            {
                "parameters" => Parameters,
                "in" => Ports,
                "out" => Inputs,
                "stages" => Stages,
                "grid" => Grid,
                "sample" => Sample,
                "bars" => Bars,
                _ => Other,
            };
        }

        return ReferenceEquals(this, Parameters) ? Parameter
            : ReferenceEquals(this, Ports) ? Port
            : ReferenceEquals(this, Stages) ? Stage
            : ReferenceEquals(this, Stage) && key == "in" ? Inputs
            : ReferenceEquals(this, Inputs) ? Sources
            : ReferenceEquals(this, Bars) ? Bar
            : Other;
    }

    /// <summary>The pieces in canonical order.</summary>
    public IEnumerable<Piece> Sort(IReadOnlyList<Piece> pieces)
    {
        var order = (ReferenceEquals(this, Root) ? TopLevel(pieces.FirstOrDefault()?.Parent?.Value) : Order).ToList();
        return pieces.OrderBy(p => order.IndexOf(p.Key?.Text ?? "") is var place and >= 0 ? place : int.MaxValue);
    }

    private static Values<string> TopLevel(TextNode? root) => FileKinds.Of(root) switch
    {
        FileKind.Part => PartKeys.TopLevel,
        FileKind.Sweep => SweepKeys.TopLevel,
        FileKind.Bars => PipelineKeys.Bars,
        _ => PipelineKeys.TopLevel,
    };
}
