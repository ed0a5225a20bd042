using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Tests.Broken.Binding;

namespace Marl.Actors.Pipelines.Tests.Parts;

/// <summary>A pipeline and the part it uses, in a folder of their own, to be changed by each test.</summary>
internal sealed class PartFiles : IDisposable
{
    public const string Pipeline = """
        pipeline: toy
        summary: Two agents learn something.

        stages:
          world:
            uses: environment/toy
            copies: 4
            in:
              actions: pool.actions

          pool:
            uses: ./parts/team.yaml
            with: { clip: 0.1 }
            in:
              steps: world.steps
              state: world.state

        stop: { steps: 1_000 }
        evaluate: { every: 200, episodes: 3 }

        """;

    public const string Part = """
        part: team
        summary: Agents, and the learner that teaches them.

        parameters:
          rollout: { type: int, default: 5, range: 1..100 }
          clip: { type: float, range: 0.0..1.0 }

        in:
          steps: { kind: steps }
          state: { kind: state, required: false }

        out:
          actions: team.actions |> by-step

        stages:
          team:
            uses: agent/toy
            each: in.steps.agents
            with: { rollout: $rollout }
            in:
              steps: in.steps
              weights: learner.weights |> lag(updates=1)

          learner:
            uses: algorithm/toy
            with: { clip: $clip }
            in:
              rollouts: team.rollouts |> by-step
              state: in.state

        """;

    private readonly TestFolder folder = new();

    public PartFiles()
    {
        Write("toy.yaml", Pipeline);
        Write("parts/team.yaml", Part);
    }

    public string this[string name] => Path.Combine(folder.Path, name);

    public PartFiles Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>Changes a file; the text must be there.</summary>
    public PartFiles Change(string name, string old, string replacement)
    {
        var text = File.ReadAllText(this[name]);
        Xunit.Assert.Contains(old, text);
        return Write(name, text.Replace(old, replacement));
    }

    public Result<Graph> Load(BindingOverrides? overrides = null) =>
        PipelineCompiler.Load(this["toy.yaml"], TestCatalog.Catalog, overrides ?? BindingOverrides.None);

    /// <summary>The diagnostics, with paths as seen from the folder.</summary>
    public string Said(string name = "toy.yaml") =>
        string.Join('\n', FileCheck.Run(this[name], TestCatalog.Catalog).Diagnostics).Replace(folder.Path + Path.DirectorySeparatorChar, "");

    public void Dispose() => folder.Dispose();
}
