using Marl.Actors.Testing.Files;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>A folder with the tests' pipelines in it, and <c>marl</c> to run there.</summary>
internal sealed class Workplace : IDisposable
{
    public const string Coordination = "tiny-coordination.yaml";
    public const string Spread = "tiny-spread.yaml";
    public const string Sweep = "tiny-sweep.yaml";
    public const string LongIterations = "long-iterations.yaml";
    public const string StormRunning = "storm-running.yaml";
    public const string StormWaiting = "storm-waiting.yaml";
    public const string Lewis = "rial-lewis.yaml";
    public const string SelfPlay = "fictitious-rock-paper-scissors.yaml";

    private readonly TemporaryFolder folder = new();

    public Workplace()
    {
        foreach (var name in new[] { Coordination, Spread, Sweep, LongIterations, StormRunning, StormWaiting, Lewis, SelfPlay })
        {
            File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "Pipelines", name), folder[name]);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path => folder.Path;

    /// <summary>The path of something in it.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([folder.Path, .. names]);

    /// <summary>Runs <c>marl</c> here to its end.</summary>
    public Task<Outcome> MarlAsync(params string[] arguments) => MarlProcess.RunAsync(Path, arguments);

    /// <summary>Starts <c>marl</c> here.</summary>
    public MarlProcess Start(params string[] arguments) => MarlProcess.Start(Path, arguments);

    /// <summary>The names of all files below, relative.</summary>
    public string[] Files(string below = "") =>
        [.. Directory.GetFiles(this[below], "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(this[below], f)).Order(StringComparer.Ordinal)];

    /// <summary>The text of a file.</summary>
    public string Text(params string[] names) => File.ReadAllText(this[names]);

    public void Dispose() => folder.Dispose();
}
