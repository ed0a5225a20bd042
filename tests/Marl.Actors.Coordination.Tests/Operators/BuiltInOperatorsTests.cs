using System.Text.RegularExpressions;
using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Stages;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class BuiltInOperatorsTests
{
    [Fact]
    public void Ids_are_distinct_kebab_words_in_order()
    {
        var ids = BuiltInOperators.All.Select(o => o.Id).ToList();

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches(new Regex("^[a-z]+(-[a-z]+)*$"), id));
    }

    [Fact]
    public void Every_operator_of_the_assembly_is_listed()
    {
        var declared = typeof(BuiltInOperators).Assembly.GetTypes()
            .Select(t => t.GetProperty("Component"))
            .Where(p => p?.PropertyType == typeof(OperatorComponent))
            .Select(p => ((OperatorComponent)p!.GetValue(null)!).Id);

        Assert.Equal(declared.Order(StringComparer.Ordinal), BuiltInOperators.All.Select(o => o.Id));
    }

    [Fact]
    public void Each_has_a_summary_and_help_for_its_arguments() => Assert.All(BuiltInOperators.All, o =>
    {
        Assert.EndsWith(".", o.Summary, StringComparison.Ordinal);
        Assert.NotEmpty(o.Options.Options);
        Assert.All(o.Options.Options, option => Assert.EndsWith(".", option.Help, StringComparison.Ordinal));
    });
}
