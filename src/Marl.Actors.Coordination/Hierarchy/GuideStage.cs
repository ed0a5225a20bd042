using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>
/// The stage of <see cref="GuideComponent"/>. A step at which a goal is due is held: its report goes out, the goal comes in,
/// then the agent gets the step. The pay for a step is by the goal that held during it.
/// </summary>
internal sealed class GuideStage : IStage
{
    private const int Plane = GoalMessages.Dimensions;

    private static readonly Needs OneStep = new(1, 0);
    private static readonly Needs OneGoal = new(0, 1);

    private readonly GuideOptions options;
    private readonly StageContext context;
    private readonly int copies;
    private readonly ReportWindow window;
    private readonly MessagePool guided;
    private readonly MessagePool guidedEnded;
    private readonly MessagePool goals;
    private readonly float[] goal;   // [copies, 2]: set last
    private readonly float[] before; // [copies, 2]: the goal of the step that led here, for last observations
    private readonly float[] place;  // [copies, 2]: where the last step began
    private readonly float[] pay;    // [copies]: for it
    private bool hasPlace;           // there is a last step
    private Message? held;

    public GuideStage(GuideOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var type = context.Types.Input("steps");
        copies = type.Get<int>("copies");
        var agent = new AgentSpec("", GuideComponent.Observation(options), type.Get<Space>("action"), type.Get<bool>("mask"));
        guided = new(StepMessages.Layout(copies, agent, fixedRoster: true, anyEnded: false));
        guidedEnded = new(StepMessages.Layout(copies, agent, fixedRoster: true, anyEnded: true));
        goals = new(GoalMessages.Layout(copies));
        window = new(copies, options.Observes, options.Report);
        (goal, before, place, pay) = (new float[copies * Plane], new float[copies * Plane], new float[copies * Plane], new float[copies]);
    }

    public Needs Needs => held is null ? OneStep : OneGoal;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (held is not null)
        {
            firing[GuideComponent.Goals][GoalMessages.Goal].CopyTo(goal);
            Guide(held, outputs);
            held.Release();
            held = null;
            return;
        }

        var step = firing[GuideComponent.Steps];
        if (context.Purpose == Purpose.Evaluation && step.Stamp.Step == 0)
        {
            hasPlace = false; // a new pass: nothing led here
            window.Begin();
        }

        Pay(step);
        if (step.Stamp.Step % options.Every == 0)
        {
            outputs.Send(GuideComponent.Reports, window.Report(step, new(step.Stamp.Update, step.Stamp.Step / options.Every)));
            held = step.Retain();
        }
        else
        {
            Guide(step, outputs);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("guide.has", [hasPlace ? (byte)1 : (byte)0, held is null ? (byte)0 : (byte)1]);
        snapshot.Put<float>("guide.goal", goal);
        snapshot.Put<float>("guide.before", before);
        snapshot.Put<float>("guide.place", place);
        snapshot.Put<float>("guide.pay", pay);
        window.Save(snapshot);
        if (held is not null)
        {
            snapshot.PutMessage("guide.held", held);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        Span<byte> has = stackalloc byte[2];
        snapshot.GetInto("guide.has", has);
        hasPlace = has[0] == 1;
        snapshot.GetInto<float>("guide.goal", goal);
        snapshot.GetInto<float>("guide.before", before);
        snapshot.GetInto<float>("guide.place", place);
        snapshot.GetInto<float>("guide.pay", pay);
        window.Load(snapshot);
        held = has[1] == 1 ? snapshot.GetMessage("guide.held") : null;
    }

    public void Dispose()
    {
        held?.Release();
        held = null;
    }

    // pay = intrinsic · (|goal − place before| − |goal − place after|) / unit + extrinsic · reward; where an episode ended, the
    // place after is that of its last observation.
    private void Pay(Message step)
    {
        goal.CopyTo(before, 0);
        if (hasPlace)
        {
            window.Add(step);
        }

        var reward = step[StepMessages.Reward];
        for (var copy = 0; copy < copies; copy++)
        {
            var here = step[StepMessages.Observation].Slice(copy * options.Observes, Plane);
            var there = IsEnd(step, copy) ? step[StepMessages.FinalObservation].Slice(copy * options.Observes, Plane) : here;
            var nearer = Distance(copy, place.AsSpan(copy * Plane, Plane)) - Distance(copy, there);
            pay[copy] = hasPlace ? (float)((options.Intrinsic * nearer / options.Unit) + (options.Extrinsic * reward[copy])) : 0;
            here.CopyTo(place.AsSpan(copy * Plane, Plane));
        }

        hasPlace = true;
    }

    private void Guide(Message step, IOutputs outputs)
    {
        var hasFinals = step.Has(StepMessages.FinalObservation);
        var message = (hasFinals ? guidedEnded : guided).Rent(step.Stamp);
        Point(step[StepMessages.Observation], goal, message.Write(StepMessages.Observation));
        pay.CopyTo(message.Write(StepMessages.Reward));
        step[StepMessages.Terminated].CopyTo(message.Write(StepMessages.Terminated));
        step[StepMessages.Truncated].CopyTo(message.Write(StepMessages.Truncated));
        if (message.Has(StepMessages.Mask))
        {
            step[StepMessages.Mask].CopyTo(message.Write(StepMessages.Mask));
        }

        if (hasFinals)
        {
            Point(step[StepMessages.FinalObservation], before, message.Write(StepMessages.FinalObservation));
        }

        outputs.Send(GuideComponent.Guided, message);
        if (outputs.IsRead(GuideComponent.Held))
        {
            var told = goals.Rent(step.Stamp);
            goal.CopyTo(told.Write(GoalMessages.Goal));
            outputs.Send(GuideComponent.Held, told);
        }
    }

    /// <summary>Observations with the way to a goal behind each.</summary>
    private void Point(ReadOnlySpan<float> observations, ReadOnlySpan<float> towards, Span<float> target)
    {
        var width = options.Observes + Plane;
        for (var copy = 0; copy < copies; copy++)
        {
            var seen = observations.Slice(copy * options.Observes, options.Observes);
            var row = target.Slice(copy * width, width);
            seen.CopyTo(row);
            for (var i = 0; i < Plane; i++)
            {
                row[options.Observes + i] = (float)((towards[(copy * Plane) + i] - seen[i]) / options.Unit);
            }
        }
    }

    private static bool IsEnd(Message step, int copy) => step[StepMessages.Terminated][copy] + step[StepMessages.Truncated][copy] > 0;

    private double Distance(int copy, ReadOnlySpan<float> from)
    {
        var (dx, dy) = ((double)goal[copy * Plane] - from[0], (double)goal[(copy * Plane) + 1] - from[1]);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }
}
