using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Building;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Broken.Binding;

/// <summary>Mistakes that no file can hold, since the reader finds them, or that come from the command line.</summary>
public sealed class MistakesInCode
{
    private static readonly SourceSpan Here = new("code.cs", 1, 1);

    public static IReadOnlyList<(string Code, Func<Result<Graph>> Bind)> All { get; } =
    [
        (BindingCodes.UnknownOverride, () => Toy.With(new BindingOverrides { Parameters = [("sead", "1")] })),
        (BindingCodes.OverrideValue, () => Toy.With(new BindingOverrides { Parameters = [("seed", "one")] })),
        (BindingCodes.OverrideValue, () => Toy.With(new BindingOverrides { StopSteps = 0 })),
        (BindingCodes.OverrideWithoutSection, () => Toy.With(new BindingOverrides { EvaluationEpisodes = 4 }, ("evaluate: { every: 200, episodes: 3 }", ""))),
        (CheckCodes.ShortStop, () => Toy.With(new BindingOverrides { StopSteps = 3 })),
        (BindingCodes.RepeatedParameter, () => Bind(file => file with { Parameters = [Parameter("seed"), Parameter("seed")] })),
        (BindingCodes.RepeatedStage, () => Bind(file => file with { Stages = [.. file.Stages, file.Stages[0]] })),
        (BindingCodes.StageName, () => Bind(file => file with { Stages = [file.Stages[0], file.Stages[1], file.Stages[2] with { Id = new("a b", Here) }] })),
        (BindingCodes.RepeatedOption, () => Bind(file => file with { Stop = [.. file.Stop!.Value, .. file.Stop!.Value] })),
        (CheckCodes.NoThinning, () => PipelineBinder.Bind(Model(), new(TestCatalog.Catalog.Components.Values, TestCatalog.Operators.Where(o => o.Id != "every")), BindingOverrides.None)),
        (CheckCodes.NothingToEvaluate, DeafWorld),
        (CheckCodes.RhythmsDiffer, UnevenTeam),
    ];

    [Fact]
    public void Each_is_reported_with_its_code_and_a_remedy() => Assert.All(All, mistake =>
    {
        var result = mistake.Bind();
        Assert.False(result.IsSuccess);
        Assert.Contains(mistake.Code, result.Diagnostics.Select(d => d.Code));
        Assert.All(result.Diagnostics, d => DiagnosticRules.Hold(d, d.Where.File));
    });

    [Fact]
    public void The_command_line_is_named_as_the_place() => Assert.Equal(
        "command line: error MARL1007: Parameter 'seed' cannot be 'one'. Give it a whole number.",
        Toy.Only(Toy.With(new BindingOverrides { Parameters = [("seed", "one")] })));

    private static PipelineFile Model() => PipelineReader.Parse(Toy.Text, "toy.yaml").Value;

    private static Result<Graph> Bind(Func<PipelineFile, PipelineFile> damage) => PipelineBinder.Bind(damage(Model()), TestCatalog.Catalog, BindingOverrides.None);

    private static ParameterDeclaration Parameter(string name) => new(new(name, Here), new("int", Here), new("1", Here), null);

    /// <summary>One of the agents answers what it sees at first with two rollouts.</summary>
    private static Result<Graph> UnevenTeam()
    {
        var agent = TestCatalog.Agent with
        {
            Sign = (options, context) => TestCatalog.Agent.Sign(options, context).Opens(Phase.Once.Take("steps").Send("rollouts", context.Instance + 1)),
        };
        return PipelineCompiler.LoadText(
            Toy.Text, "toy.yaml", new(TestCatalog.Catalog.Components.Values.Where(c => c.Id != agent.Id).Append(agent), TestCatalog.Operators), BindingOverrides.None);
    }

    /// <summary>A world that hears nobody.</summary>
    private static Result<Graph> DeafWorld()
    {
        var world = TestCatalog.World with
        {
            Id = "environment/deaf",
            Inputs = [],
            Sign = (options, context) => Without(TestCatalog.World.Sign(options, context)),
        };
        return PipelineBuilder.Named("deaf").Stop(100).Evaluate(10, 2)
            .With(p =>
            {
                p.Stage("world", world, new TestCatalog.WorldOptions());
                return p;
            })
            .Bind(TestCatalog.Catalog);

        static Signature Without(Signature signature)
        {
            var outputs = new Signature();
            foreach (var (name, types) in signature.Outputs)
            {
                outputs.Out(name, types);
            }

            return outputs;
        }
    }
}
