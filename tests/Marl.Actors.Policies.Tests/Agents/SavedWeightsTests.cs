using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Agents;

public class SavedWeightsTests
{
    private static readonly Dictionary<string, float[]> Saved = new() { ["team/a"] = [1, 2, 3], ["team/b"] = [4, 5, 6, 7, 8, 9] };

    [Fact]
    public void Each_reader_gets_its_policy_once()
    {
        var stage = Create("team/b", "team/a", "team/b");
        var outputs = new PeerOutputs();
        stage.Start(outputs);
        Assert.Equal([(0, Saved["team/b"]), (1, Saved["team/a"]), (2, Saved["team/b"])], outputs.Sent.Select(s => (s.Peer, s.Message[WeightsMessages.Parameters].ToArray())));
        Assert.All(outputs.Sent, s => Assert.Equal(new Stamp(0), s.Message.Stamp));
        Assert.Same(Needs.Ended, stage.Needs);
    }

    [Fact]
    public void The_signature_has_a_policy_of_its_own_for_each_reader()
    {
        var signature = SavedWeights.Component(Saved).Sign(new NoOptions(), new("learner", 0, [""], 1, _ => 3));
        Assert.Equal(3, signature.Outputs["weights"].Distinct().Count());
        Assert.Empty(signature.Inputs);
    }

    [Fact]
    public void Sizes_follow_from_the_type() =>
        Assert.Equal(6, SavedWeights.Component(Saved).Outputs[0].Layout(Type("team/b")).Length);

    [Fact]
    public void Missing_and_misfitting_policies_are_reported()
    {
        PolicySpec[] expected = [Spec("team/a"), Spec("team/b"), Spec("team/c"), Spec("team/c")];
        Dictionary<string, float[]> policies = new() { ["team/a"] = [1, 2, 3], ["team/b"] = [4] };
        var diagnostics = SavedWeights.Check(policies, expected, "runs/x/policy.safetensors");
        Assert.Equal(["MARL3209", "MARL3209"], diagnostics.Select(d => d.Code));
        Assert.Equal("The saved policy 'team/b' has 1 parameters; the pipeline's has 6.", diagnostics[0].Sentence);
        Assert.Equal("There are no saved parameters for policy 'team/c', only for 'team/a', 'team/b'.", diagnostics[1].Sentence);
        Assert.Empty(SavedWeights.Check(Saved, expected[..2], ""));
    }

    private static PolicySpec Spec(string group) => PolicySpec.FromTerm(Type(group)["policy"]);

    /// <summary>Linear policies: 3 parameters for a, 6 for the others.</summary>
    private static PortType Type(string group) => WeightsMessages.Type(
        PolicySpec.ToTerm(group, [], Activation.Relu, Term.Of(new Box(group == "team/a" ? 2 : 1)), Term.Of(new Discrete(group == "team/a" ? 1 : 3))));

    private static IStage Create(params string[] groups) => SavedWeights.Component(Saved).Create(new NoOptions(), new()
    {
        Stage = "learner",
        Key = RandomKey.FromSeed(1),
        Types = new(new Dictionary<string, Values<PortType>>(), new Dictionary<string, Values<PortType>> { ["weights"] = groups.Select(Type).ToValues() }),
    });

    private sealed class PeerOutputs : IOutputs
    {
        public List<(int Peer, Message Message)> Sent { get; } = [];

        public bool IsRead(int port) => true;

        public void Send(int port, Message message) => throw new InvalidOperationException("The port is per instance.");

        public void Send(int port, int peer, Message message) => Sent.Add((peer, message.Seal()));
    }
}
