using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Networks;
using Marl.Actors.Policies.Tests.Acting;
using Microsoft.ML.OnnxRuntime;

namespace Marl.Actors.Policies.Tests.Files;

public class OnnxFileTests
{
    public static TheoryData<int, int[], int, Activation> Networks => new()
    {
        { 18, [64, 64], 5, Activation.Relu },
        { 18, [64, 64], 5, Activation.Tanh },
        { 4, [], 2, Activation.Relu },
        { 130, [200], 300, Activation.Tanh },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void OnnxRuntime_computes_what_the_forward_pass_computes(int inputs, int[] hidden, int actions, Activation activation)
    {
        const int rows = 21;
        var policy = Policies.Make("team", inputs, [.. hidden], actions, activation);
        var (_, observations) = ForwardPassTests.Draw(policy.Spec.Network, rows);
        var expected = new float[rows * actions];
        var pass = new ForwardPass(policy.Spec.Network);
        pass.Load(policy.Parameters);
        pass.Run(observations, expected);

        using var session = new InferenceSession(OnnxFile.Write(policy));
        Assert.Equal([-1, inputs], session.InputMetadata["observation"].Dimensions);
        Assert.Equal([-1, actions], session.OutputMetadata["logits"].Dimensions);
        using var input = OrtValue.CreateTensorValueFromMemory(observations, [rows, inputs]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["observation"], [input], ["logits"]);
        var actual = outputs[0].GetTensorDataAsSpan<float>();

        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f);
        }
    }

    [Fact]
    public void A_memory_goes_in_and_comes_out()
    {
        const int rows = 5;
        var spec = new PolicySpec("team", new(7, [12], 4, Activation.Relu, Memory: 6), new(5), new Discrete(4), PolicyHead.ActionValue, Identities: 2);
        var policy = new SavedPolicy(spec, Initialisation.Uniform(spec.Network, new(3)));
        var pass = new ForwardPass(spec.Network);
        pass.Load(policy.Parameters);
        using var session = new InferenceSession(OnnxFile.Write(policy));
        using var options = new RunOptions();
        var (memory, theirs) = (new float[rows * 6], new float[rows * 6]);
        for (var step = 0; step < 3; step++)
        {
            var (_, observations) = ForwardPassTests.Draw(spec.Network with { Memory = 0 }, rows);
            var expected = new float[rows * 4];
            pass.Run(observations, expected, memory);
            using var input = OrtValue.CreateTensorValueFromMemory(observations, [rows, 7]);
            using var before = OrtValue.CreateTensorValueFromMemory(theirs, [rows, 6]);
            using var outputs = session.Run(options, ["observation", "memory"], [input, before], ["values", "memory-after"]);
            theirs = outputs[1].GetTensorDataAsSpan<float>().ToArray();
            Assert.All(expected.Zip(outputs[0].GetTensorDataAsSpan<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.All(memory.Zip(theirs), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Theory]
    [InlineData(PolicyHead.Deterministic, 2, new[] { "action" })]
    [InlineData(PolicyHead.SquashedGaussian, 4, new[] { "action", "mean", "log-std" })]
    public void Policies_in_a_box_give_the_action_the_agent_takes(PolicyHead head, int outputs, string[] names)
    {
        const int rows = 9;
        var box = new Box(2, -0.5f, 2);
        var spec = new PolicySpec("team", new(3, [16], outputs, Activation.Relu), new(3), box, head);
        var policy = new SavedPolicy(spec, Initialisation.Orthogonal(spec.Network, 3, new(4)));
        var (_, observations) = ForwardPassTests.Draw(spec.Network, rows);
        var expected = new float[rows * outputs];
        var pass = new ForwardPass(spec.Network);
        pass.Load(policy.Parameters);
        pass.Run(observations, expected);

        using var session = new InferenceSession(OnnxFile.Write(policy));
        Assert.Equal(names.Order(), session.OutputMetadata.Keys.Order());
        using var input = OrtValue.CreateTensorValueFromMemory(observations, [rows, 3]);
        using var options = new RunOptions();
        using var given = session.Run(options, ["observation"], [input], names);
        for (var i = 0; i < rows * 2; i++)
        {
            var (row, component) = Math.DivRem(i, 2);
            var mean = expected[(row * outputs) + component];
            Assert.Equal(Squash.Into(box).Stretch(Squash.Tanh(mean)), given[0].GetTensorDataAsSpan<float>()[i], 1e-5f);
            if (head == PolicyHead.SquashedGaussian)
            {
                Assert.Equal(mean, given[1].GetTensorDataAsSpan<float>()[i], 1e-5f);
                Assert.Equal(SquashedGaussian.LogDeviation(expected[(row * outputs) + 2 + component]), given[2].GetTensorDataAsSpan<float>()[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void The_model_names_its_policy()
    {
        using var session = new InferenceSession(OnnxFile.Write(Policies.Make("team/agent-0", 3, [4], 2, Activation.Relu)));
        Assert.Equal("Marl.Actors", session.ModelMetadata.ProducerName);
        Assert.Equal("team/agent-0", session.ModelMetadata.CustomMetadataMap["group"]);
    }

    [Fact]
    public void The_same_policy_gives_the_same_bytes() => Assert.Equal(
        OnnxFile.Write(Policies.Make("team", 3, [4], 2, Activation.Relu)), OnnxFile.Write(Policies.Make("team", 3, [4], 2, Activation.Relu)));

    [Fact]
    public void Parameters_that_do_not_fit_are_refused()
    {
        var policy = Policies.Make("team", 3, [4], 2, Activation.Relu);
        Assert.Throws<ArgumentException>(() => OnnxFile.Write(policy with { Parameters = new float[3] }));
    }
}
