using System.Text;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Parts;

/// <summary>A pipeline and its parts, made to stand in a folder of their own.</summary>
public sealed class PipelineBundleTests : IDisposable
{
    private readonly PartFiles files = new();

    [Fact]
    public void A_pipeline_without_parts_is_itself_byte_for_byte()
    {
        var text = "\uFEFF" + Toy.Text.ReplaceLineEndings("\r\n");
        files.Write("plain.yaml", text);

        var file = Assert.Single(PipelineBundle.Of(files["plain.yaml"]).Value);

        Assert.Equal("pipeline.yaml", file.Path);
        Assert.Equal(Encoding.UTF8.GetBytes(text), file.Content.ToArray());
    }

    [Fact]
    public void Parts_from_anywhere_are_put_together_and_only_the_paths_to_them_change()
    {
        files.Write("elsewhere/team.yaml", PartFiles.Part.Replace("part: team", "part: pair"));
        files.Write("parts/team.yaml", """
            part: team
            parameters:
              clip: { type: float }
            in:
              steps: {}
              state: {}
            out:
              actions: inner.actions
            stages:
              inner:
                uses: "../elsewhere/team.yaml"  # the pair
                with: { clip: $clip }
                in:
                  steps: in.steps
                  state: in.state
            """);
        var before = Toy.Sound(files.Load());

        var bundle = PipelineBundle.Of(files["toy.yaml"]).Value;
        foreach (var file in bundle)
        {
            files.Write($"run/{file.Path}", Encoding.UTF8.GetString(file.Content.Span));
        }

        Directory.Delete(files["parts"], recursive: true);
        Directory.Delete(files["elsewhere"], recursive: true);
        Assert.Equal(["pipeline.yaml", "pipeline.parts/team.yaml", "pipeline.parts/team-2.yaml"], bundle.Select(f => f.Path));
        Assert.Equal(PartFiles.Pipeline.Replace("./parts/team.yaml", "./pipeline.parts/team.yaml"), File.ReadAllText(files["run/pipeline.yaml"]));
        Assert.Contains("uses: ./team-2.yaml  # the pair\n", File.ReadAllText(files["run/pipeline.parts/team.yaml"]));
        Assert.Equal(before, PipelineCompiler.Load(files["run/pipeline.yaml"], TestCatalog.Catalog, new()).Value);
        Assert.All(PipelineBundle.Of(files["run/pipeline.yaml"]).Value, again => Assert.Equal(File.ReadAllBytes(files[$"run/{again.Path}"]), again.Content.ToArray()));
    }

    [Fact]
    public void A_part_that_is_gone_is_told()
    {
        File.Delete(files["parts/team.yaml"]);
        Assert.Equal("MARL0001", Assert.Single(PipelineBundle.Of(files["toy.yaml"]).Diagnostics).Code);
    }

    public void Dispose() => files.Dispose();
}
