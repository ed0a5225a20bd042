using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Tests.UserPrograms;
using Xunit;

namespace Marl.Actors.Tests.Catalogs;

/// <summary>Every entry of the built-in catalog explains itself and shows a pipeline that compiles.</summary>
public sealed class CatalogHelpTests
{
    public static TheoryData<string> Ids => [.. CatalogHelp.Pages(BuiltIn.Catalog).Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_entry_has_help_and_an_example_that_compiles(string id)
    {
        var page = CatalogHelp.Find(BuiltIn.Catalog, id).Value;

        Assert.Matches(@"^[\p{L}].*\.$", page.Summary);
        Assert.All(page.Inputs.Concat(page.Outputs), p => Assert.Matches(@"^\p{L}.*\.$", p.Help));
        Assert.All(page.Options, o => Assert.Matches(@"^[\p{L}'].*\.$", o.Help));
        Assert.True(page.Kind != "algorithm" || page.Source.Length > 0, "An algorithm names its paper.");
        Assert.NotNull(page.Example);
        Assert.Empty(PipelineCompiler.LoadText(page.Example, "example.yaml", BuiltIn.Catalog, BindingOverrides.None).Diagnostics);
        Assert.Contains(id, page.Example);
        Assert.Equal(PipelineFormatter.Format(page.Example, "example.yaml").Value, page.Example);
    }

    [Fact]
    public void Pages_come_by_kind() => Assert.Equal(
        CatalogHelp.Pages(BuiltIn.Catalog).Select(p => p.Kind).Distinct(),
        CatalogHelp.Pages(BuiltIn.Catalog).Aggregate(new List<string>(), (kinds, p) => kinds is [.., var last] && last == p.Kind ? kinds : [.. kinds, p.Kind]));

    [Theory]
    [InlineData("mappo", "algorithm/mappo")]
    [InlineData("simple-spread", "environment/simple-spread")]
    [InlineData("by-step", "by-step")]
    public void The_part_after_the_slash_is_enough(string name, string id) => Assert.Equal(id, CatalogHelp.Find(BuiltIn.Catalog, name).Value.Id);

    [Theory]
    [InlineData("algorithm/mapo", "'algorithm/mappo'")]
    [InlineData("mapo", "'algorithm/mappo'")]
    [InlineData("lagg", "'lag'")]
    [InlineData("enviroment/penalty", "'environment/penalty'")]
    [InlineData("something-quite-different", "'marl catalog' lists all there is.")]
    public void An_unknown_name_is_told_the_nearest(string name, string nearest)
    {
        var diagnostic = Assert.Single(CatalogHelp.Find(BuiltIn.Catalog, name).Diagnostics);

        Assert.Equal(CatalogHelp.UnknownEntry, diagnostic.Code);
        Assert.Contains(nearest, diagnostic.Remedy);
    }

    [Fact]
    public void A_users_own_world_and_operator_have_pages_with_examples()
    {
        var catalog = BuiltIn.Catalog.With(ThermostatWorld.Component).With(ClampOperator.Component);

        Assert.Contains("uses: environment/thermostat", CatalogHelp.Find(catalog, "thermostat").Value.Example);
        Assert.Contains("|> clamp\n", CatalogHelp.Find(catalog, "clamp").Value.Example);
    }
}
