using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>
/// What is known of the variables of all port types: first-order unification (Robinson 1965, with the occurs check).
/// Remembers which edge settled a variable, so that a contradiction can name both edges.
/// </summary>
internal sealed class Substitution
{
    private readonly Dictionary<string, (Term Term, string Edge)> known = [];
    private readonly Dictionary<PortType, PortType> resolved = new(ReferenceEqualityComparer.Instance); // for good: nothing in them is open

    // Made once: types are resolved thousands of times.
    private readonly Func<Term, Term> resolveTerm;
    private readonly Func<TypeField, TypeField> resolveField;

    public Substitution() => (resolveTerm, resolveField) = (Resolve, Resolve);

    /// <summary>The term with every known variable replaced; the term itself where there is none.</summary>
    public Term Resolve(Term term) => term switch
    {
        Variable v => known.TryGetValue(v.Name, out var found) ? Resolve(found.Term) : term,
        Compound c => Changed(c.Arguments, resolveTerm) is { } arguments ? c with { Arguments = arguments } : term,
        _ => term,
    };

    /// <summary>The type with every known variable replaced; the type itself where there is none.</summary>
    public PortType Resolve(PortType type)
    {
        if (!resolved.TryGetValue(type, out var result))
        {
            result = Changed(type.Fields, resolveField) is { } fields ? type with { Fields = fields } : type;
            if (result.Fields.All(f => IsGround(f.Term)))
            {
                resolved.Add(type, result);
            }
        }

        return result;
    }

    private TypeField Resolve(TypeField field) => Resolve(field.Term) is var term && ReferenceEquals(term, field.Term) ? field : field with { Term = term };

    /// <summary>The items with a change applied; null where it changes none, which is usual: most types are known from the start.</summary>
    private static Values<T>? Changed<T>(Values<T> items, Func<T, T> change)
        where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = change(items[i]);
            if (changed is null && !ReferenceEquals(item, items[i]))
            {
                changed = [.. items];
            }

            changed?[i] = item;
        }

        return changed?.ToValues();
    }

    /// <summary>Whether the term is fully known.</summary>
    public bool IsGround(Term term) => Resolve(term) switch
    {
        Variable => false,
        Compound c => c.Arguments.All(IsGround),
        _ => true,
    };

    /// <summary>Makes two terms equal, or says that they cannot be (then nothing of use is learnt).</summary>
    public bool Unify(Term left, Term right, string edge)
    {
        left = Walk(left);
        right = Walk(right);
        if (left.Equals(right))
        {
            return true;
        }

        if (left is Variable || right is Variable)
        {
            var (variable, term) = left is Variable l ? (l, right) : ((Variable)right, left);
            if (Occurs(variable.Name, term))
            {
                return false;
            }

            known[variable.Name] = (term, edge);
            return true;
        }

        return left is Compound a && right is Compound b && a.Name == b.Name && a.Arguments.Count == b.Arguments.Count
            && a.Arguments.Zip(b.Arguments).All(pair => Unify(pair.First, pair.Second, edge));
    }

    /// <summary>The edge that settled the first settled variable of a term; null when the term has none.</summary>
    public string? SettledBy(Term term) => term switch
    {
        Variable v when known.TryGetValue(v.Name, out var found) => found.Term is Variable ? SettledBy(found.Term) ?? found.Edge : found.Edge,
        Compound c => c.Arguments.Select(SettledBy).FirstOrDefault(e => e is not null),
        _ => null,
    };

    private Compound Resolve(Compound compound)
    {
        foreach (var argument in compound.Arguments.AsSpan())
        {
            if (!ReferenceEquals(Resolve(argument), argument))
            {
                return compound with { Arguments = compound.Arguments.Select(Resolve).ToValues() };
            }
        }

        return compound;
    }

    private Term Walk(Term term)
    {
        while (term is Variable v && known.TryGetValue(v.Name, out var found))
        {
            term = found.Term;
        }

        return term;
    }

    private bool Occurs(string name, Term term) => Walk(term) switch
    {
        Variable v => v.Name == name,
        Compound c => c.Arguments.Any(a => Occurs(name, a)),
        _ => false,
    };
}

/// <summary>Makes the variables of one stage instance distinct from everybody else's.</summary>
internal sealed class Scope(string name)
{
    private readonly Dictionary<string, Variable> variables = [];

    /// <summary>The term with the scope's variables.</summary>
    public Term Of(Term term)
    {
        switch (term)
        {
            case Variable variable:
                if (!variables.TryGetValue(variable.Name, out var scoped))
                {
                    variables.Add(variable.Name, scoped = new($"{name}:{variable.Name}"));
                }

                return scoped;
            case Compound compound:
                return compound with { Arguments = compound.Arguments.Select(Of).ToValues() };
            default:
                return term;
        }
    }
}
