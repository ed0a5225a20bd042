using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>The names that can be said in one place: in the file that was asked for, or in one copy of a part.</summary>
internal sealed class PartScope(Frame frame, IEnumerable<StageDeclaration> stages, PartFile? part = null, PartScope? around = null, StageDeclaration? use = null)
{
    private readonly Dictionary<string, PartScope?> parts = [];
    private readonly HashSet<string> names = [.. stages.Select(s => s.Id.Value)];

    public Frame Frame => frame;

    /// <summary>Its stages, at their places.</summary>
    public IReadOnlyList<StageDeclaration> Stages { get; } = [.. stages.Select(frame.At)];

    /// <summary>The part it is a copy of; null for a pipeline.</summary>
    public PartFile? Part => part;

    /// <summary>Where the part is used; null for the file that was asked for.</summary>
    public PartScope? Around => around;

    /// <summary>The stage that uses the part, as <see cref="Around"/> has it; null for the file that was asked for.</summary>
    public StageDeclaration? Use => use;

    /// <summary>The copies of parts in it, in the order of its stages. Those that could not be read are left out.</summary>
    public IEnumerable<PartScope> Parts => parts.Values.OfType<PartScope>();

    /// <summary>The names of its stages, and of what comes from outside.</summary>
    public IEnumerable<string> Names => Stages.Select(s => s.Id.Value).Concat(part is null ? [] : [PartFile.Outside]);

    /// <summary>Whether a stage has that name.</summary>
    public bool Has(string stage) => names.Contains(stage);

    /// <summary>Says that a stage is a copy of a part; null for one that could not be read.</summary>
    public void Put(string stage, PartScope? copy) => parts.TryAdd(stage, copy);

    /// <summary>Whether a stage stands for a part, and which copy.</summary>
    public bool IsPart(string stage, out PartScope? copy) => parts.TryGetValue(stage, out copy);

    /// <summary>It and all copies within.</summary>
    public IEnumerable<PartScope> All() => Parts.SelectMany(p => p.All()).Prepend(this);
}
