using System.Text;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests;

/// <summary>One way to check a file, whatever it is.</summary>
public sealed class FileCheckTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public void A_pipeline_is_bound_and_its_graph_given()
    {
        var verdict = FileCheck.Run(Write("toy.yaml", Toy.Text), TestCatalog.Catalog).Value;

        Assert.Equal((FileKind.Pipeline, "7 actors, 8 edges, determinate"), (verdict.Kind, verdict.Words));
        Assert.Equal("toy", verdict.Graph?.Name);
    }

    [Fact]
    public void Bars_and_fault_plans_are_told_by_their_first_key()
    {
        Write("toy.yaml", Toy.Text);
        var bars = Write("b.yaml", "bars:\n  - { pipeline: toy.yaml, seeds: 1, statistic: mean, atLeast: 1, source: s, tier: short }\n");
        var faults = Write("f.yaml", "faults:\n  - { kind: drop, edge: \"*\", probability: 0.1 }\n");

        Assert.Equal(new(FileKind.Bars, "1 bar"), FileCheck.Run(bars, TestCatalog.Catalog).Value);
        Assert.Equal(new(FileKind.FaultPlan, "1 fault"), FileCheck.Run(faults, TestCatalog.Catalog).Value);
    }

    [Theory]
    [InlineData("pipeline: toy\n", "MARL0105")]
    [InlineData("bars: 3\n", "MARL0101")]
    [InlineData("faults:\n  - { kind: drip, edge: \"*\", at: [1] }\n", "MARL0313")]
    [InlineData("summary: Nobody knows what this is.\n", "MARL0105")]
    [InlineData("", "MARL0005")]
    public void What_is_wrong_is_told_by_the_rules_of_its_kind(string text, string code) =>
        Assert.Contains(code, FileCheck.Run(Write("x.yaml", text), TestCatalog.Catalog).Diagnostics.Select(d => d.Code));

    public void Dispose() => folder.Dispose();

    private string Write(string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));
}
