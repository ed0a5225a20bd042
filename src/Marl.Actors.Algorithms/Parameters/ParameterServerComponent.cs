using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Parameters;

/// <summary>
/// <c>parameters/server</c>: owns what several learners learn together, takes their gradients and gives each the parameters for
/// its next one. Li et al., Scaling distributed machine learning with the parameter server, OSDI 2014; ssp after Ho et al., More
/// effective distributed ML via a stale synchronous parallel parameter server, NeurIPS 2013. One instance for each part that the
/// learners cut their parameters into.
/// </summary>
public static class ParameterServerComponent
{
    /// <summary>Index of the input <c>gradients</c>.</summary>
    public const int Gradients = 0;

    /// <summary>Index of the output <c>parameters</c>.</summary>
    public const int Parameters = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>The component.</summary>
    public static Component Server { get; } = new()
    {
        Id = "parameters/server",
        Summary = "Owns parameters that several learners change together: takes their gradients, steps with Adam and answers with the result.",
        Source = "Li et al., Scaling distributed machine learning with the parameter server, OSDI 2014; Ho et al., NeurIPS 2013",
        Options = OptionsSchema.Of<ServerOptions>(),
        Inputs = [new("gradients", GradientMessages.Kind, "Gradients of every learner, and at the beginning its first parameters.", AcceptsShards: true)],
        Outputs =
        [
            new("parameters", ParameterMessages.Kind, "To each learner, one token for each of its gradients; with ssp and async it is decided at run time who gets one when.", type => ParameterMessages.Layout(ParameterRange.FromTerm(type["range"]).Length), Distribution.PerInstance),
            new("metrics", MetricMessages.Kind, "Staleness and steps, one token when every learner has done an update.", _ => ServerFigures.Layout, Observed: true),
        ],
        AllowsEach = true,
        IsCompute = true,
        Drift = options => (ServerOptions)options switch
        {
            { Consistency: Consistency.Bsp } => new(0, null),
            { Consistency: Consistency.Ssp, Slack: var slack } => new(slack, null),
            { MaxLag: var lag } => new(null, lag),
        },
        Sign = (options, context) => Sign((ServerOptions)options, context),
        Create = (options, context) => new ParameterServer((ServerOptions)options, context),
    };

    /// <summary>
    /// Where gradients come one by one, which learner gets an answer when is up to timing, and so decided at run time; over as many
    /// firings as there are learners it is one for each on the average, which is all that rates and room depend on.
    /// </summary>
    private static Signature Sign(ServerOptions options, SignatureContext context)
    {
        var range = Term.Var("range");
        var (lanes, learners) = (Math.Max(1, context.Peers("gradients")), Math.Max(1, context.Peers("parameters")));
        var signature = new Signature()
            .In("gradients", GradientMessages.Type(range))
            .Out("parameters", Enumerable.Range(0, learners).Select(_ => ParameterMessages.Type(range)).ToValues())
            .Out("metrics", MetricMessages.Type());
        var one = Phase.Once.Take("gradients");
        var last = one.Send("parameters").Send("metrics", Amount.Varying);
        signature = lanes == learners
            ? signature.Opens(one).Fires(last)
            : signature.Opens(one with { Repeat = learners }).Fires(one with { Repeat = learners - 1, Sent = [new("metrics", Amount.Varying)] }, last).DecidesAtRunTime("parameters");
        return options.Consistency == Consistency.Bsp
            ? signature.Where("gradients", "range", _ => lanes == learners, "a gradient from each learner at once ('gradients: … |> by-step') for 'consistency: bsp'")
            : signature.Where("gradients", "range", _ => lanes == 1, $"gradients one by one ('gradients: … |> as-it-comes') for 'consistency: {OptionText.Kebab(options.Consistency.ToString())}'");
    }
}
