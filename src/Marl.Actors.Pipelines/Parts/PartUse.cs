using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Findings = Marl.Actors.Pipelines.Binding.Findings;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>A parameter of one copy of a part, and what it is given.</summary>
/// <param name="Name">Its name in the whole: <c>pool/rollout</c>.</param>
/// <param name="Declaration">The part's declaration.</param>
/// <param name="Given">What the user of the part gives; null for the default.</param>
/// <param name="Use">The stage that uses the part; null when the part is looked at by itself.</param>
internal sealed record PartArgument(string Name, ParameterDeclaration Declaration, SettingValue? Given, StageDeclaration? Use);

/// <summary>Holds what a stage says against the part it uses: parameters by name, inputs by name.</summary>
internal sealed class PartUse(Findings findings)
{
    /// <summary>The parameters of a copy, outer copies first, so that a value can be handed on.</summary>
    public IEnumerable<PartArgument> Arguments(PartScope copy) => copy.Part is not { } part ? [] : part.Parameters.Select(declared => new PartArgument(
        copy.Frame.Prefix + declared.Name.Value,
        copy.Frame.At(declared),
        copy.Use?.With.FirstOrDefault(s => s.Name.Value == declared.Name.Value)?.Value,
        copy.Use));

    /// <summary>Reports what the part does not have, what it needs, and what no part has.</summary>
    public void Check(PartScope copy)
    {
        if (copy is not { Part: { } part, Use: { } use })
        {
            return;
        }

        if (use.Each is { } each)
        {
            findings.Error(
                PartCodes.NotMultiplied, each.Where, $"'{use.Id}' is a part, and a part stands once.", "Say 'each:' at its stages: each: in.port.domain multiplies by what feeds an input.");
        }

        if (use.Copies is { } copies)
        {
            findings.Error(
                PartCodes.NotMultiplied, copies.Where, $"'{use.Id}' is a part and has no copies.", "Give the part a parameter, and write 'copies: $name' at its world.");
        }

        if (use.Shards is { } shards)
        {
            findings.Error(
                PartCodes.NotMultiplied, shards.Where, $"'{use.Id}' is a part and has no shards.", "Give the part a parameter, and write 'shards: $name' at its world.");
        }

        CheckNames(use.With.Select(s => s.Name), part.Parameters.Select(p => p.Name.Value).ToList(), PartCodes.UnknownParameter, "parameter", use);
        var inputs = part.Inputs.Select(i => i.Name.Value).ToList();
        CheckNames(use.Inputs.Select(i => i.Port), inputs, PartCodes.UnknownInput, "input", use);

        var unknown = use.Inputs.Select(i => i.Port.Value).Where(name => !inputs.Contains(name)).ToList();
        foreach (var input in part.Inputs.Where(i => i.IsRequired && use.Inputs.All(fed => fed.Port.Value != i.Name.Value)))
        {
            if (!Nearest.Of(input.Name.Value, unknown).Any())
            {
                findings.Error(
                    PartCodes.OpenInput, use.Id.Where, $"Nothing feeds input '{input.Name}' of part '{use.Id}'.", $"Name its producer under 'in:'{(input.Kind is { } kind ? $"; it takes {kind}" : "")}.");
            }
        }
    }

    private void CheckNames(IEnumerable<Located<string>> said, List<string> known, string code, string noun, StageDeclaration use)
    {
        foreach (var name in said.Where(n => !known.Contains(n.Value)))
        {
            findings.Error(code, name.Where, $"Part '{use.Id}' has no {noun} '{name}'.", findings.Remedy(name.Value, known, noun + "s"));
        }
    }
}
