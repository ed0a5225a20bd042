using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl schema</c>.</summary>
public sealed class SchemaCommandTests
{
    [Fact]
    public async Task The_schema_goes_to_standard_output_or_into_a_file()
    {
        using var place = new Workplace();

        var printed = (await place.MarlAsync("schema")).Succeeded().Out;
        (await place.MarlAsync("schema", "--out", "pipeline.v1.json")).Succeeded();

        Assert.Contains("\"algorithm/mappo\"", printed);
        Assert.Equal(printed, place.Text("pipeline.v1.json"));
    }

    [Fact]
    public async Task Where_there_is_no_folder_nothing_is_written()
    {
        using var place = new Workplace();

        (await place.MarlAsync("schema", "--out", "nowhere/pipeline.v1.json")).Complained("MARL3401");
    }
}
