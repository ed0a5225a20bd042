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
    private readonly bool[] isOwn;         // [steps, columns]: where there is something to learn from
    private readonly bool[] owned;         // [columns, steps]: the same
    private readonly float[] picked;       // targets and advantages of those
    private readonly int[] rows;           // of a minibatch: step · rows of the table + row
    private bool hasFixedRoster = true;
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
        (isOwn, owned) = (new bool[advantages.Length], new bool[advantages.Length]);
        picked = new float[2 * advantages.Length];
        rows = new int[steps * table.Rows];
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
        hasFixedRoster = batch.HasFixedRoster;
        for (var column = 0; column < Columns.Length; column++)
        {
            var agent = Columns[column][0];
            var all = values.AsSpan(column * batch.Positions, batch.Positions);
            var here = all[..steps];
            var advantage = advantages.AsSpan(column * steps, steps);
            if (!hasFixedRoster)
            {
                JudgeOwn(batch.Own(agent), column, all, options);
                continue;
            }

            Share(batch, agent, options.Reward);
            GeneralisedAdvantage.NextValues(here, all.Slice(steps, batch.Copies), batch.FinalIndexes, all[(steps + batch.Copies)..], nextValues);
            GeneralisedAdvantage.Advantages(
                batch.Copies, rewards, here, nextValues, batch[agent, RolloutMessages.Terminated], batch[agent, RolloutMessages.Truncated], options.Gamma, options.Lambda, advantage);
            GeneralisedAdvantage.Targets(advantage, here, targets.AsSpan(column * steps, steps));
        }

        Weigh(options, figures);
        SetGoals(batch.Positions);
    }

    /// <summary>Adds the gradient of the loss over a minibatch of steps, block by block; returns the loss.</summary>
    public double Learn(ReadOnlySpan<int> minibatch, ValueLoss loss)
    {
        var width = Columns.Length / table.Rows;
        var left = rows.AsSpan(0, OwnRows.Of(minibatch, table.Rows, hasFixedRoster ? [] : isOwn, rows));
        var weight = 1f / Math.Max(1, Count(left, width));
        var sum = 0.0;
        while (left.Length > 0)
        {
            var part = left[..Math.Min(blockSteps * table.Rows, left.Length)];
            var length = part.Length * width;
            table.Gather(part, network.Inputs);
            InputTable.Gather(goals, width, part, blockGoals);
            InputTable.Gather(first, width, part, blockFirst);
            var outputs = network.Forward(part.Length);
            Excuse(part, width, outputs);
            sum += loss.Add(outputs, blockFirst.AsSpan(0, length), blockGoals.AsSpan(0, length), weight, network.OutputGradients[..length]);
            network.Backward(part.Length);
            left = left[part.Length..];
        }

        return sum * weight;
    }

    public void Save(StageSnapshot snapshot, string name) => scale.Save(snapshot, name);

    public void Load(StageSnapshot snapshot, string name) => scale.Load(snapshot, name);

    private void JudgeOwn(OwnTransitions own, int column, ReadOnlySpan<float> all, PpoOptions options)
    {
        var advantage = advantages.AsSpan(column * steps, steps);
        own.Advantages(all, options.Gamma, options.Lambda, advantage);
        GeneralisedAdvantage.Targets(advantage, all[..steps], targets.AsSpan(column * steps, steps));
        own.IsOwn.CopyTo(owned.AsSpan(column * steps, steps));
        for (var i = 0; i < steps; i++)
        {
            isOwn[(i * Columns.Length) + column] = own.IsOwn[i];
        }
    }

    /// <summary>Moments are those of what is learned from.</summary>
    private void Weigh(PpoOptions options, PpoFigures figures)
    {
        var wanted = targets.AsSpan();
        var weighed = advantages.AsSpan();
        if (!hasFixedRoster)
        {
            wanted = OwnRows.Pick(targets, owned, picked);
            weighed = OwnRows.Pick(advantages, owned, picked.AsSpan(advantages.Length));
        }

        if (wanted.Length == 0)
        {
            return;
        }

        figures.AddCritic(wanted, weighed);
        scale.Update(wanted);
        if (options.NormaliseAdvantages)
        {
            Standardise.InPlace(weighed);
        }

        if (!hasFixedRoster)
        {
            OwnRows.PutBack(weighed, owned, advantages);
        }
    }

    /// <summary>Columns of some rows that are learned from.</summary>
    private int Count(ReadOnlySpan<int> part, int width)
    {
        var count = part.Length * width;
        for (var i = 0; i < part.Length && !hasFixedRoster && width > 1; i++)
        {
            count -= isOwn.AsSpan(part[i] * width, width).Count(false);
        }

        return count;
    }

    /// <summary>A column without a transition has no error, whatever the critic says of it.</summary>
    private void Excuse(ReadOnlySpan<int> part, int width, ReadOnlySpan<float> outputs)
    {
        for (var i = 0; i < part.Length * width && !hasFixedRoster && width > 1; i++)
        {
            if (!isOwn[(part[i / width] * width) + (i % width)])
            {
                (blockGoals[i], blockFirst[i]) = (outputs[i], outputs[i]);
            }
        }
    }

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

    /// <summary>Takes targets and first values over in the unit of the outputs.</summary>
    private void SetGoals(int positions)
    {
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
