using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Surrogate;

/// <summary>The stage of <see cref="SurrogateComponents.Learner"/>: an order, then as many steps as there are to the next.</summary>
internal sealed class SurrogateLearner : IStage
{
    private static readonly Needs NextOrder = new(0, 1);
    private static readonly Needs NextStep = new(1, 0);

    private readonly double learningRate;
    private readonly int every;
    private readonly float[] point;   // θ
    private readonly float[] weights; // h
    private readonly MessagePool parameters;
    private readonly MessagePool members;
    private long steps;
    private bool isOrdered;

    public SurrogateLearner(SurrogateOptions options, StageContext context)
    {
        learningRate = options.LearningRate;
        every = context.Types.Input("orders").Get<int>("every");
        point = [.. options.First.Select(x => (float)x)];
        weights = new float[point.Length];
        (parameters, members) = (new(ParameterMessages.Layout(point.Length)), new(MemberMessages.Layout(point.Length, 0)));
    }

    public Needs Needs => isOrdered ? NextStep : NextOrder;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (isOrdered)
        {
            Climb();
            isOrdered = ++steps % every != 0;
            if (!isOrdered)
            {
                var member = members.Rent(firing[SurrogateComponents.State].Stamp);
                point.CopyTo(member.Write(MemberMessages.Weights));
                outputs.Send(SurrogateComponents.Members, member);
                return;
            }
        }
        else
        {
            Obey(firing[SurrogateComponents.Orders]);
        }

        var message = parameters.Rent(new((int)steps));
        point.CopyTo(message.Write(ParameterMessages.Parameters));
        outputs.Send(SurrogateComponents.Parameters, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("surrogate.time", [steps, isOrdered ? 1 : 0]);
        snapshot.Put<float>("surrogate.point", point);
        snapshot.Put<float>("surrogate.weights", weights);
    }

    public void Load(StageSnapshot snapshot)
    {
        Span<long> time = stackalloc long[2];
        snapshot.GetInto("surrogate.time", time);
        (steps, isOrdered) = (time[0], time[1] == 1);
        snapshot.GetInto<float>("surrogate.point", point);
        snapshot.GetInto<float>("surrogate.weights", weights);
    }

    public void Dispose()
    {
    }

    /// <summary>θᵢ ← θᵢ + α ∂Q̂/∂θᵢ = θᵢ − 2 α hᵢ θᵢ.</summary>
    private void Climb()
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] -= (float)(2 * learningRate * weights[i] * point[i]);
        }
    }

    private void Obey(Message order)
    {
        order[OrderMessages.Settings].CopyTo(weights);
        if (order.Has(OrderMessages.Weights))
        {
            order[OrderMessages.Weights].CopyTo(point);
        }

        isOrdered = true;
    }
}
