using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Tests.Broken.Binding;

namespace Marl.Actors.Pipelines.Tests.Campaigns.Sweeps;

/// <summary>A pipeline with parameters of every type and a sweep of it, in a folder of their own, to be changed by each test.</summary>
internal sealed class SweepFiles : IDisposable
{
    public const string Pipeline = "toy.yaml";
    public const string Sweep = "sweeps/s.yaml";

    private readonly TestFolder folder = new();

    public SweepFiles()
    {
        Write(Pipeline, Toy.Text.Replace(
                "parameters:\n  seed: { type: int, default: 1 }\n",
                "parameters:\n  seed: { type: int, default: 5 }\n  agents: { type: int, default: 2, range: 1..8 }\n  clip: { type: float, default: 0.2, range: 0.0..1.0 }\n  high: { type: float, default: 1 }\n"
                + "  continuous: { type: bool, default: false }\n  mood: { type: text, default: calm }\n")
            .Replace("copies: 4", "copies: 4\n    with: { agents: $agents, continuous: $continuous }")
            .Replace("each: world.agents", "each: world.agents\n    with: { mood: $mood }")
            .Replace("uses: algorithm/toy", "uses: algorithm/toy\n    with: { clip: $clip, low: 0.5, high: $high }"));
        Write(Sweep, """
            sweep: clips
            summary: How many agents, and how much clipping.
            of: ../toy.yaml
            seeds: 1..3

            grid:
              agents: [2, 3]
              clip: [0.1, 0.2, 0.3]

            """);
    }

    public string this[string name] => Path.Combine(folder.Path, name);

    public SweepFiles Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>The sweep with other parameters.</summary>
    public SweepFiles Sweeping(string sections) => Write(Sweep, $"sweep: clips\nof: ../toy.yaml\n{sections}\n");

    /// <summary>Changes a file; the text must be there.</summary>
    public SweepFiles Change(string name, string old, string replacement)
    {
        var text = File.ReadAllText(this[name]);
        Xunit.Assert.Contains(old, text);
        return Write(name, text.Replace(old, replacement));
    }

    public Result<Sweep> Load(BindingOverrides? overrides = null) => SweepBinder.Load(this[Sweep], TestCatalog.Catalog, overrides ?? BindingOverrides.None);

    /// <summary>The diagnostics, with paths as seen from the folder.</summary>
    public string Said(BindingOverrides overrides) => string.Join('\n', Load(overrides).Diagnostics).Replace(folder.Path + Path.DirectorySeparatorChar, "");

    public void Dispose() => folder.Dispose();
}
