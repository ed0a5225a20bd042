using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Algorithms.Surrogate;

/// <summary>The stage of <see cref="SurrogateComponents.Agent"/>. A step that begins something waits for what is to be done.</summary>
internal sealed class PointAgent : IStage
{
    private static readonly Needs OneStep = new(1, 0);
    private static readonly Needs OnePoint = new(0, 1);

    private readonly bool isEvaluation;
    private readonly float[] point;
    private readonly MessagePool actions;
    private Stamp? held; // of the step that waits

    public PointAgent(StageContext context)
    {
        isEvaluation = context.Purpose == Purpose.Evaluation;
        point = new float[context.Types.Input("parameters").Get<int>("range")];
        actions = new(ActionMessages.Layout(context.Types.Output("actions")));
    }

    public Needs Needs => held is null ? OneStep : OnePoint;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (held is { } waiting)
        {
            firing[SurrogateComponents.Point][ParameterMessages.Parameters].CopyTo(point);
            held = null;
            Act(waiting, outputs);
            return;
        }

        var stamp = firing[AgentPorts.Steps].Stamp;
        if (isEvaluation && stamp.Step > 0)
        {
            Act(stamp, outputs);
            return;
        }

        held = stamp;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("point.parameters", point);
        snapshot.Put<int>("point.held", held is { } at ? [at.Update, at.Step, at.Round] : []);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("point.parameters", point);
        held = snapshot.Get<int>("point.held") is [var update, var step, var round] ? new(update, step, round) : null;
    }

    public void Dispose()
    {
    }

    private void Act(Stamp stamp, IOutputs outputs)
    {
        var message = actions.Rent(stamp);
        var chosen = message.Write(ActionMessages.Action);
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = point[i % point.Length];
        }

        outputs.Send(AgentPorts.Actions, message);
    }
}
