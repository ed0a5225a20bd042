using Marl.Actors.Core.Options;

namespace Marl.Actors.Environments.Traffic;

/// <summary>The options of <c>environment/traffic-junction</c>.</summary>
public sealed record TrafficJunctionOptions(
    [Option("The map: easy has two one-way roads, medium two two-way roads, hard four.")] Difficulty Difficulty = Difficulty.Easy,
    [Option("Cars at most at a time; 0 for the difficulty's 5, 10 or 20.", Minimum = 0, Maximum = 64)] int Cars = 0,
    [Option("Rows and columns; 0 for the difficulty's 7, 14 or 18.", Minimum = 0, Maximum = 60)] int Size = 0,
    [Option("Cells a car sees other cars in, in each direction; 0 for its own cell only.", Minimum = 0, Maximum = 5)] int Vision = 0,
    [Option("Chance of a car at each entry in a step; 0 for the difficulty's 0.3, 0.2 or 0.05.", Minimum = 0, Maximum = 1)] double ArrivalRate = 0,
    [Option("Chance at the beginning of training; 0 for the difficulty's 0.1, 0.05 or 0.02. Only with rampTo.", Minimum = 0, Maximum = 1)] double FirstRate = 0,
    [Option("Steps of each copy before the chance begins to rise.", Minimum = 0)] int RampFrom = 0,
    [Option("Steps of each copy until the chance has risen; 0 for no curriculum. Evaluations have none.", Minimum = 0)] int RampTo = 0,
    [Option("Steps after which an episode is cut; 0 for the difficulty's 20, 40 or 80.", Minimum = 0, Maximum = 1_000_000)] int MaxSteps = 0)
{
    internal int AllCars => Or(Cars, 5, 10, 20);

    internal int Rows => Or(Size, 7, 14, 18);

    internal int Steps => Or(MaxSteps, 20, 40, 80);

    internal double LastRate => Or(ArrivalRate, 0.3, 0.2, 0.05);

    internal double BeginningRate => Or(FirstRate, 0.1, 0.05, 0.02);

    /// <summary>What is evaluated: the whole task.</summary>
    internal TrafficJunctionOptions Evaluated => this with { RampTo = 0 };

    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        var least = Or(0, 3, 4, 9);
        if (Rows < least)
        {
            yield return ("size", $"This map needs {least} rows and columns, not {Rows}.");
        }

        if (Difficulty == Difficulty.Hard && Rows % 3 != 0)
        {
            yield return ("size", $"The hard map has thirds: {Rows} is not a multiple of 3.");
        }

        if (RampTo > 0 && RampTo <= RampFrom)
        {
            yield return ("rampTo", $"The curriculum ends at step {RampTo}, before it begins at step {RampFrom}.");
        }
    }

    private T Or<T>(T given, T easy, T medium, T hard)
        where T : IEquatable<T> => !given.Equals(default) ? given : Difficulty switch
        {
            Difficulty.Easy => easy,
            Difficulty.Medium => medium,
            _ => hard,
        };
}
