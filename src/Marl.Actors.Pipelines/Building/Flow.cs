using System.Runtime.CompilerServices;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Building;

/// <summary>
/// What comes out of a stage's output, and what happens to it on the way: a value that grows by composition, as
/// <c>team.actions |&gt; by-step |&gt; drop(p=0.05)</c> does in a file. <c>Then</c> is the pipe.
/// </summary>
public sealed record Flow
{
    private Flow(string stage, string port, Values<(string Name, AppliedOperator? Operator)> steps, SourceSpan where)
    {
        Stage = stage;
        Port = port;
        Steps = steps;
        Where = where;
    }

    /// <summary>The producing stage.</summary>
    public string Stage { get; }

    /// <summary>Its output.</summary>
    public string Port { get; }

    internal Values<(string Name, AppliedOperator? Operator)> Steps { get; }

    internal SourceSpan Where { get; }

    /// <summary>What comes out of a stage, by name: for stages that are declared further below.</summary>
    public static Flow From(string stage, string port, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(stage, port, [], new(file, line, 1));

    /// <summary>One token from each producing instance at each step: <c>|&gt; by-step</c>.</summary>
    public Flow ByStep() => Then("by-step", null);

    /// <summary>In order of arrival, which is not determinate: <c>|&gt; as-it-comes</c>.</summary>
    public Flow AsItComes() => Then("as-it-comes", null);

    /// <summary>The newest token, which is not determinate: <c>|&gt; latest</c>.</summary>
    public Flow Latest() => Then("latest", null);

    /// <summary>Through one more operator: <c>.Then(Lag.Updates(1))</c>.</summary>
    public Flow Then(AppliedOperator next) => Then(next.Component.Id, next);

    /// <summary>Through several: <c>.Then(lossy)</c>, where <c>lossy</c> is a function from flow to flow.</summary>
    public Flow Then(Func<Flow, Flow> next) => next(this);

    internal SourceDeclaration ToSource() => new(
        new(Stage, Where),
        new(Port, Where),
        Steps.Select(s => new OperatorCall(new(s.Name, Where), s.Operator is { } o ? SettingsOf.Record(o.Component.Options, o.Options, Where) : [])).ToValues());

    private Flow Then(string name, AppliedOperator? step) => new(Stage, Port, [.. Steps, (name, step)], Where);
}
