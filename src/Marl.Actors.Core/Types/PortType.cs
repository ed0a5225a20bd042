using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Types;

/// <summary>A named part of a port type: <c>observation</c>, <c>reward</c>, <c>copies</c>, …</summary>
public sealed record TypeField(string Name, Term Term);

/// <summary>What flows through a port: the message kind and its typed fields. Unified along every edge by the compiler.</summary>
/// <param name="Kind">The message kind; both ends of an edge must name the same.</param>
/// <param name="Fields">The fields, in the kind's order.</param>
public sealed record PortType(string Kind, Values<TypeField> Fields)
{
    /// <summary>A type of the kind with the given fields.</summary>
    public static PortType Of(string kind, params ReadOnlySpan<(string Name, Term Term)> fields)
    {
        var list = new TypeField[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            list[i] = new(fields[i].Name, fields[i].Term);
        }

        return new(kind, list.ToValues());
    }

    /// <summary>The term of a field.</summary>
    /// <exception cref="KeyNotFoundException">The kind has no such field: a bug in the component.</exception>
    public Term this[string field] => Find(field)
        ?? throw new KeyNotFoundException($"Port type '{Kind}' has no field '{field}'.");

    /// <summary>The term of a field; null where the kind has none of that name.</summary>
    public Term? Find(string field)
    {
        foreach (var (name, term) in Fields.AsSpan())
        {
            if (name == field)
            {
                return term;
            }
        }

        return null;
    }

    /// <summary>The value of a field that unification has resolved.</summary>
    public T Get<T>(string field) => this[field] is Constant { Value: T value }
        ? value
        : throw new InvalidOperationException($"Field '{field}' of {this} is not a resolved {typeof(T).Name}.");

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}({string.Join(", ", Fields.Select(f => $"{f.Name}: {f.Term}"))})";
}
