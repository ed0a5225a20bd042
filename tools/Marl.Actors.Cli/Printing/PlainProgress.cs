using System.Globalization;
using Marl.Actors.Experiments;

namespace Marl.Actors.Cli.Printing;

/// <summary>
/// Progress for files, pipes and CI: a line at the beginning, one every twentieth of the way but at most one a second, and one
/// after half a minute of silence.
/// </summary>
internal sealed class PlainProgress(TextWriter writer, TimeProvider time) : IProgressView
{
    private const double Share = 0.05;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private string title = "";
    private double printedShare = double.NegativeInfinity;
    private long printedAt;

    public void Begin(string title)
    {
        lock (gate)
        {
            this.title = title;
            printedShare = double.NegativeInfinity;
        }
    }

    public void Report(RunProgress progress)
    {
        lock (gate)
        {
            var share = (double)progress.EnvironmentSteps / progress.TotalSteps;
            var since = time.GetElapsedTime(printedAt);
            var isFirst = double.IsNegativeInfinity(printedShare);
            if (isFirst || (share - printedShare >= Share && since >= Shortest) || since >= Longest)
            {
                (printedShare, printedAt) = (share, time.GetTimestamp());
                writer.WriteLine(Line(progress, share));
            }
        }
    }

    public void Stopping()
    {
        lock (gate)
        {
            writer.WriteLine("Stopping after this iteration; what is learned so far will be saved. A second Ctrl-C ends at once.");
        }
    }

    public Task<T> DuringAsync<T>(Func<Task<T>> work) => work();

    private string Line(RunProgress progress, double share)
    {
        var parts = new List<string>
        {
            title,
            share.ToString("P0", CultureInfo.InvariantCulture),
            $"{Figures.Count(progress.EnvironmentSteps)} of {Figures.Count(progress.TotalSteps)} steps",
            $"{Figures.Count(progress.StepsPerSecond)} steps/s",
        };
        if (progress.TrainingReturn is { } training)
        {
            parts.Add($"return {Figures.Return(training)}");
        }

        if (progress.Evaluation is { } evaluation)
        {
            parts.Add($"evaluation {Figures.Of(evaluation)}");
        }

        parts.AddRange(progress.Learner.Select(m => $"{m.Name} {Figures.Small(m.Value)}"));
        parts.Add($"{Figures.Time(progress.SecondsLeft)} left");
        return string.Join(", ", parts);
    }
}
