using Marl.Actors.Core.Randomness;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Talking;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Talking;

/// <summary>
/// Whom a receiver listens to where only one sender matters: with one round to whose value is wanted; with two first to the guide
/// who says whose, and then to that one. Learned by the pipelines as they are shipped, looked at in the saved policies.
/// </summary>
public sealed class AttentionTests
{
    private const int Holders = 4;
    private const int Values = 3;
    private const int Sight = 1 + Holders + Values;

    [Fact]
    public async Task With_one_round_it_listens_to_the_one_whose_value_is_wanted()
    {
        var rounds = await Attention("tarmac-one-round", 60_000, hasGuide: false);
        Assert.InRange(Assert.Single(rounds).Wanted, 0.9, 1);
    }

    [Fact]
    public async Task With_two_rounds_it_listens_to_the_guide_and_then_to_the_one_whose_value_is_wanted()
    {
        var rounds = await Attention("tarmac-two-rounds", 100_000, hasGuide: true);
        Assert.InRange(rounds[0].Guide, 0.9, 1);
        Assert.InRange(rounds[1].Wanted, 0.9, 1);
    }

    /// <summary>By round, the mean weight of the wanted holder and of the guide, over all whose value may be wanted.</summary>
    private static async Task<(double Wanted, double Guide)[]> Attention(string pipeline, long steps, bool hasGuide)
    {
        using var folder = new TemporaryFolder();
        var run = await Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline(pipeline), Out = folder["run"], Overrides = new BindingOverrides { StopSteps = steps, EvaluationEpisodes = 100 },
        });
        Assert.Empty(run.Diagnostics);
        var policies = SafetensorsFile.Read(File.ReadAllBytes(Path.Combine(folder["run"], "policy.safetensors")), "policy").Value.ToDictionary(p => p.Spec.Group);
        var seats = Holders + (hasGuide ? 2 : 1);
        var agents = Enumerable.Range(0, seats).Select(seat => seat < Holders ? "team/holder" : hasGuide && seat == Holders ? "team/guide" : "team/receiver")
            .Select(group => (Pass: Loaded(policies[group]), policies[group].Spec)).ToArray();
        var rounds = agents[0].Spec.Talk!.Rounds;
        var sums = new (double Wanted, double Guide)[rounds];
        for (var wanted = 0; wanted < Holders; wanted++)
        {
            var random = RandomKey.FromSeed(wanted).Stream();
            for (var seat = 0; seat < seats; seat++)
            {
                agents[seat].Pass.See(Observation(seat, wanted, hasGuide, seats, ref random));
            }

            for (var round = 0; round < rounds; round++)
            {
                var weights = Exchange(agents.Select(a => a.Pass).ToArray(), round, agents[0].Spec.Talk!.MessageWidth);
                sums[round].Wanted += weights[wanted] / Holders;
                sums[round].Guide += hasGuide ? weights[Holders] / Holders : 0;
            }
        }

        return sums;
    }

    private static TalkingPass Loaded(SavedPolicy policy)
    {
        var pass = new TalkingPass(policy.Spec.Talking!, rows: 1);
        pass.Load(policy.Parameters);
        return pass;
    }

    /// <summary>One round between all: the receiver, who sits last, hears the others, and they hear nothing.</summary>
    private static float[] Exchange(TalkingPass[] agents, int round, int width)
    {
        var (content, gain, weights) = (new float[agents.Length * width], new float[agents.Length], new float[agents.Length]);
        for (var seat = 0; seat < agents.Length - 1; seat++)
        {
            agents[seat].Speak(round, content.AsSpan(seat * width, width));
            gain[seat] = 1;
        }

        for (var seat = 0; seat < agents.Length - 1; seat++)
        {
            agents[seat].Hear(round, new float[content.Length], new float[agents.Length]);
        }

        agents[^1].Hear(round, content, gain, weights);
        return weights;
    }

    private static float[] Observation(int seat, int wanted, bool hasGuide, int seats, ref RandomStream random)
    {
        if (seat == seats - 1)
        {
            var receiver = new float[hasGuide ? 1 : 1 + Holders];
            receiver[0] = 1;
            receiver[hasGuide ? 0 : 1 + wanted] = 1;
            return receiver;
        }

        var row = new float[Sight];
        row[0] = seat == Holders ? 1 : 0;
        row[1 + (seat == Holders ? wanted : seat)] = 1;
        if (seat < Holders)
        {
            row[1 + Holders + random.NextInt(Values)] = 1;
        }

        return row;
    }
}
