using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Evaluations;
using Marl.Actors.Experiments;
using Marl.Actors.Languages;
using Marl.Actors.Testing.Files;
using Marl.Actors.Tests.Talking;
using Xunit;

namespace Marl.Actors.Tests.Languages;

/// <summary>
/// A listener that is made to hear what it did hear does what it did, to the last of all moments, whatever the channel does to
/// messages: so what it does when it hears something else is due to that alone.
/// </summary>
public sealed class WhatIfTests
{
    private const int Episodes = 12;
    private const int MostRows = 25;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "rial", "broadcast", "loss: 0.2, flip: 0.2", "speech: words, width: 8" },
        { "dial", "broadcast", "loss: 0.2, noise: 0.4", "speech: bits, width: 3, rounds: 2" },
        { "commnet", "broadcast", "levels: 5, bandwidth: 7, delay: 1", "width: 4, identity: true" },
        { "commnet", "targeted", "noise: 0.3", "width: 4, address: true, sharePolicy: false" },
        { "ic3net", "broadcast", "loss: 0.1", "width: 4, gate: true, sharePolicy: false" },
        { "tarmac", "environment", "duration: 3, fading: 0.3, noise: 0.1", "speech: attention, width: 4, key: 3, rounds: 2" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_was_heard_is_answered_as_it_was(string algorithm, string channel, string physics, string talk)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["talk.yaml"], ExchangeTests.Pipeline(algorithm, channel, physics, talk));
        Assert.Empty((await Experiment.RunAsync(new() { Path = folder["talk.yaml"], Out = folder["run"] })).Diagnostics);
        using var recording = new Recording(PolicyEvaluation.Load(new() { RunFolder = folder["run"], Episodes = Episodes, Greedy = true }).Value);
        var lengths = (await PolicyEvaluation.PlayAsync(recording.Taped, (passes, _) => passes[0][ScoreMessages.Length].ToArray().Select(l => (int)l).ToArray())).Value;
        var conversation = Assert.Single(recording.Conversations(lengths, n => n.Id));

        var heard = 0;
        foreach (var (speaker, listener) in conversation.Pairs)
        {
            for (var round = 0; round < conversation.Said.Rounds; round++)
            {
                heard += Repeat(conversation, speaker, listener, round);
            }
        }

        var silences = conversation.Pairs.Sum(p => conversation.Tell(p.Speaker, p.Listener, 0).Count(row => row.IsSilence));
        Assert.Equal(talk.Contains("gate", StringComparison.Ordinal), silences > 0); // where it is a choice, and only there
        Assert.True(heard > 20, $"{heard} messages were heard.");
    }

    private static int Repeat(Conversation conversation, Talker speaker, Talker listener, int round)
    {
        var rows = conversation.Tell(speaker, listener, round).Where(row => !row.IsSilence).Take(MostRows).ToArray();
        if (rows.Length == 0)
        {
            return 0;
        }

        var done = rows.Select(r => listener.Actions[r.HeardIn][ActionMessages.Action][r.Copy]).ToArray();
        var trial = new WhatIf(conversation, speaker, listener, round, rows);
        var answers = new float[rows.Length];
        trial.Answer(null, null, answers);
        Assert.Equal(done, answers);

        var wire = new float[conversation.Said.Speech.Width];
        for (var i = 0; i < rows.Length; i++)
        {
            conversation.Wire(rows[i], wire);
            trial.Answer(wire, null, answers);
            Assert.Equal(done[i], answers[i]);
            Assert.Equal(trial.Heard(i).ToArray(), trial.Altered(i).ToArray());
        }

        return rows.Count(r => r.IsHeard);
    }
}
