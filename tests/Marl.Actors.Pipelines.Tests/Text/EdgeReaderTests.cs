using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Text;

public sealed class EdgeReaderTests
{
    [Fact]
    public void Every_part_of_an_edge_has_its_column()
    {
        var edge = Edge("team.rollouts |> by-step |> drop(p=0.05, every=$k)");

        Assert.Equal((Column(0), Column(5)), (edge.Stage.Where.Column, edge.Port.Where.Column));
        Assert.Equal([("by-step", Column(17)), ("drop", Column(28))], edge.Operators.Select(o => (o.Name.Value, o.Name.Where.Column)));
        var arguments = edge.Operators[1].Arguments;
        Assert.Equal([("p", Column(33)), ("every", Column(41))], arguments.Select(a => (a.Name.Value, a.Name.Where.Column)));
        Assert.Equal([Column(35), Column(47)], arguments.Select(a => a.Value.Where.Column));
        Assert.Equal("0.05", arguments[0].Value.Scalars.Single().Value);
        Assert.Equal("k", arguments[1].Value.Parameter);
        Assert.Empty(arguments[1].Value.Scalars);
    }

    [Theory]
    [InlineData("'team.actions |> lag(updates=2)'", 1)]
    [InlineData("\"team.actions |> lag(updates=2)\"", 1)]
    [InlineData("\"te\\x61m.actions |> lag(updates=2)\"", 4)]
    [InlineData("\"te\\u0061m.actions |> lag(updates=2)\"", 6)]
    public void Quotes_and_escapes_shift_columns(string text, int shift)
    {
        var edge = Edge(text);

        Assert.Equal(("team", Column(1)), (edge.Stage.Value, edge.Stage.Where.Column));
        var lag = edge.Operators.Single();
        Assert.Equal(("lag", Column(16) + shift), (lag.Name.Value, lag.Name.Where.Column));
        Assert.Equal(Column(28) + shift, lag.Arguments.Single().Value.Where.Column);
    }

    [Theory]
    [InlineData("team.actions|>by-step", "team/actions ▸ by-step ")]
    [InlineData("team.actions  |>  lag( updates = 1 )", "team/actions ▸ lag updates = «1»")]
    [InlineData("team.actions |> lag()", "team/actions ▸ lag ")]
    [InlineData("team.actions |> f(a=-1e-4,b=x:y)", "team/actions ▸ f a = «-1e-4»; b = «x:y»")]
    public void Blanks_between_parts_do_not_matter(string text, string meaning) => Assert.Equal(meaning, ModelText.Of(Edge(text)));

    [Theory]
    [InlineData("team", "MARL0201", 0)]
    [InlineData("team.", "MARL0201", 0)]
    [InlineData(".actions", "MARL0201", 0)]
    [InlineData("team.actions by-step", "MARL0202", 13)]
    [InlineData("team.actions.first", "MARL0202", 12)]
    [InlineData("team.actions | by-step", "MARL0202", 13)]
    [InlineData("team.actions |>", "MARL0203", 15)]
    [InlineData("team.actions |> |> by-step", "MARL0203", 16)]
    [InlineData("team.actions |> lag(updates=1", "MARL0204", 19)]
    [InlineData("team.actions |> lag(updates=1 every=2)", "MARL0204", 30)]
    [InlineData("team.actions |> lag(2)", "MARL0205", 20)]
    [InlineData("team.actions |> lag(updates=)", "MARL0206", 28)]
    [InlineData("team.actions |> lag(a=1, a=2)", "MARL0207", 25)]
    [InlineData("team.actions |> lag(a=1,)", "MARL0205", 24)]
    [InlineData("team.actions |> lag(a=1,", "MARL0204", 19)]
    [InlineData("team.actions |> lag(a=1$)", "MARL0110", 23)]
    [InlineData("team.actions |> lag(a=1) b", "MARL0202", 25)]
    public void Faults_are_reported_where_they_stand(string text, string code, int index)
    {
        var fault = Assert.Single(Read(text).Diagnostics);

        Assert.Equal((code, 7, Column(index)), (fault.Code, fault.Where.Line, fault.Where.Column));
    }

    [Fact]
    public void A_port_may_have_several_producers()
    {
        var sources = Read("\n        - a.x |> by-step\n        - b.y").Value.Stages.Single().Inputs.Single().Sources;

        Assert.Equal(["a/x ▸ by-step ", "b/y"], sources.Select(ModelText.Of));
        Assert.Equal([(8, 11), (9, 11)], sources.Select(s => (s.Stage.Where.Line, s.Stage.Where.Column)));
    }

    private static int Column(int index) => "      ports: ".Length + 1 + index;

    private static SourceDeclaration Edge(string text) => Read(text).Value.Stages.Single().Inputs.Single().Sources.Single();

    private static Result<PipelineFile> Read(string edge) => PipelineReader.Parse(
        $"pipeline: edges\n\nstages:\n  reader:\n    uses: sink/any\n    in:\n      ports: {edge}\n", "edges.yaml");
}
