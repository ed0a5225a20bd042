using Marl.Actors.Core.Messages;
using Marl.Actors.Learning;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// One update: judge the batch with the critics as they are, then pass over it several times in random minibatches, each an
/// Adam step along the gradient of policy loss − entropy bonus + value loss, clipped. Schulman et al. 2017, algorithm 1; the
/// details after Yu et al. 2022. Where the world has shards, a minibatch is one part of each shard's batch, and the step goes
/// along the mean of their gradients (<see cref="ReductionTree"/>), which is what as many gradient learners and a parameter
/// server do.
/// </summary>
internal sealed class PpoUpdate
{
    private readonly PpoShard[] shards;
    private readonly Memory<float>[] gradients;
    private readonly Adam adam;

    /// <param name="options">The options.</param>
    /// <param name="shards">One a shard, all of which begin with the same parameters. Those of the first are the master copy.</param>
    /// <param name="adam">For the parameters of a shard.</param>
    public PpoUpdate(PpoOptions options, PpoShard[] shards, Adam adam)
    {
        (Options, this.shards, this.adam) = (options, shards, adam);
        gradients = [.. shards.Select(s => s.Model.Parameters.GradientMemory)];
    }

    /// <summary>How it steps.</summary>
    public PpoOptions Options { get; set; }

    /// <summary>Improves the models.</summary>
    /// <param name="batches">What to learn from, by shard.</param>
    /// <param name="update">Number of this update, from 0.</param>
    /// <param name="total">Updates of the whole run.</param>
    /// <param name="figures">Cleared and filled.</param>
    /// <returns>The learning rate used.</returns>
    /// <exception cref="LearningDivergedException">The gradient is no longer finite.</exception>
    public double Run(Batch[] batches, long update, long total, PpoFigures figures)
    {
        figures.Clear();
        for (var shard = 0; shard < shards.Length; shard++)
        {
            shards[shard].Begin(batches[shard], update, total, figures);
        }

        var learningRate = Options.LearningRateSchedule.At(Options.LearningRate, update, total);
        for (var minibatch = 0; minibatch < shards[0].Minibatches; minibatch++)
        {
            Array.ForEach(shards, s => s.Learn(minibatch));
            Step(learningRate, update, figures);
        }

        Array.ForEach(shards, s => s.End());
        return learningRate;
    }

    private void Step(double learningRate, long update, PpoFigures figures)
    {
        ReductionTree.Mean(gradients);
        var master = shards[0].Model.Parameters;
        var norm = GradientNorm.Of(master.Gradients);
        if (!double.IsFinite(norm))
        {
            throw new LearningDivergedException(
                $"Learning diverged in update {update}: the gradient is no longer finite.");
        }

        figures.AddMinibatch(shards, norm);
        adam.Step(master.Change(), master.Gradients, learningRate, GradientNorm.ClipFactor(norm, Options.MaxGradientNorm));
        foreach (var shard in shards.AsSpan(1))
        {
            shard.Model.Parameters.Take(master.Values);
        }
    }
}
