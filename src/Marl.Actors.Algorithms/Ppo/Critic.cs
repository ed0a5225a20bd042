using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;
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
    private readonly CriticValues said;    // by the critic
    private readonly CriticValues trusted; // by its target critic, or by itself: what targets are made with
    private readonly ReturnEstimate estimate;
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

    /// <param name="table">What it sees.</param>
    /// <param name="network">Rows of the table to outputs; rows × outputs are the columns.</param>
    /// <param name="columns">By column, the agents judged.</param>
    /// <param name="steps">Steps of a batch.</param>
    /// <param name="blockSteps">Steps computed at once.</param>
    /// <param name="normalisation">Unit of the outputs.</param>
    /// <param name="target">The target critic's network; null without.</param>
    public Critic(
        InputTable table, ITrainableNetwork network, int[][] columns, int steps, int blockSteps, ValueNormalisation normalisation, ITrainableNetwork? target = null)
    {
        (this.table, this.network, this.steps, this.blockSteps, Columns) = (table, network, steps, blockSteps, columns);
        scale = new(normalisation);
        said = new(network, table, columns.Length, blockSteps);
        trusted = target is null ? said : new(target, table, columns.Length, blockSteps);
        estimate = new(steps);
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

    public void Dispose()
    {
        said.Dispose();
        if (trusted != said)
        {
            trusted.Dispose();
        }
    }

    /// <summary>Values of all positions, then for each column advantages and targets (see <see cref="ReturnEstimate"/>).</summary>
    public void Judge(Batch batch, PpoOptions options, PpoFigures figures)
    {
        hasFixedRoster = batch.HasFixedRoster;
        said.Evaluate(batch.Positions, scale);
        if (trusted != said)
        {
            trusted.Evaluate(batch.Positions, scale);
        }

        for (var column = 0; column < Columns.Length; column++)
        {
            FindOwn(batch, column);
            Estimate(batch, column, options);
        }

        var wanted = Learned(targets);
        if (wanted.Length > 0)
        {
            figures.AddCritic(wanted, Learned(advantages));
            scale.Update(wanted);
        }

        Weigh(options);
        SetGoals();
        SetFirst();
    }

    /// <summary>Judges the same batch by what has been learned from it; the target critic and the unit of the outputs stay.</summary>
    public void JudgeAgain(Batch batch, PpoOptions options)
    {
        said.Evaluate(batch.Positions, scale);
        for (var column = 0; column < Columns.Length; column++)
        {
            if (trusted == said)
            {
                Estimate(batch, column, options);
            }
            else
            {
                Exceed(column);
            }
        }

        Weigh(options);
        SetGoals();
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

    /// <summary>The unit of its outputs, which goes with its parameters.</summary>
    public byte[] Pack() => scale.Pack();

    /// <summary>Takes it over.</summary>
    public void Unpack(byte[] bytes) => scale.Unpack(bytes);

    public void Load(StageSnapshot snapshot, string name) => scale.Load(snapshot, name);

    private void FindOwn(Batch batch, int column)
    {
        if (hasFixedRoster)
        {
            return;
        }

        var own = batch.Own(Columns[column][0]).IsOwn;
        own.CopyTo(owned.AsSpan(column * steps, steps));
        for (var i = 0; i < steps; i++)
        {
            isOwn[(i * Columns.Length) + column] = own[i];
        }
    }

    private void Estimate(Batch batch, int column, PpoOptions options)
    {
        var place = column * steps;
        estimate.Run(batch, Columns[column][0], options, trusted.Column(column), advantages.AsSpan(place, steps), targets.AsSpan(place, steps));
        if (trusted != said)
        {
            Exceed(column);
        }
    }

    /// <summary>Advantages over what the critic says itself.</summary>
    private void Exceed(int column)
    {
        var values = said.Column(column);
        for (var i = 0; i < steps; i++)
        {
            advantages[(column * steps) + i] = targets[(column * steps) + i] - values[i];
        }
    }

    /// <summary>Those of a column's numbers that are learned from; moments are theirs.</summary>
    private Span<float> Learned(float[] all) =>
        hasFixedRoster ? all : OwnRows.Pick(all, owned, all == targets ? picked : picked.AsSpan(all.Length));

    private void Weigh(PpoOptions options)
    {
        var weighed = Learned(advantages);
        if (!options.NormaliseAdvantages || weighed.Length == 0)
        {
            return;
        }

        Standardise.InPlace(weighed);
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

    /// <summary>Takes the targets over in the unit of the outputs.</summary>
    private void SetGoals()
    {
        for (var i = 0; i < targets.Length; i++)
        {
            var (column, step) = Math.DivRem(i, steps);
            goals[(step * Columns.Length) + column] = targets[i];
        }

        scale.Normalise(goals);
    }

    /// <summary>Takes the values over that the critic began with, in the unit its outputs now have.</summary>
    private void SetFirst()
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            var values = said.Column(column);
            for (var i = 0; i < steps; i++)
            {
                first[(i * Columns.Length) + column] = values[i];
            }
        }

        scale.Normalise(first);
    }
}
