using Marl.Actors.Pipelines.Compiled.CSharp;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Compiled;

/// <summary>The C# of pipelines. That it compiles, and runs, is shown by the build tests.</summary>
public sealed class HandleFileTests
{
    [Fact]
    public Task A_pipeline_is_a_record_with_its_parameters_stages_and_edges() => Snapshots.Verify(Write(Toy.Text.Replace(
        "  seed: { type: int, default: 1 }\n",
        "  seed: { type: int, default: 1 }\n  clip: { type: float, default: 2e-3, range: 0..1 }\n  isBold: { type: bool, default: true }\n  note: { type: text, default: 'a \"b\" \\c' }\n")));

    [Fact]
    public Task Names_that_clash_in_CSharp_are_told_apart() => Snapshots.Verify(Write("""
        pipeline: pipelines
        summary: <see> & "quotes"
        parameters:
          load: { type: int, default: -5 }
          stages: { type: float, default: -2 }
          pipelines: { type: bool, default: false }
          pipelinesPipeline: { type: bool, default: false }
          equals: { type: text, default: x }
          a-b: { type: int, default: 1 }
          aB: { type: int, default: 2 }
          broken: { type: int, default: x }
        stages:
          id: { uses: environment/own }
          inputs:
            uses: environment/own
            in:
              inputs: id.outputs
          stages:
            uses: environment/own
            in:
              a-b: id.outputs
              aB: inputs.stages
          edges: { uses: environment/own }
        """));

    [Fact]
    public void The_order_of_the_files_makes_no_difference()
    {
        var (one, other) = (Source(Toy.Text), Source(Toy.Text.Replace("pipeline: toy", "pipeline: other")));

        Assert.Equal(HandleFile.Write([one, other], TestCatalog.Catalog, "A.B", isPublic: false), HandleFile.Write([other, one], TestCatalog.Catalog, "A.B", isPublic: false));
    }

    private static string Write(string text) => HandleFile.Write([Source(text)], TestCatalog.Catalog, "My.Project", isPublic: true);

    private static HandleSource Source(string text) => new(PipelineReader.Parse(text, "pipelines/toy.yaml").Value, "pipelines/toy.json", "pipelines/toy.yaml");
}
