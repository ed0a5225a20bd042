using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Directing;

/// <summary>What an interpreter shall do after its graph has run dry.</summary>
internal abstract record Order
{
    private Order()
    {
    }

    /// <summary>Report again, with every cell's state.</summary>
    public sealed record AskState : Order;

    /// <summary>Let the training clock go on to that vector step.</summary>
    public sealed record HoldAt(long VectorSteps) : Order;

    /// <summary>Let the training clock end.</summary>
    public sealed record Finish : Order;

    /// <summary>Make room on these links.</summary>
    public sealed record Grow(IReadOnlyList<Link> Links) : Order;

    /// <summary>The run is over.</summary>
    public sealed record End(RunOutcome Outcome) : Order;
}
