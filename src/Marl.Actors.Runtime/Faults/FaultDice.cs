using Marl.Actors.Core.Randomness;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Runtime.Faults;

/// <summary>Draws what happens to the transmissions of one link.</summary>
internal sealed class FaultDice(Fault[] faults, RandomKey key)
{
    private RandomStream stream = key.Stream();
    private long transmissions;

    /// <summary>Faults drawn so far.</summary>
    public long Drawn { get; private set; }

    /// <summary>The fate of the next transmission.</summary>
    public (bool IsLost, int Copies, int LateBy) Next()
    {
        transmissions++;
        var (isLost, copies, lateBy) = (false, 1, 0);
        foreach (var fault in faults)
        {
            if (stream.NextDouble() >= fault.Probability && !fault.At.Contains(transmissions))
            {
                continue;
            }

            Drawn++;
            isLost |= fault.Kind == FaultKind.Drop;
            copies += fault.Kind == FaultKind.Duplicate ? 1 : 0;
            lateBy += fault.Kind is FaultKind.Delay or FaultKind.Reorder ? fault.By : 0;
        }

        return (isLost, copies, lateBy);
    }
}
