using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Algorithms.Surrogate;

/// <summary>
/// The toy example of population-based training (Jaderberg et al. 2017, section 4.1): a learner that can't see what it is
/// judged by, Q(θ) = 1.2 − Σ θᵢ², and climbs a surrogate Q̂(θ|h) = 1.2 − Σ hᵢ θᵢ² instead, whose settings h its population
/// orders; and an agent whose action is θ itself.
/// </summary>
public static class SurrogateComponents
{
    /// <summary>Index of the input <c>state</c> of the learner.</summary>
    public const int State = 0;

    /// <summary>Index of the input <c>orders</c> of the learner.</summary>
    public const int Orders = 1;

    /// <summary>Index of the output <c>parameters</c> of the learner.</summary>
    public const int Parameters = 0;

    /// <summary>Index of the output <c>members</c> of the learner.</summary>
    public const int Members = 1;

    /// <summary>Index of the input <c>parameters</c> of the agent.</summary>
    public const int Point = 1;

    private const string Paper = "Jaderberg et al., Population based training of neural networks, arXiv:1711.09846, the toy example";

    /// <summary>The learner.</summary>
    public static Component Learner { get; } = new()
    {
        Id = "algorithm/surrogate",
        Summary = "Climbs a surrogate of the hill it is judged by, with weights of the dimensions that its population orders.",
        Source = Paper,
        Example = SurrogateExample.Text,
        Options = OptionsSchema.Of<SurrogateOptions>(),
        Inputs =
        [
            new("state", StateMessages.Kind, "Its pace: one step for each token, whatever it says."),
            new("orders", OrderMessages.Kind, "The surrogate's weights, one a dimension, and whose θ it goes on from."),
        ],
        Outputs =
        [
            new("parameters", ParameterMessages.Kind, "θ, one token at the beginning and one a step.", type => ParameterMessages.Layout((int)((Constant)type["range"]).Value)),
            new("members", MemberMessages.Kind, "θ, to be judged: one token for each order.", type => MemberMessages.Layout(type.Get<int>("weights"), 0)),
        ],
        IsCompute = true,
        Sign = (options, _) => Sign((SurrogateOptions)options),
        Create = (options, context) => new SurrogateLearner((SurrogateOptions)options, context),
    };

    /// <summary>The agent.</summary>
    public static Component Agent { get; } = new()
    {
        Id = "agent/point",
        Summary = "Does what it is told: its action is the parameters themselves, the same in every copy.",
        Source = Paper,
        Example = SurrogateExample.Text,
        Options = OptionsSchema.Of<NoOptions>(),
        AllowsEach = true,
        Inputs =
        [
            AgentPorts.Inputs[AgentPorts.Steps],
            new("parameters", ParameterMessages.Kind, "What to do: one token a step, in evaluation one a pass."),
        ],
        Outputs = [AgentPorts.Outputs[AgentPorts.Actions]],
        Sign = (_, context) => Sign(context),
        Create = (_, context) => new PointAgent(context),
    };

    private static Signature Sign(SurrogateOptions options)
    {
        var length = Term.Of(options.First.Count);
        var every = Term.Var("every");
        var step = Phase.Once.Take("state");
        return new Signature()
            .In("state", StateMessages.Type(Term.Var("copies"), Term.Var("view"), Term.Var("agents"), Term.Var("width")))
            .In("orders", OrderMessages.Type(Term.Var("settings"), every, length, Term.Of(0), Term.Of(0)))
            .Out("parameters", ParameterMessages.Type(length))
            .Out("members", MemberMessages.Type(length, Term.Of(0), Term.Of(0)))
            .Where("orders", "settings", names => ((Values<string>)names).Count == options.First.Count, $"a setting for each of {options.First.Count} dimensions")
            .Fires(Phase.Once.Take("orders").Send("parameters"), step.Send("parameters") with { Repeat = (Amount)every - 1 }, step.Send("members"));
    }

    private static Signature Sign(SignatureContext context)
    {
        var (copies, action, range) = (Term.Var("copies"), Term.Var("action"), Term.Var("range"));
        var looks = Phase.Once.Take("steps");
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, Term.Var("observation"), action, Term.Var("mask"), Term.Var("reward"), Term.Of(true)))
            .In("parameters", ParameterMessages.Type(range))
            .Out("actions", ActionMessages.Type(copies, action))
            .Where("steps", "action", space => space is Box, "actions of real numbers (a box)")
            .Where("parameters", "range", length => length is int, "parameters that are a point");
        var begins = Phase.Once.Take("parameters").Send("actions");
        return context.Purpose == Purpose.Evaluation
            ? signature.Fires(looks, begins, looks.Send("actions") with { Repeat = Amount.Varying })
            : signature.Fires(looks, begins);
    }
}
