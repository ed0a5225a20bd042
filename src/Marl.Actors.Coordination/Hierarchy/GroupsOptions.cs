using Marl.Actors.Core.Options;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>The options of <c>coordinator/groups</c>.</summary>
/// <param name="Groups">How many.</param>
/// <param name="Rows">Of goals.</param>
/// <param name="Columns">Of goals.</param>
/// <param name="Extent">Of a group's region.</param>
/// <param name="Report">Numbers in a member's report.</param>
public sealed record GroupsOptions(
    [Option("Number of groups; members 0 to m − 1 are the first, the next m the second, and so on.", Minimum = 1, Maximum = 256, Required = true)] int Groups,
    [Option("Rows of goals in a group's region.", Minimum = 1, Maximum = 6)] int Rows = 2,
    [Option("Columns of goals; rows · columns goals are shared out among as many members.", Minimum = 1, Maximum = 6)] int Columns = 2,
    [Option("Half the width of a group's region, which lies around its own goal, or around 0 where nobody sets it one.", Minimum = 1e-6, Maximum = 1e6)] double Extent = 1,
    [Option("Numbers in a member's report; the first two are where it is.", Minimum = 2, Maximum = 100_000)] int Report = 2)
{
    /// <summary>Members of a group, m.</summary>
    internal int Size => Rows * Columns;

    /// <summary>Numbers a group's coordinator observes.</summary>
    internal int Observes => Report * (1 + Size);

    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Size is < 2 or > Allotments.Most)
        {
            yield return ("rows", $"{Rows} rows of {Columns} goals are {Size} goals; a coordinator shares out 2 to {Allotments.Most}.");
        }
    }
}
