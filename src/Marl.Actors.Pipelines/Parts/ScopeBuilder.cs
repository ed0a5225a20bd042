using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Findings = Marl.Actors.Pipelines.Binding.Findings;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>Reads the parts that a file uses, the parts they use, and so on: the tree of copies.</summary>
internal sealed class ScopeBuilder(PartLibrary library, Findings findings)
{
    private const int MostStages = 1_000;

    private readonly Stack<string> open = new();
    private int count;

    /// <summary>There are so many copies that the rest was not read.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Fills a scope with the copies of parts its stages stand for.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="file">The file it was read from.</param>
    public PartScope Fill(PartScope scope, string file)
    {
        open.Push(file);
        foreach (var stage in scope.Stages)
        {
            if (PartPath.IsPath(stage.Uses.Value))
            {
                scope.Put(stage.Id.Value, Copy(scope, stage, PartPath.Of(file, stage.Uses.Value)));
            }

            count++;
        }

        open.Pop();
        return scope;
    }

    private PartScope? Copy(PartScope scope, StageDeclaration stage, string path)
    {
        if (IsTooLarge)
        {
            return null;
        }

        if (count > MostStages)
        {
            IsTooLarge = true;
            findings.Error(PartCodes.TooLarge, stage.Uses.Where, $"With its parts this pipeline has more than {MostStages} stages.", "Use fewer parts within parts.");
            return null;
        }

        if (scope is { Around: null, Part: null } && stage.Id.Value == Binding.EvaluationExpansion.Prefix)
        {
            findings.Error(PartCodes.ReservedName, stage.Id.Where, $"A part cannot be named '{stage.Id}': the stages that 'evaluate:' adds are.", "Rename it.");
            return null;
        }

        if (open.Select(Path.GetFullPath).Contains(Path.GetFullPath(path)))
        {
            var circle = open.Reverse().SkipWhile(f => Path.GetFullPath(f) != Path.GetFullPath(path)).Select(f => Path.GetFileName(f)).Append(Path.GetFileName(path));
            findings.Error(PartCodes.Cycle, stage.Uses.Where, $"This part uses itself: {string.Join(" → ", circle)}.", "Take one of these uses out.");
            return null;
        }

        if (library.Find(path, stage.Uses) is not { } part)
        {
            return null;
        }

        var frame = new Frame($"{scope.Frame.Prefix}{stage.Id}/", new(stage.Uses.Where));
        return Fill(new(frame, part.Stages, part, scope, stage), path);
    }
}
