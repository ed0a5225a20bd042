using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Learning.Parallel;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// What an update does with the batch of one shard of the world: judges it, and makes the gradient of one minibatch after
/// another. Who steps along them is not its business. Critics are judged, and advantages and targets brought to scale, by the
/// shard's own batch, so that shards exchange gradients and nothing else. A minibatch takes whole steps, with all agents in
/// them; where a policy has a memory all steps of some copies. Policies and critics touch disjoint parameters, so they learn at
/// the same time.
/// </summary>
internal sealed class PpoShard : IDisposable
{
    private readonly RandomKey key;
    private readonly ParallelPair pair;
    private Batch? batch;
    private long update;
    private int[] order = [];       // a permutation of the steps, or of the copies where whole sequences are needed
    private int[] sequences = [];   // all steps of some copies, the earliest first
    private ReadOnlyMemory<int> minibatch;
    private PolicyLoss policyLoss;
    private PolicySums policySums;
    private ValueLoss valueLoss;
    private double valueSum;

    /// <param name="options">The options.</param>
    /// <param name="model">What it learns.</param>
    /// <param name="common">The learner's key, the same for all shards.</param>
    /// <param name="shard">Which one, from 0.</param>
    public PpoShard(PpoOptions options, PpoModel model, RandomKey common, int shard)
    {
        (Options, Model) = (options, model);
        key = common.Derive("minibatches");
        key = shard == 0 ? key : key.Derive("shard").Derive((ulong)shard);
        pair = new(LearnPolicies, LearnValues);
    }

    /// <summary>How it learns; those options on which networks are built must stay.</summary>
    public PpoOptions Options { get; set; }

    /// <summary>What it learns; the gradients are those of the last minibatch.</summary>
    public PpoModel Model { get; }

    /// <summary>Sums over the policies' rows of the last minibatch.</summary>
    public ref readonly PolicySums PolicySums => ref policySums;

    /// <summary>The critics' loss over the last minibatch.</summary>
    public double ValueLoss => valueSum;

    /// <summary>Minibatches of this update, over all its epochs.</summary>
    public int Minibatches => Options.Epochs * Parts;

    /// <summary>What a minibatch is made of: steps, or copies.</summary>
    private int Units => Model.HasMemory ? batch!.Copies : batch!.Steps;

    /// <summary>Minibatches of an epoch.</summary>
    private int Parts => Math.Min(Options.Minibatches, Units);

    /// <summary>Begins an update: judges the batch with the critics as they are.</summary>
    public void Begin(Batch with, long number, long total, PpoFigures figures)
    {
        (batch, update) = (with, number);
        Array.ForEach(Model.Tables, t => t.Fill(batch));
        Array.ForEach(Model.Groups, g => g.Fill(batch));
        Array.ForEach(Model.Critics, c => c.Judge(batch, Options, figures));
        PassAdvantages();
        var entropy = Options.EntropyEnd < 0 ? Options.Entropy : Schedules.Linear(Options.Entropy, Options.EntropyEnd, update, total);
        policyLoss = new((float)Options.Clip, (float)entropy);
        valueLoss = new((float)Options.ValueWeight, (float)Options.ValueClip);
    }

    /// <summary>After <see cref="Begin"/>: as if all minibatches before one had been learned from.</summary>
    public void GoOnAt(int number)
    {
        if (number % Parts != 0)
        {
            BeginEpoch(number / Parts);
        }
    }

    /// <summary>Adds the gradient of a minibatch, counted from 0 over all epochs, to those of the model.</summary>
    public void Learn(int number)
    {
        var (epoch, part) = Math.DivRem(number, Parts);
        if (part == 0)
        {
            BeginEpoch(epoch);
        }

        var chosen = order.AsMemory((int)((long)part * Units / Parts)..(int)((part + 1L) * Units / Parts));
        minibatch = Model.HasMemory ? Steps(chosen.Span, batch!) : chosen;
        policySums = default;
        valueSum = 0;
        pair.Run();
    }

    /// <summary>Ends the update.</summary>
    public void End()
    {
        batch = null;
        if ((update + 1) % Options.TargetPeriod == 0)
        {
            Model.FollowCritics((float)Options.TargetRate);
        }
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        if (Model.Target is { } target)
        {
            snapshot.Put($"{name}.target", target.Values);
        }

        for (var i = 0; i < Model.Critics.Length; i++)
        {
            Model.Critics[i].Save(snapshot, $"{name}.critic-{i}");
        }
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        if (Model.Target is { } target)
        {
            snapshot.GetInto($"{name}.target", target.Change());
        }

        for (var i = 0; i < Model.Critics.Length; i++)
        {
            Model.Critics[i].Load(snapshot, $"{name}.critic-{i}");
        }
    }

    public void Dispose() => Model.Dispose();

    private void BeginEpoch(int epoch)
    {
        if (epoch > 0 && Options.JudgeEachEpoch)
        {
            Array.ForEach(Model.Critics, c => c.JudgeAgain(batch!, Options));
            PassAdvantages();
        }

        Shuffle(Units, key.Derive((ulong)update).Derive((ulong)epoch).Stream());
    }

    private void PassAdvantages()
    {
        foreach (var critic in Model.Critics)
        {
            for (var column = 0; column < critic.Columns.Length; column++)
            {
                foreach (var agent in critic.Columns[column])
                {
                    var group = Model.Groups.First(g => g.Agents.Contains(agent));
                    group.Judge(Array.IndexOf(group.Agents, agent), critic.Advantages(column));
                }
            }
        }
    }

    /// <summary>All steps of some copies, the earliest first.</summary>
    private ReadOnlyMemory<int> Steps(ReadOnlySpan<int> copies, Batch of)
    {
        if (sequences.Length != of.Steps)
        {
            sequences = new int[of.Steps];
        }

        var count = 0;
        for (var first = 0; first < of.Steps; first += of.Copies)
        {
            foreach (var copy in copies)
            {
                sequences[count++] = first + copy;
            }
        }

        return sequences.AsMemory(0, count);
    }

    private void Shuffle(int units, RandomStream random)
    {
        if (order.Length != units)
        {
            order = new int[units];
        }

        for (var i = 0; i < units; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order.AsSpan());
    }

    private void LearnPolicies()
    {
        foreach (var group in Model.Groups)
        {
            group.Learn(minibatch.Span, policyLoss, ref policySums);
        }
    }

    private void LearnValues()
    {
        foreach (var critic in Model.Critics)
        {
            valueSum += critic.Learn(minibatch.Span, valueLoss);
        }
    }
}
