using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Experience.Returns;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// One critic. What it sees is a table; what it says is one number for each of its <i>columns</i> at each position, a column
/// being an agent it judges, or the whole team at once.
/// </summary>
internal sealed class Critic : IDisposable
{
    private readonly ITrainableNetwork network;
    private readonly InputTable table;
    private readonly int blockSteps;
    private readonly int steps;
    private readonly ValueScale scale;
    private readonly float[] rewards;      // [steps], of one column
    private readonly float[] nextValues;   // [steps], of one column
    private readonly float[] advantages;   // [columns, steps]
    private readonly float[] targets;      // [columns, steps], as values
    private readonly float[] goals;        // [steps, columns], targets as outputs
    private readonly float[] first;        // [steps, columns], outputs when the batch began, in the unit of the goals
    private readonly float[] blockGoals;
    private readonly float[] blockFirst;
    private float[] values = [];           // [columns, positions]

    /// <param name="table">What it sees.</param>
    /// <param name="network">Rows of the table to outputs; rows × outputs are the columns.</param>
    /// <param name="columns">By column, the agents judged.</param>
    /// <param name="steps">Steps of a batch.</param>
    /// <param name="blockSteps">Steps computed at once.</param>
    /// <param name="normalisation">Unit of the outputs.</param>
    public Critic(InputTable table, ITrainableNetwork network, int[][] columns, int steps, int blockSteps, ValueNormalisation normalisation)
    {
        (this.table, this.network, this.steps, this.blockSteps, Columns) = (table, network, steps, blockSteps, columns);
        scale = new(normalisation);
        rewards = new float[steps];
        nextValues = new float[steps];
        advantages = new float[columns.Length * steps];
        targets = new float[advantages.Length];
        goals = new float[advantages.Length];
        first = new float[advantages.Length];
        blockGoals = new float[blockSteps * columns.Length];
        blockFirst = new float[blockSteps * columns.Length];
    }

    /// <summary>By column, the agents judged.</summary>
    public int[][] Columns { get; }

    /// <summary>Advantages of a column, [steps].</summary>
    public ReadOnlySpan<float> Advantages(int column) => advantages.AsSpan(column * steps, steps);

    public void Dispose() => network.Dispose();

    /// <summary>Values of all positions, then for each column advantages and targets (see <see cref="GeneralisedAdvantage"/>).</summary>
    public void Judge(Batch batch, PpoOptions options, PpoFigures figures)
    {
        Evaluate(batch);
        for (var column = 0; column < Columns.Length; column++)
        {
            var agent = Columns[column][0];
            var all = values.AsSpan(column * batch.Positions, batch.Positions);
            var here = all[..steps];
            var advantage = advantages.AsSpan(column * steps, steps);
            Share(batch, agent, options.Reward);
            GeneralisedAdvantage.NextValues(here, all.Slice(steps, batch.Copies), batch.FinalIndexes, all[(steps + batch.Copies)..], nextValues);
            GeneralisedAdvantage.Advantages(
                batch.Copies, rewards, here, nextValues, batch[agent, RolloutMessages.Terminated], batch[agent, RolloutMessages.Truncated], options.Gamma, options.Lambda, advantage);
            GeneralisedAdvantage.Targets(advantage, here, targets.AsSpan(column * steps, steps));
        }

        figures.AddCritic(targets, advantages);
        SetGoals(batch.Positions);
        if (options.NormaliseAdvantages)
        {
            Standardise.InPlace(advantages);
        }
    }

    /// <summary>Adds the gradient of the loss over a minibatch of steps, block by block; returns the loss.</summary>
    public double Learn(ReadOnlySpan<int> minibatch, ValueLoss loss)
    {
        var columns = Columns.Length;
        var weight = 1f / (minibatch.Length * columns);
        var sum = 0.0;
        while (minibatch.Length > 0)
        {
            var part = minibatch[..Math.Min(blockSteps, minibatch.Length)];
            var (rows, length) = (part.Length * table.Rows, part.Length * columns);
            table.Gather(part, network.Inputs);
            InputTable.Gather(goals, columns, part, blockGoals);
            InputTable.Gather(first, columns, part, blockFirst);
            var outputs = network.Forward(rows);
            sum += loss.Add(outputs, blockFirst.AsSpan(0, length), blockGoals.AsSpan(0, length), weight, network.OutputGradients[..length]);
            network.Backward(rows);
            minibatch = minibatch[part.Length..];
        }

        return sum * weight;
    }

    public void Save(StageSnapshot snapshot, string name) => scale.Save(snapshot, name);

    public void Load(StageSnapshot snapshot, string name) => scale.Load(snapshot, name);

    private void Evaluate(Batch batch)
    {
        var (columns, positions) = (Columns.Length, batch.Positions);
        if (values.Length < columns * positions)
        {
            values = new float[columns * positions];
        }

        for (var from = 0; from < positions; from += blockSteps)
        {
            var count = Math.Min(blockSteps, positions - from);
            table.Range(from, count).CopyTo(network.Inputs);
            var outputs = network.Forward(count * table.Rows);
            for (var i = 0; i < outputs.Length; i++)
            {
                var (position, column) = Math.DivRem(i, columns);
                values[(column * positions) + from + position] = outputs[i];
            }
        }

        scale.Denormalise(values.AsSpan(0, columns * positions));
    }

    /// <summary>The reward of every step, from which the agent learns.</summary>
    private void Share(Batch batch, int agent, RewardShare share)
    {
        if (share == RewardShare.Own)
        {
            batch[agent, RolloutMessages.Reward].CopyTo(rewards);
            return;
        }

        var weight = share == RewardShare.TeamMean ? 1f / batch.Agents : 1;
        for (var i = 0; i < steps; i++)
        {
            var sum = 0f;
            for (var other = 0; other < batch.Agents; other++)
            {
                sum += batch[other, RolloutMessages.Reward][i];
            }

            rewards[i] = weight * sum;
        }
    }

    /// <summary>Takes the targets into the unit of the outputs, and targets and first values over in that unit.</summary>
    private void SetGoals(int positions)
    {
        scale.Update(targets);
        var columns = Columns.Length;
        for (var column = 0; column < columns; column++)
        {
            for (var i = 0; i < steps; i++)
            {
                goals[(i * columns) + column] = targets[(column * steps) + i];
                first[(i * columns) + column] = values[(column * positions) + i];
            }
        }

        scale.Normalise(goals);
        scale.Normalise(first);
    }
}
