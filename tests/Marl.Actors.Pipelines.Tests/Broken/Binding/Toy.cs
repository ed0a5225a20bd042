using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Broken.Binding;

/// <summary>The sound pipeline that the tests damage in one place each.</summary>
public static class Toy
{
    public const string Text = """
        pipeline: toy
        summary: Two agents learn something.

        parameters:
          seed: { type: int, default: 1 }

        stages:
          world:
            uses: environment/toy
            copies: 4
            in:
              actions: team.actions |> by-step

          team:
            uses: agent/toy
            each: world.agents
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=1)

          learner:
            uses: algorithm/toy
            in:
              rollouts: team.rollouts |> by-step
              state: world.state

        stop: { steps: 1_000 }
        evaluate: { every: 200, episodes: 3 }
        """;

    /// <summary>The toy with some text replaced; the text must be there.</summary>
    public static Result<Graph> With(params ReadOnlySpan<(string Old, string New)> changes) => With(BindingOverrides.None, changes);

    /// <summary>The toy with some text replaced, and overrides.</summary>
    public static Result<Graph> With(BindingOverrides overrides, params ReadOnlySpan<(string Old, string New)> changes)
    {
        var text = Text;
        foreach (var (old, replacement) in changes)
        {
            Assert.Contains(old, text);
            text = text.Replace(old, replacement);
        }

        return PipelineCompiler.LoadText(text, "toy.yaml", TestCatalog.Catalog, overrides);
    }

    /// <summary>The graph of a result without errors.</summary>
    public static Graph Sound(Result<Graph> result)
    {
        Assert.True(result.IsSuccess, string.Join("\n", result.Diagnostics));
        return result.Value;
    }

    /// <summary>The one diagnostic of a result, as a line.</summary>
    public static string Only(Result<Graph> result) => Assert.Single(result.Diagnostics).ToString();
}
