using System.Globalization;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Pipelines;
using Xunit;

namespace Marl.Actors.Tests.Talking;

/// <summary>
/// Whatever agents say, and whatever a channel does to it: the learner, which repeats every exchange on Torch, finds the same
/// probabilities as those that talked with kernels of our own; and all stages keep their contracts on the way.
/// </summary>
public sealed class ExchangeTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "rial", "broadcast", "loss: 0.3, flip: 0.1", "speech: words, width: 5" },
        { "rial", "shared-medium", "delay: 1", "speech: words, width: 3, gate: true, sharePolicy: false" },
        { "dial", "broadcast", "loss: 0.2, noise: 0.2", "speech: bits, width: 3, rounds: 2" },
        { "commnet", "broadcast", "levels: 5, bandwidth: 7", "width: 4, identity: true" },
        { "commnet", "broadcast", "delay: 2, noise: 0.1", "width: 4, rounds: 2, groups: [car-1+car-3]" },
        { "commnet", "targeted", "loss: 0.1", "width: 4, address: true" },
        { "ic3net", "shared-medium", "costPerBit: 0.001, noise: 0.1", "width: 4, gate: true, activation: relu" },
        { "tarmac", "broadcast", "loss: 0.2, levels: 9", "speech: attention, width: 4, key: 3, rounds: 2" },
        { "tarmac", "environment", "duration: 3, noise: 0.1", "speech: attention, width: 4, key: 3, speakers: [car-0, car-2]" },
        { "dial", "environment", "duration: 2, fading: 0.4, delay: 1, reach: 0.6", "speech: bits, width: 2, place: [1, 2]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_learner_repeats_what_agents_said(string algorithm, string channel, string physics, string talk)
    {
        using var folder = new TemporaryFolder();
        var path = folder["talk.yaml"];
        File.WriteAllText(path, Pipeline(algorithm, channel, physics, talk));
        var result = await Experiment.RunAsync(new() { Path = path, Out = folder["run"], Overrides = new BindingOverrides { EvaluationEpisodes = 2 } });
        Assert.Empty(result.Diagnostics);
        var errors = Column(File.ReadAllLines(Path.Combine(folder["run"], "training.csv")), "learner/replay_error");
        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.InRange(error, 0, Tolerance));
        Assert.Contains(errors, error => error > 0); // two ways of computing, not one
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_stages_keep_their_contracts(string algorithm, string channel, string physics, string talk)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["talk.yaml"], Pipeline(algorithm, channel, physics, talk));
        var pipeline = TestedPipeline.Of(folder["talk.yaml"]) with { Overrides = new() { EvaluationEpisodes = 2 } };
        pipeline.VerifyContracts();
        pipeline.VerifyRoom(seeds: 1);
    }

    internal static string Pipeline(string algorithm, string channel, string physics, string talk) => $$"""
        pipeline: talk
        stages:
          world:
            uses: environment/traffic-junction
            copies: 3
            with: { maxSteps: 7, arrivalRate: 0.6 }
            in:
              actions: team.actions |> by-step
          talk:
            uses: channel/{{channel}}
            with: { {{physics}} }
            in:
              said: team.messages |> by-step
          team:
            uses: agent/communicating
            each: world.agents
            with: { {{talk}}, hidden: [12, 8], rollout: 4 }
            in:
              steps: world.steps
              heard: talk.heard
              weights: learner.weights |> lag(updates=0)
          learner:
            uses: algorithm/{{algorithm}}
            with: { epochs: 2, learningRate: 0.01, critic: {{(algorithm == "dial" ? "own" : "joint")}}, hidden: [8] }
            in:
              rollouts: team.rollouts |> by-step
              exchanges: team.exchanges |> by-step
        stop: { steps: 48 }
        evaluate: { every: 24, episodes: 2 }
        """;

    private static List<double> Column(string[] lines, string name)
    {
        var at = Array.IndexOf(lines[0].Split(','), name);
        return [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[at], CultureInfo.InvariantCulture))];
    }
}
