using System.Globalization;
using Marl.Actors.Experiments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Marl.Actors.Cli.Printing;

/// <summary>Progress on a terminal, redrawn in place a few times a second and gone when the work is done.</summary>
internal sealed class LiveProgress(IAnsiConsole console) : IProgressView
{
    private const int BarWidth = 48;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private volatile RunProgress? newest;
    private volatile string title = "";
    private volatile bool isStopping;

    public void Begin(string title)
    {
        newest = null;
        this.title = title;
    }

    public void Report(RunProgress progress) => newest = progress;

    public void Stopping() => isStopping = true;

    public Task<T> DuringAsync<T>(Func<Task<T>> work) => console.Live(Picture()).AutoClear(true).StartAsync(async live =>
    {
        var task = Task.Run(work);
        while (await Task.WhenAny(task, Task.Delay(Redraw)) != task)
        {
            live.UpdateTarget(Picture());
        }

        return await task;
    });

    private Rows Picture()
    {
        var progress = newest;
        List<IRenderable> lines = [new Markup($"[bold]{Markup.Escape(title)}[/]")];
        if (progress is null)
        {
            lines.Add(new Markup("[grey]starting …[/]"));
        }
        else
        {
            lines.Add(Bar((double)progress.EnvironmentSteps / progress.TotalSteps));
            lines.Add(Details(progress));
        }

        lines.Add(new Markup(isStopping
            ? "[yellow]stopping after this iteration; what is learned so far will be saved. Ctrl-C again ends at once.[/]"
            : "[grey]Ctrl-C stops and saves[/]"));
        return new Rows(lines);
    }

    private Markup Bar(double share)
    {
        var done = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        var (full, empty) = console.Profile.Capabilities.Unicode ? ('━', '─') : ('=', '-');
        return new($"[blue]{new string(full, done)}[/][grey]{new string(empty, BarWidth - done)}[/] {share.ToString("P0", CultureInfo.InvariantCulture)}");
    }

    private static Grid Details(RunProgress progress)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn();
        Add("steps", $"{Figures.Count(progress.EnvironmentSteps)} of {Figures.Count(progress.TotalSteps)}");
        Add("rate", $"{Figures.Count(progress.StepsPerSecond)} steps/s");
        Add("time", $"{Figures.Time(progress.Seconds)}, {Figures.Time(progress.SecondsLeft)} left");
        Add("return", $"{Figures.Return(progress.TrainingReturn)} in training");
        Add("evaluation", progress.Evaluation is { } row
            ? $"{Figures.Of(row)} over {row.Returns.Count} episodes, at {Figures.Count(row.EnvironmentSteps)} steps"
            : "none yet");
        Add("learner", string.Join("  ", progress.Learner.Select(m => $"{m.Name} {Figures.Small(m.Value)}")));
        return grid;

        void Add(string name, string value) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(value));
    }
}
