using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Formatting;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>
/// Finds a smallest pipeline in which an entry of the catalog stands: stages are added until every input is fed and every stage
/// is read, smallest sketches first, and the compiler decides. So an example always compiles, and a user's own component has
/// one as soon as it is in the catalog.
/// </summary>
public static class MinimalPipeline
{
    private const int MostStages = 5;
    private const int MostTries = 12_000;
    private const int MostVariedWorlds = 6;

    /// <summary>The example of a component, an operator or a merge word; null where nothing in the catalog goes with it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="id">The entry.</param>
    public static string? Of(ComponentCatalog catalog, string id)
    {
        var name = $"{id[(id.IndexOf('/') + 1)..]}-example";
        return catalog.Components.TryGetValue(id, out var component)
            ? (Stated(catalog, component) ?? new Search(catalog, name).With(component, 2)?.Text
                ?? Beside(catalog, component, name) ?? new Search(catalog, name).With(component)?.Text)
            : Word(catalog, id) is { } word ? Along(catalog, word, name)
            : null;
    }

    /// <summary>What the component says itself, if this catalog has all that it names.</summary>
    private static string? Stated(ComponentCatalog catalog, Component component) =>
        component.Example.Length > 0 && PipelineCompiler.LoadText(component.Example, "example.yaml", catalog, BindingOverrides.None).IsSuccess ? component.Example : null;

    /// <summary>What neither drives time nor learns stands in some learner's example, if that one would have it.</summary>
    private static string? Beside(ComponentCatalog catalog, Component component, string name) => component.IsClock || component.IsCompute
        ? null
        : catalog.Components.Values.Where(c => c.IsCompute)
            .Select(learner => new Search(catalog, name, component).With(learner)?.Text)
            .FirstOrDefault(text => text?.Contains($"uses: {component.Id}\n", StringComparison.Ordinal) == true);

    /// <summary>An operator, or a merge word, stands on an edge of some component's example.</summary>
    private static string? Along(ComponentCatalog catalog, string word, string name)
    {
        foreach (var algorithm in catalog.Components.Values.OrderByDescending(c => c.IsCompute))
        {
            var search = new Search(catalog, name);
            if (search.With(algorithm) is not { } found)
            {
                continue;
            }

            if (found.Text.Contains(word, StringComparison.Ordinal))
            {
                return found.Text;
            }

            if (search.Compiled(Variants(found.Sketch, word)) is { } with)
            {
                return with.Text;
            }
        }

        return null;
    }

    /// <summary>The word on each edge; then also with a second edge that takes what is newest, so that rates are free to differ.</summary>
    private static IEnumerable<Sketch> Variants(Sketch sketch, string word)
    {
        var edges = sketch.Edges.OrderByDescending(e => sketch.Stages[e.From].Component.IsCompute).ToList(); // what learners send is what is most often thinned out
        foreach (var second in edges.Select(e => (SketchEdge?)e).Prepend(null))
        {
            foreach (var first in edges.Where(e => e != second))
            {
                yield return sketch with
                {
                    Edges = sketch.Edges.Select(e => e == first ? e with { Operators = word } : e == second ? e with { Operators = " |> latest" } : e).ToValues(),
                };
            }
        }
    }

    private static string? Word(ComponentCatalog catalog, string id) => catalog.Operators.TryGetValue(id, out var component)
        ? $" |> {id}{Arguments(component)}"
        : MergeWords.Find(id) is not null ? $" |> {id}" : null;

    private static string Arguments(OperatorComponent component) => component.Options.Options.Where(o => o.IsRequired).ToList() is { Count: > 0 } required
        ? $"({string.Join(", ", required.Select(o => $"{o.Name}={Sketch.Sample(o)}"))})"
        : "";

    private sealed class Search(ComponentCatalog catalog, string name, Component? preferred = null)
    {
        /// <summary>One world of each shape, those of several agents first: most of what stands in a catalog is for those.</summary>
        private readonly List<Component> clocks = [.. catalog.Components.Values.Where(c => c.IsClock).DistinctBy(WorldShape.Of).OrderBy(c => WorldShape.Agents(c) < 2)];

        private readonly List<Component> others = [.. catalog.Components.Values.Where(c => !c.IsClock).OrderByDescending(c => c == preferred).ThenBy(c => c.Kind == "replay" ? c.Inputs.Count(p => p.Required) : 0)];
        private int tries;

        /// <summary>The smallest pipeline with a component.</summary>
        public (Sketch Sketch, string Text)? With(Component component, int most = MostStages)
        {
            for (var size = 1; size <= most; size++)
            {
                if (Complete(Sketch.Of(component), component, size) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        /// <summary>The first of some sketches that compiles.</summary>
        public (Sketch Sketch, string Text)? Compiled(IEnumerable<Sketch> sketches) =>
            sketches.Select(s => Compiled(s) is { } text ? (s, text) : ((Sketch, string)?)null).FirstOrDefault(found => found is not null);

        private (Sketch, string)? Complete(Sketch sketch, Component fixedOne, int size)
        {
            if (tries > MostTries)
            {
                return null;
            }

            if (sketch.Open() is { } open)
            {
                return Fed(sketch, open.Stage, open.Port, size).Select(next => Complete(next, fixedOne, size)).FirstOrDefault(found => found is not null);
            }

            if (sketch.Stages.Count < size)
            {
                return sketch.Unread() is var unread and >= 0
                    ? Read(sketch, unread).Select(next => Complete(next, fixedOne, size)).FirstOrDefault(found => found is not null)
                    : null;
            }

            var worlds = sketch.Clock < 0 || fixedOne.IsClock ? [sketch] : clocks.Where(c => Ports(c) == Ports(sketch.Stages[sketch.Clock].Component)).Select(sketch.WithClock);
            return Compiled(worlds) ?? Compiled(worlds.Take(MostVariedWorlds).SelectMany(s => s.Variants()));
        }

        /// <summary>The ways to feed a port: by a stage that stands already, else by one more.</summary>
        private IEnumerable<Sketch> Fed(Sketch sketch, int stage, InputPort port, int size)
        {
            foreach (var from in Enumerable.Range(0, sketch.Stages.Count))
            {
                foreach (var output in sketch.Stages[from].Component.Outputs.Where(o => o.Kind == port.Kind))
                {
                    yield return sketch.With(new SketchEdge(stage, port, from, output) { Operators = IsAnswer(sketch, stage, port, from) ? " |> delay(steps=1)" : "" });
                }
            }

            foreach (var component in sketch.Stages.Count < size ? Candidates(sketch) : [])
            {
                foreach (var output in component.Outputs.Where(o => o.Kind == port.Kind))
                {
                    yield return sketch.With(component).With(new SketchEdge(stage, port, sketch.Stages.Count, output));
                }
            }
        }

        /// <summary>The one who sends it waits for this stage, which must wait for it: the first answer comes before the first question.</summary>
        private bool IsAnswer(Sketch sketch, int stage, InputPort port, int from) =>
            port is { AcceptsAbsent: true } && !sketch.Stages[stage].Component.IsClock && catalog.Operators.ContainsKey("delay") && sketch.Edges.Any(e => e.From == stage && e.To == from);

        /// <summary>One more stage that reads a stage nobody reads.</summary>
        private IEnumerable<Sketch> Read(Sketch sketch, int stage) =>
            from component in Candidates(sketch)
            from output in sketch.Stages[stage].Component.Outputs
            from port in component.Inputs
            where port.Kind == output.Kind
            select sketch.With(component).With(new SketchEdge(sketch.Stages.Count, port, stage, output));

        /// <summary>Of worlds with the same ports one stands for all.</summary>
        private IEnumerable<Component> Candidates(Sketch sketch) => sketch.Clock >= 0 ? others : [.. clocks.DistinctBy(Ports), .. others];

        private string? Compiled(Sketch sketch)
        {
            tries++;
            var text = PipelineFormatter.Format(sketch.Text(name), name);
            return text.IsSuccess && PipelineCompiler.LoadText(text.Value, name, catalog, BindingOverrides.None).IsSuccess ? text.Value : null;
        }

        private static string Ports(Component clock) =>
            string.Join(' ', clock.Inputs.Select(p => $"{p.Name}:{p.Kind}").Concat(clock.Outputs.Select(p => $"{p.Name}={p.Kind}")));
    }
}
