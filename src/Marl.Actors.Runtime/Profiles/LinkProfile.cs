using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Profiles;

/// <summary>What came over one link; times in ticks of the stopwatch.</summary>
internal sealed class LinkProfile(Link link)
{
    private readonly SymbolCount? symbols = SymbolCount.Of(link.Producer.Node.Types[link.Producer.Instance].Output(link.Edge.Output, link.Reader));
    private long values;    // tokens that were not absent when they arrived
    private long passed;    // and when they left the operators
    private bool isWaiting; // a token waits that a newer one would overwrite

    public Link Link => link;

    public int Operators { get; } = link.Edge.Operators.Count;

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Tokens that operators let go, or made absent.</summary>
    public long Dropped => Math.Max(0, values - passed);

    /// <summary>Tokens that a newer one took the place of before they were taken.</summary>
    public long Overwritten { get; private set; }

    /// <summary>Bits of a symbol; not a number where there are none.</summary>
    public double Entropy => symbols?.Entropy ?? double.NaN;

    public long InOperators { get; set; }

    public long Waited { get; set; }

    /// <summary>A token comes in.</summary>
    public void Arrive(Message message)
    {
        Messages++;
        Bytes += (long)message.Block.Length * sizeof(float);
        if (!message.IsAbsent)
        {
            values++;
            symbols?.Add(message);
        }
    }

    /// <summary>A token is through the operators, and waits to be taken.</summary>
    public void Wait(Message message)
    {
        passed += message.IsAbsent ? 0 : 1;
        Overwritten += isWaiting ? 1 : 0;
        isWaiting = link.Edge.Merge == Merge.Latest;
    }

    /// <summary>The stage takes the newest token, if it takes from this input.</summary>
    public void Take(Firing firing) => isWaiting &= firing.Count(link.Input, link.Lane) == 0;
}
