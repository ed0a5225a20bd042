using System.Text;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>A stage of a pipeline that is being sketched.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Component">What it uses.</param>
internal sealed record SketchStage(string Name, Component Component)
{
    /// <summary>An option that is not left as it is: <c>sharePolicy: false</c>.</summary>
    public string? Setting { get; init; }

    /// <summary>Its <c>copies:</c>; 1 is left out.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>The entries of its <c>with:</c>.</summary>
    public IEnumerable<string> Settings => Component.Options.Options.Where(o => o.IsRequired).Select(o => $"{o.Name}: {Sketch.Sample(o)}").Concat(Setting is null ? [] : [Setting]);
}

/// <summary>An edge of a pipeline that is being sketched.</summary>
/// <param name="To">The reading stage, by index.</param>
/// <param name="Input">Its port.</param>
/// <param name="From">The producing stage, by index.</param>
/// <param name="Output">Its port.</param>
internal sealed record SketchEdge(int To, InputPort Input, int From, OutputPort Output)
{
    /// <summary>What stands behind the source: <c>|&gt; every(updates=2)</c>.</summary>
    public string Operators { get; init; } = "";
}

/// <summary>A pipeline in the making: stages with required options only, and edges with the merge word they need.</summary>
internal sealed record Sketch(Values<SketchStage> Stages, Values<SketchEdge> Edges)
{
    private const string Agents = "agents";

    /// <summary>A sketch of one stage.</summary>
    public static Sketch Of(Component component) => new Sketch([], []).With(component);

    /// <summary>The stage that drives time, by index; -1 when there is none yet.</summary>
    public int Clock => Stages.ToList().FindIndex(s => s.Component.IsClock);

    /// <summary>The sketch with one more stage.</summary>
    public Sketch With(Component component)
    {
        var word = component.IsClock ? "world" : component.Kind switch { "agent" => "team", "algorithm" => "learner", var kind => kind };
        var name = Enumerable.Range(1, Stages.Count + 1).Select(i => i == 1 ? word : $"{word}{i}").First(n => Stages.All(s => s.Name != n));
        return this with { Stages = [.. Stages, new(name, component)] };
    }

    /// <summary>The sketch with one more edge.</summary>
    public Sketch With(SketchEdge edge) => this with { Edges = [.. Edges, edge] };

    /// <summary>The first input that must be fed and is not; null when there is none.</summary>
    public (int Stage, InputPort Port)? Open() => (
        from stage in Enumerable.Range(0, Stages.Count)
        from port in Stages[stage].Component.Inputs
        where port.Required && !Edges.Any(e => e.To == stage && e.Input.Name == port.Name)
        select ((int, InputPort)?)(stage, port)).FirstOrDefault();

    /// <summary>The first stage that nobody reads, though somebody must; -1 when there is none.</summary>
    public int Unread() => Stages.ToList().FindIndex(s => s.Component.Outputs is [_, ..] outputs && !outputs.Any(o => o.Observed) && !Edges.Any(e => Stages[e.From] == s));

    /// <summary>The sketch with another component in place of the one that drives time.</summary>
    public Sketch WithClock(Component clock) => this with { Stages = Stages.Select(s => s.Component.IsClock ? s with { Component = clock } : s).ToValues() };

    /// <summary>
    /// The sketch as it is; then with every input fed that may be, by the stages there are; then with two copies of the world; then
    /// with one option other than by default, with words and truths first among the stages that stand beside the world.
    /// </summary>
    public IEnumerable<Sketch> Variants()
    {
        var fed = Fed();
        yield return this;
        if (fed.Edges.Count > Edges.Count)
        {
            yield return fed;
        }

        yield return this with { Stages = Stages.Select(s => s.Component.AllowsCopies ? s with { Copies = 2 } : s).ToValues() };
        foreach (var sketch in fed.Edges.Count > Edges.Count ? [this, fed] : new[] { this })
        {
            foreach (var varied in sketch.Settings())
            {
                yield return varied;
            }
        }
    }

    /// <summary>The pipeline's text.</summary>
    public string Text(string name)
    {
        var text = new StringBuilder($"pipeline: {name}\nstages:\n");
        foreach (var index in Enumerable.Range(0, Stages.Count).OrderByDescending(i => Stages[i].Component.IsClock))
        {
            Write(text, index);
        }

        return text.Append("stop: { steps: 1_000_000 }\n").ToString();
    }

    private void Write(StringBuilder text, int index)
    {
        var (name, component) = Stages[index];
        var settings = string.Join(", ", Stages[index].Settings);
        text.Append($"  {name}:\n    uses: {component.Id}\n");
        if (IsMultiplied(index))
        {
            text.Append($"    each: {Domain(index)}\n");
        }

        text.Append(Stages[index].Copies > 1 ? $"    copies: {Stages[index].Copies}\n" : "");
        text.Append(settings.Length > 0 ? $"    with: {{ {settings} }}\n" : "");
        var inputs = component.Inputs.SelectMany(p => Edges.Where(e => e.To == index && e.Input == p)).ToList();
        text.Append(inputs.Count > 0 ? "    in:\n" : "");
        foreach (var edge in inputs)
        {
            var merge = IsMultiplied(edge.From) && !IsMultiplied(edge.To) && !edge.Operators.Contains("as-it-comes") ? " |> by-step" : "";
            text.Append($"      {edge.Input.Name}: {Stages[edge.From].Name}.{edge.Output.Name}{merge}{edge.Operators}\n");
        }
    }

    /// <summary>What a stage is multiplied by: what it is spoken to apart as, else the world's agents.</summary>
    private string Domain(int stage) => Edges.FirstOrDefault(e => e.To == stage && e.Output.Domain is not null) is { } edge
        ? $"{Stages[edge.From].Name}.{edge.Output.Domain}"
        : $"{Stages[Clock].Name}.{Agents}";

    private Sketch Fed()
    {
        var sketch = this;
        foreach (var stage in Enumerable.Range(0, Stages.Count))
        {
            foreach (var port in Stages[stage].Component.Inputs.Where(p => !p.Required && !Edges.Any(e => e.To == stage && e.Input == p)))
            {
                var sources = from i in Enumerable.Range(0, Stages.Count) where i != stage from o in Stages[i].Component.Outputs where o.Kind == port.Kind select new SketchEdge(stage, port, i, o);
                sketch = sources.FirstOrDefault() is { } edge ? sketch.With(edge) : sketch;
            }
        }

        return sketch;
    }

    private IEnumerable<Sketch> Settings() =>
        from index in Enumerable.Range(0, Stages.Count).OrderBy(i => Stages[i].Component.IsClock)
        from option in Stages[index].Component.Options.Options
        where option is { IsRequired: false, Kind: OptionKind.Boolean or OptionKind.Choice }
        from value in option.Kind == OptionKind.Boolean ? ["true", "false"] : option.Choices.AsEnumerable()
        where value != OptionText.Write(option.Default!)
        select this with { Stages = Stages.Select((s, i) => i == index ? s with { Setting = $"{option.Name}: {value}" } : s).ToValues() };

    private bool IsMultiplied(int stage) => Stages[stage].Component.AllowsEach && Clock >= 0;

    /// <summary>A value for an option that must be given.</summary>
    public static string Sample(OptionSpec option) => option.Kind switch
    {
        OptionKind.Boolean => "true",
        OptionKind.Choice => option.Choices[0],
        OptionKind.Text or OptionKind.TextList => Listed(option, "text"),
        OptionKind.Integer or OptionKind.IntegerList => Listed(option, OptionText.Write((long)Math.Clamp(2, option.Minimum, option.Maximum))),
        _ => Listed(option, OptionText.Write(Math.Clamp(0.5, option.Minimum, option.Maximum))),
    };

    private static string Listed(OptionSpec option, string value) => option.IsList ? $"[{value}]" : value;
}
