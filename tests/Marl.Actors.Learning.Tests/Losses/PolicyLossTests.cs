using System.Runtime.InteropServices;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Native;
using TorchSharp;
using static TorchSharp.torch;
using static Marl.Actors.Learning.Native.Number;

namespace Marl.Actors.Learning.Tests.Losses;

[Collection(TorchCollection.Name)]
public sealed class PolicyLossTests
{
    private const int Rows = 12;

    [Fact]
    public void Loss_and_statistics_are_those_of_the_reference()
    {
        var golden = Golden.Read("ppo_loss.json");
        var (sums, _) = OfGolden(golden);
        Assert.Equal(golden.GetProperty("pg_loss").GetDouble(), -sums.Objective / Rows, 1e-5);
        Assert.Equal(golden.GetProperty("entropy").Floats().Average(), sums.Entropy / Rows, 1e-5);
        Assert.Equal(golden.GetProperty("approx_kl_old").GetDouble(), sums.KlFirst / Rows, 1e-5);
        Assert.Equal(golden.GetProperty("approx_kl").GetDouble(), sums.Kl / Rows, 1e-5);
        Assert.Equal(golden.GetProperty("clipfrac").GetDouble(), sums.Clipped / Rows, 1e-5);
    }

    [Fact]
    public void Gradient_is_that_of_the_reference()
    {
        var golden = Golden.Read("ppo_loss.json");
        Golden.AssertClose(golden.GetProperty("grad_logits").Floats(), OfGolden(golden).Gradients, 1e-5f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_is_what_automatic_differentiation_finds_for_the_literal_loss(bool masked)
    {
        Assert.True(Torch.EnsureLoaded().IsSuccess);
        var random = new Random(3);
        const int actions = 7;
        const int rows = 45;
        float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 4))];
        var (logits, old, advantages) = (Normal(rows * actions), Normal(rows), Normal(rows));
        float[] taken = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(actions))];
        float[] masks = masked ? [.. Enumerable.Range(0, rows * actions).Select(i => i % actions == (int)taken[i / actions] || random.Next(3) > 0 ? 1f : 0f)] : [];
        var gradients = new float[rows * actions];
        var sums = new PolicySums();
        new PolicyLoss(0.2f, 0.03f).Add(logits, new(taken, old, advantages, masks), 1f / rows, gradients, ref sums);

        using var scope = NewDisposeScope();
        var z = tensor(logits).view(rows, actions).requires_grad_(true);
        var allowed = masked ? where(tensor(masks).view(rows, actions).gt(Constant(0)), z, full_like(z, Constant(-1e9))) : z;
        var logProbabilities = nn.functional.log_softmax(allowed, -1);
        var ratio = (logProbabilities.gather(1, tensor(taken).to_type(ScalarType.Int64).unsqueeze(1)).squeeze(1) - tensor(old)).exp();
        var a = tensor(advantages);
        var objective = minimum(ratio * a, ratio.clamp(Constant(0.8), Constant(1.2)) * a).mean();
        var entropy = -(logProbabilities.exp() * logProbabilities).sum(1).mean();
        var loss = -objective - entropy.mul(Constant(0.03));
        loss.backward();
        Golden.AssertClose(MemoryMarshal.Cast<byte, float>(z.grad!.bytes), gradients, 1e-6f);
        Assert.Equal(Of(objective), sums.Objective / rows, 1e-5);
        Assert.Equal(Of(entropy), sums.Entropy / rows, 1e-5);
    }

    [Fact]
    public void A_forbidden_action_has_no_gradient_and_no_entropy()
    {
        var gradients = new float[3];
        var sums = new PolicySums();
        new PolicyLoss(0.2f, 0.1f).Add([1, 50, 1], new([0], [-0.7f], [1], [1, 0, 1]), 1, gradients, ref sums);
        Assert.Equal(0, gradients[1]);
        Assert.Equal(Math.Log(2), sums.Entropy, 1e-6);
    }

    [Fact]
    public void Blocks_add_up_to_the_whole()
    {
        var golden = Golden.Read("ppo_loss.json");
        var (whole, gradients) = OfGolden(golden);
        var parts = new PolicySums();
        var partGradients = new float[gradients.Length];
        foreach (var (from, to) in new[] { (0, 5), (5, 12) })
        {
            Loss(golden).Add(
                golden.GetProperty("logits").Floats().AsSpan((from * 5)..(to * 5)),
                new(
                    golden.GetProperty("actions").Floats().AsSpan(from..to),
                    golden.GetProperty("old_logprob").Floats().AsSpan(from..to),
                    golden.GetProperty("advantages").Floats().AsSpan(from..to),
                    []),
                1f / Rows,
                partGradients.AsSpan((from * 5)..(to * 5)),
                ref parts);
        }

        Assert.Equal(gradients, partGradients); // a row's gradient does not depend on its lane
        Assert.Equal(whole.Objective, parts.Objective, 1e-5);
        Assert.Equal(Rows, parts.Rows);
    }

    private static PolicyLoss Loss(System.Text.Json.JsonElement golden) =>
        new((float)golden.GetProperty("clip").GetDouble(), (float)golden.GetProperty("ent_coef").GetDouble());

    private static (PolicySums Sums, float[] Gradients) OfGolden(System.Text.Json.JsonElement golden)
    {
        var gradients = new float[Rows * 5];
        var sums = new PolicySums();
        Loss(golden).Add(
            golden.GetProperty("logits").Floats(),
            new(golden.GetProperty("actions").Floats(), golden.GetProperty("old_logprob").Floats(), golden.GetProperty("advantages").Floats(), []),
            1f / Rows,
            gradients,
            ref sums);
        return (sums, gradients);
    }
}
