using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Unifies port types along all edges, operators included, and then holds the signatures' constraints against them.</summary>
internal sealed class TypePass
{
    private readonly PipelineDraft draft;
    private readonly Findings findings;
    private readonly SignatureTable signatures;
    private readonly Substitution substitution;
    private readonly HashSet<EdgeDraft> faulty = new(ReferenceEqualityComparer.Instance);

    private TypePass(PipelineDraft draft, Findings findings, Substitution substitution)
    {
        this.draft = draft;
        this.findings = findings;
        this.substitution = substitution;
        signatures = draft.Signatures;
    }

    /// <summary>Resolves all types; what cannot be resolved has been reported.</summary>
    /// <param name="draft">The stages and edges.</param>
    /// <param name="findings">Where trouble goes.</param>
    /// <param name="isWhole">Nothing comes from outside that would settle what is open.</param>
    /// <param name="settled">What an earlier pass has found out about some of the edges, all of them sound.</param>
    public static TypeTable Run(PipelineDraft draft, Findings findings, bool isWhole = true, TypeTable? settled = null)
    {
        var pass = new TypePass(draft, findings, settled?.Substitution ?? new());
        var edges = FlowOrder.Of(draft).Where(e => settled?.Settles(e) != true && pass.HasFittingPeers(e)).ToList();
        foreach (var edge in edges)
        {
            foreach (var (producer, consumer) in draft.Links(edge))
            {
                pass.Unify(edge, producer, consumer);
            }
        }

        foreach (var edge in edges.Where(e => !pass.faulty.Contains(e)))
        {
            pass.CheckConstraints(edge);
        }

        if (isWhole && !findings.HasErrors)
        {
            edges.ForEach(pass.CheckResolved);
        }

        return new(draft, pass.signatures, pass.substitution);
    }

    private void Unify(EdgeDraft edge, int producer, int consumer)
    {
        var given = Sent(edge, producer, consumer);
        var taken = signatures.Input(edge, producer, consumer);
        if (given is null)
        {
            return;
        }

        if (given.Kind != taken.Kind)
        {
            Fault(edge, CheckCodes.Kind, $"'{edge.Source}' brings messages of kind {given.Kind} after its operators, but '{edge.Target}' takes {taken.Kind}.", "Remove the operator that changes the kind, or feed another input.");
            return;
        }

        foreach (var field in taken.Fields)
        {
            var offered = given.Find(field.Name);
            if (offered is null)
            {
                Fault(edge, CheckCodes.Type, $"'{edge.Source}' carries no field {field.Name}, which '{edge.Target}' takes.", "Feed the input from an output that carries it.");
            }
            else if (!substitution.Unify(offered, field.Term, edge.Name))
            {
                Mismatch(edge, field, offered, consumer);
            }
        }
    }

    /// <summary>What the producer sends, after the operators; null when an operator does not take it.</summary>
    private PortType? Sent(EdgeDraft edge, int producer, int consumer)
    {
        var type = substitution.Resolve(signatures.Output(edge, producer, consumer));
        foreach (var step in edge.Operators)
        {
            if (!step.Component.Accepts(type.Kind))
            {
                faulty.Add(edge);
                findings.Error(CheckCodes.OperatorKind, step.Where, $"Operator '{step.Component.Id}' does not take messages of kind {type.Kind}.", $"Remove it here. {step.Component.Summary}");
                return null;
            }

            type = step.Component.Type(step.Use.Options, type);
        }

        return type;
    }

    private void Mismatch(EdgeDraft edge, TypeField field, Term offered, int consumer)
    {
        var name = draft[edge.To].Instances[consumer];
        var (left, right) = (substitution.Resolve(offered), substitution.Resolve(field.Term));
        var settled = (substitution.SettledBy(field.Term) ?? substitution.SettledBy(offered)) is { } other && other != edge.Name ? other : null;
        Fault(
            edge,
            CheckCodes.Type,
            $"'{edge.Source}' carries {Words.Field(field.Name, left)}, but '{edge.Target}'{(name.Length > 0 ? $" of {name}" : "")} takes {Words.Value(right)}.",
            settled is null ? "Change one side until both agree." : $"'{settled}' settled that: change one side until both agree.");
    }

    /// <summary>One finding an edge: what follows from it would only repeat it.</summary>
    private void Fault(EdgeDraft edge, string code, string sentence, string remedy)
    {
        if (faulty.Add(edge))
        {
            findings.Error(code, edge.Where, sentence, remedy);
        }
    }

    private bool HasFittingPeers(EdgeDraft edge)
    {
        var isBlameless = draft.Unresolved.Count > 0 || draft.Spoiled.Any(e => e.To == edge.To || e.To == edge.From || e.From == edge.From);
        var producers = draft.MergeOf(edge) == Merge.AsItComes ? 1 : draft.Producers(edge.To, edge.Input.Name);
        var expected = signatures.InputTypes(edge);
        if (expected > 1 && expected != producers)
        {
            if (!isBlameless)
            {
                Fault(edge, CheckCodes.Peers, $"'{edge.Target}' needs a producer for each of {expected}, but has {Words.Count(producers, "instance")} of '{edge.From}'.", "Give the producing stage the matching 'each:'.");
            }

            return false;
        }

        var offered = signatures.OutputTypes(edge);
        var readers = edge.Output.Domain is null ? draft.Readers(edge.From, edge.Output.Name) : offered; // PerInstanceCheck has seen to domains
        if (offered > 1 && offered != readers)
        {
            if (!isBlameless)
            {
                Fault(edge, CheckCodes.Peers, $"'{edge.Source}' speaks to {offered} readers, each apart, but {Words.Count(readers, "instance")} of '{edge.To}' and others read it.", "Give the reading stages the matching 'each:'.");
            }

            return false;
        }

        return true;
    }

    private void CheckConstraints(EdgeDraft edge)
    {
        foreach (var (producer, consumer) in draft.Links(edge))
        {
            var type = substitution.Resolve(signatures.Input(edge, producer, consumer));
            foreach (var constraint in signatures[edge.To, consumer].Constraints.Where(c => c.Input == edge.Input.Name))
            {
                var term = type[constraint.Field];
                if (substitution.IsGround(term) && !constraint.Holds(term is Constant constant ? constant.Value : term))
                {
                    Fault(
                        edge,
                        CheckCodes.Constraint,
                        $"'{edge.To}' ({draft[edge.To].Component!.Id}) needs {constraint.Expectation}, but '{edge.Source}' carries {Words.Field(constraint.Field, term)}.",
                        $"Change the options of '{edge.From}', or use another component for '{edge.To}'.");
                }
            }
        }
    }

    private void CheckResolved(EdgeDraft edge)
    {
        foreach (var (producer, consumer) in draft.Links(edge))
        {
            var type = substitution.Resolve(signatures.Input(edge, producer, consumer));
            if (type.Fields.FirstOrDefault(f => !substitution.IsGround(f.Term)) is { } open)
            {
                Fault(edge, CheckCodes.Undetermined, $"Nothing says what {open.Name.Replace('-', ' ')} '{edge.Target}' has.", $"Connect an input of '{edge.From}' or '{edge.To}' that settles it.");
            }
        }
    }
}
