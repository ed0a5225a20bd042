using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Finds each stage's component and reads its options and copies.</summary>
internal sealed class StagePass(ComponentCatalog catalog, SettingsBinder settings, Findings findings)
{
    /// <summary><c>copies:</c>, which is read as an option.</summary>
    public static readonly OptionSpec Copies = new(
        "copies", OptionKind.Integer, typeof(int), 1, 1, 1 << 20, "Worlds stepped together, in one actor or divided among shards.", []);

    /// <summary><c>shards:</c>, which is read as an option.</summary>
    public static readonly OptionSpec Shards = new(
        "shards", OptionKind.Integer, typeof(int), 1, 1, 1 << 12, "Actors among which the copies are divided.", []);

    public IReadOnlyList<StageDraft> Run(PipelineFile file)
    {
        var seen = new HashSet<string>();
        var drafts = new List<StageDraft>();
        foreach (var declaration in file.Stages)
        {
            var id = declaration.Id;
            if (!seen.Add(id.Value))
            {
                findings.Error(BindingCodes.RepeatedStage, id.Where, $"Two stages are named '{id}'.", "Rename one of them.");
                continue;
            }

            var name = id.Value[declaration.Scope.Length..];
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            {
                findings.Error(BindingCodes.StageName, id.Where, $"'{id}' cannot be the name of a stage.", "Use letters, digits, '-' and '_'.");
            }

            drafts.Add(Bind(declaration));
        }

        return drafts;
    }

    private StageDraft Bind(StageDeclaration declaration)
    {
        var draft = new StageDraft(declaration.Id.Value, declaration);
        if (!catalog.Components.TryGetValue(declaration.Uses.Value, out var component))
        {
            if (!declaration.IsReported)
            {
                findings.Error(
                    BindingCodes.UnknownComponent,
                    declaration.Uses.Where,
                    $"There is no component '{declaration.Uses}'.",
                    findings.Remedy(declaration.Uses.Value, catalog.Components.Keys, "components"));
            }

            foreach (var name in declaration.With.Select(s => s.Value).Append(declaration.Copies).Append(declaration.Shards).Select(v => v?.Parameter).OfType<string>())
            {
                settings.MarkUsed(name); // it may well be used by the component that is meant
            }

            return draft;
        }

        var options = settings.Bind(component.Options, declaration.With, draft.Id, declaration.Id.Where);
        if (options is not null && !AreValid(component.Validate(options), declaration, findings))
        {
            options = null;
        }

        draft = draft with { Component = component, Options = options };
        draft = declaration.Copies is { } copies ? WithCopies(draft, copies) : draft;
        return declaration.Shards is { } shards ? WithShards(draft, shards) : draft;
    }

    /// <summary>Nothing is wrong with a stage's options together; what is has been reported where the option stands.</summary>
    public static bool AreValid(IEnumerable<(string Option, string Sentence)> problems, StageDeclaration declaration, Findings findings)
    {
        var isValid = true;
        foreach (var (option, sentence) in problems)
        {
            isValid = false;
            var where = declaration.With.FirstOrDefault(s => s.Name.Value == option)?.Value.Where ?? declaration.Id.Where;
            findings.Error(BindingCodes.OptionCombination, where, sentence, $"Change '{option}', or what it is held against.");
        }

        return isValid;
    }

    private StageDraft WithCopies(StageDraft draft, SettingValue copies)
    {
        if (!draft.Component!.AllowsCopies)
        {
            findings.Error(
                BindingCodes.CopiesNotAllowed, copies.Where, $"'{draft.Id}' ({draft.Component.Id}) has no copies.", "Remove 'copies:'; worlds have copies, agents have 'each:'.");
            return draft with { IsPlaced = false };
        }

        return settings.Read(Copies, copies, draft.Id) is int count ? draft with { Copies = count } : draft with { IsPlaced = false };
    }

    private StageDraft WithShards(StageDraft draft, SettingValue shards)
    {
        if (!draft.Component!.AllowsCopies)
        {
            findings.Error(
                BindingCodes.ShardsNotAllowed,
                shards.Where,
                $"'{draft.Id}' ({draft.Component.Id}) has no copies to divide.",
                "Remove 'shards:'; worlds have shards, other stages 'each: world.shards'.");
            return draft with { IsPlaced = false };
        }

        if (settings.Read(Shards, shards, draft.Id) is not int count)
        {
            return draft with { IsPlaced = false };
        }

        if (draft.IsPlaced && draft.Copies % count != 0)
        {
            var divisors = Enumerable.Range(1, draft.Copies).Where(n => draft.Copies % n == 0).OrderBy(n => Math.Abs(n - count)).Take(2).Order().ToList();
            findings.Error(
                BindingCodes.ShardsUneven,
                shards.Where,
                $"{draft.Copies} copies of '{draft.Id}' cannot be divided evenly among {count} shards.",
                $"Write shards: {string.Join(" or shards: ", divisors)}, or other 'copies:'.");
            return draft with { IsPlaced = false };
        }

        return draft with { Copies = draft.Copies / count, Shards = count };
    }
}
