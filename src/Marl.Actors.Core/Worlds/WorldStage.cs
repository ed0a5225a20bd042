using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Core.Worlds;

/// <summary>
/// Runs a world as a stage: one firing is one vector step. Counts time limits, resets ended copies in the same step, and
/// keeps the books on episodes. In training it ends after the experiment's steps; in evaluation every copy plays one
/// episode a pass, and a pass begins when the agents have new weights. A world in shards begins the same episodes in its
/// copies as one in a single piece: their keys go by the number of the copy among those of all shards.
/// </summary>
internal sealed class WorldStage : IStage, IClock, IDrawableStage
{
    private static readonly Needs OneAction = new(1);

    private readonly IWorld world;
    private readonly WorldSpec spec;
    private readonly StageContext context;
    private readonly RandomKey beginnings; // of episodes, by copy
    private readonly RandomKey dynamics;   // of vector steps, which all copies of the shard draw from in turn
    private readonly long firstCopy;       // its number among the copies of all shards
    private readonly WorldMessages messages;
    private readonly EpisodeLedger ledger;
    private readonly float[] actions;
    private readonly int[] offsets;
    private readonly float[] rewards;
    private readonly float[] terminated;
    private readonly float[] truncated;
    private readonly long[] episodes;       // begun in each copy: the tag of its reset key
    private readonly double[] finished;     // training: sums since the last report. evaluation: [agents, copies] returns
    private readonly int[] finishedLength;  // training: [0] sum. evaluation: [copies], 0 while the pass still plays
    private readonly int[] finishedWell;    // training: [0] sum. evaluation: [copies], 1 for a success. Empty where the world has none
    private readonly float[] succeeded;     // [copies], as episodes end; likewise
    private int finishedCount;
    private Stamp stamp;

    public WorldStage(IWorld world, StageContext context)
    {
        this.world = world;
        this.context = context;
        spec = world.Spec;
        var (agents, copies) = (spec.Agents.Count, world.Copies);
        firstCopy = (long)(context.Shard.Index ?? 0) * copies;
        (beginnings, dynamics) = (context.CommonKey.Derive("reset"), context.Key.Derive("step"));
        messages = new(world, context);
        ledger = new(agents, copies);
        offsets = new int[agents + 1];
        for (var agent = 0; agent < agents; agent++)
        {
            offsets[agent + 1] = offsets[agent] + (copies * spec.Agents[agent].Action.Width);
        }

        actions = new float[offsets[agents]];
        rewards = new float[agents * copies];
        terminated = new float[copies];
        truncated = new float[copies];
        episodes = new long[copies];
        finished = new double[IsEvaluation ? agents * copies : agents];
        finishedLength = new int[IsEvaluation ? copies : 1];
        finishedWell = new int[spec.HasSuccess ? finishedLength.Length : 0];
        succeeded = new float[spec.HasSuccess ? copies : 0];
    }

    public long VectorSteps { get; private set; }

    public bool AtBoundary => stamp.Step == 0;

    public Needs Needs => (IsEvaluation ? stamp.Update >= context.Passes : VectorSteps >= context.VectorSteps) ? Needs.Ended : OneAction;

    private bool IsEvaluation => context.Purpose == Purpose.Evaluation;

    public void Start(IOutputs outputs)
    {
        for (var copy = 0; copy < world.Copies; copy++)
        {
            Reset(copy);
        }

        messages.Send(stamp, rewards, terminated, truncated, anyEnded: false, outputs);
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        Gather(firing);
        var random = dynamics.Derive((ulong)VectorSteps).Stream();
        Array.Clear(rewards);
        Array.Clear(terminated);
        world.Step(new(actions, offsets, world.Copies), ref random, rewards, terminated);
        VectorSteps++;
        ledger.Add(rewards);
        var anyEnded = Close(outputs);
        stamp = IsEvaluation ? stamp with { Step = stamp.Step + 1 } : stamp.NextStep(context.Iteration);

        if (IsEvaluation && finishedCount == world.Copies)
        {
            Report(outputs, messages.Scores(stamp.Update, finished, finishedLength, finishedWell), WorldComponent.Scores);
            BeginPass();
        }
        else if (!IsEvaluation && AtBoundary)
        {
            Report(outputs, messages.Episodes(stamp.Update - 1, finishedCount, finishedLength[0], finished, finishedWell.FirstOrDefault()), WorldComponent.Episodes);
        }

        messages.Send(stamp, rewards, terminated, truncated, anyEnded, outputs);
    }

    public void Save(StageSnapshot snapshot)
    {
        world.Save(snapshot);
        ledger.Save(snapshot);
        snapshot.Put("stage.time", [VectorSteps, stamp.Update, stamp.Step, finishedCount]);
        snapshot.Put<long>("stage.episodes", episodes);
        snapshot.Put<double>("stage.finished", finished);
        snapshot.Put<int>("stage.finished-length", finishedLength);
        if (spec.HasSuccess)
        {
            snapshot.Put<int>("stage.finished-well", finishedWell);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        world.Load(snapshot);
        ledger.Load(snapshot);
        Span<long> time = stackalloc long[4];
        snapshot.GetInto("stage.time", time);
        VectorSteps = time[0];
        stamp = new((int)time[1], (int)time[2]);
        finishedCount = (int)time[3];
        snapshot.GetInto<long>("stage.episodes", episodes);
        snapshot.GetInto<double>("stage.finished", finished);
        snapshot.GetInto<int>("stage.finished-length", finishedLength);
        if (spec.HasSuccess)
        {
            snapshot.GetInto<int>("stage.finished-well", finishedWell);
        }
    }

    public IDrawableWorld? Drawable => world as IDrawableWorld;

    public void Dispose() => (world as IDisposable)?.Dispose();

    private void Gather(Firing firing)
    {
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            var target = actions.AsSpan(offsets[agent]..offsets[agent + 1]);
            var message = firing[WorldComponent.Actions, agent];
            if (!message.IsAbsent)
            {
                message[ActionMessages.Action].CopyTo(target);
            }
            else
            {
                target.Fill(spec.Agents[agent].NoOp ?? (messages.IsActiveAnywhere(agent)
                    ? throw new InvalidOperationException($"'{spec.Agents[agent].Name}' sent no action at {message.Stamp}, and {context.Stage} has no action that does nothing.")
                    : 0));
            }
        }
    }

    /// <summary>Ends episodes: time limits, final observations, books, resets. True when one ended.</summary>
    private bool Close(IOutputs outputs)
    {
        var anyEnded = ledger.Cut(spec.MaxSteps, terminated, truncated);
        messages.TakeDepartures();
        if (!anyEnded)
        {
            return false;
        }

        messages.TakeFinals(outputs);
        if (spec.HasSuccess)
        {
            world.Succeeded(succeeded);
        }

        for (var copy = 0; copy < world.Copies; copy++)
        {
            if (terminated[copy] + truncated[copy] > 0)
            {
                Book(copy);
                Reset(copy);
            }
        }

        return true;
    }

    private void Book(int copy)
    {
        if (IsEvaluation && finishedLength[copy] > 0)
        {
            return; // this copy has played its episode of the pass already
        }

        finishedCount++;
        finishedLength[IsEvaluation ? copy : 0] += ledger.Length(copy);
        if (spec.HasSuccess)
        {
            finishedWell[IsEvaluation ? copy : 0] += (int)succeeded[copy];
        }

        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            finished[IsEvaluation ? (agent * world.Copies) + copy : agent] += ledger.Return(agent, copy);
        }
    }

    private void Reset(int copy)
    {
        var random = beginnings.Derive((ulong)(firstCopy + copy)).Derive((ulong)episodes[copy]++).Stream();
        world.Reset(copy, ref random);
        ledger.Clear(copy);
    }

    private void Report(IOutputs outputs, Message message, int port)
    {
        outputs.Send(port, message);
        finishedCount = 0;
        Array.Clear(finished);
        Array.Clear(finishedLength);
        Array.Clear(finishedWell);
    }

    private void BeginPass()
    {
        stamp = new(stamp.Update + 1);
        for (var copy = 0; copy < world.Copies; copy++)
        {
            Reset(copy);
        }
    }
}
