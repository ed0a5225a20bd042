using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// What a stage instance says about itself before anything is created: the types of its ports, with variables, and its firing
/// pattern. Where it states no pattern, every firing takes one token of each input and sends one of each output.
/// </summary>
public sealed record Signature
{
    private readonly Dictionary<string, Values<PortType>> inputs = [];
    private readonly Dictionary<string, Values<PortType>> outputs = [];
    private readonly List<TypeConstraint> constraints = [];
    private FiringPattern stated = new();
    private bool hasCycle;

    /// <summary>The types of the inputs, by port name: one for each producer; a single one stands for all.</summary>
    public IReadOnlyDictionary<string, Values<PortType>> Inputs => inputs;

    /// <summary>The types of the outputs, by port name: one for each reader; a single one stands for all.</summary>
    public IReadOnlyDictionary<string, Values<PortType>> Outputs => outputs;

    /// <summary>What must hold of the resolved types beyond unification.</summary>
    public IReadOnlyList<TypeConstraint> Constraints => constraints;

    /// <summary>When the stage takes and sends how many tokens.</summary>
    public FiringPattern Pattern => hasCycle ? stated : stated with { Cycle = [OneOfEach()] };

    /// <summary>Adds an input of one type.</summary>
    public Signature In(string port, PortType type) => In(port, [type]);

    /// <summary>Adds an input with a type for each producer.</summary>
    public Signature In(string port, Values<PortType> types)
    {
        inputs[port] = types;
        return this;
    }

    /// <summary>Adds an output of one type.</summary>
    public Signature Out(string port, PortType type) => Out(port, [type]);

    /// <summary>Adds an output with a type for each reader.</summary>
    public Signature Out(string port, Values<PortType> types)
    {
        outputs[port] = types;
        return this;
    }

    /// <summary>Demands something of a field of an input's resolved type, as in "the action space is discrete".</summary>
    public Signature Where(string input, string field, Func<object, bool> holds, string expectation)
    {
        constraints.Add(new(input, field, holds, expectation));
        return this;
    }

    /// <summary>The stage speaks first: its Start sends these to every reader of the port.</summary>
    public Signature Starts(string output, Amount? tokens = null)
    {
        stated = stated with { Start = [.. stated.Start, new(output, tokens ?? 1)] };
        return this;
    }

    /// <summary>Firings it does once, before its first cycle.</summary>
    public Signature Opens(params Values<Phase> phases)
    {
        stated = stated with { Opening = phases };
        return this;
    }

    /// <summary>Its cycle, in place of one token on each port. No phase at all: it ends after what it does once.</summary>
    public Signature Fires(params Values<Phase> phases)
    {
        stated = stated with { Cycle = phases };
        hasCycle = true;
        return this;
    }

    /// <summary>Clocks only: the firing that ends an iteration of the graph sends one token of this port besides.</summary>
    public Signature EndsIteration(string output)
    {
        stated = stated with { IterationEnd = [.. stated.IterationEnd, new(output, 1)] };
        return this;
    }

    /// <summary>
    /// Which reader gets a token of these outputs in which firing is decided while running, as by the order in which tokens come.
    /// The cycle says how many each gets in it on the average, which is also the most that one firing sends to it.
    /// </summary>
    public Signature DecidesAtRunTime(params Values<string> outputs)
    {
        stated = stated with { DecidedAtRunTime = outputs };
        return this;
    }

    /// <summary>The same with every term of its types and its pattern changed.</summary>
    public Signature With(Func<Term, Term> change)
    {
        var changed = new Signature { stated = stated.With(change), hasCycle = hasCycle };
        foreach (var (name, types) in inputs)
        {
            changed.inputs[name] = types.Select(t => With(t, change)).ToValues();
        }

        foreach (var (name, types) in outputs)
        {
            changed.outputs[name] = types.Select(t => With(t, change)).ToValues();
        }

        changed.constraints.AddRange(constraints);
        return changed;
    }

    /// <summary>The same with every demand on its inputs changed.</summary>
    public Signature With(Func<TypeConstraint, TypeConstraint> change)
    {
        var changed = With((Term term) => term);
        changed.constraints.Clear();
        changed.constraints.AddRange(constraints.Select(change));
        return changed;
    }

    private static PortType With(PortType type, Func<Term, Term> change) =>
        type with { Fields = type.Fields.Select(f => f with { Term = change(f.Term) }).ToValues() };

    private Phase OneOfEach()
    {
        var ends = stated.IterationEnd.Select(t => t.Port).ToHashSet();
        return new()
        {
            Taken = inputs.Keys.Select(port => new PortTokens(port, 1)).ToValues(),
            Sent = outputs.Keys.Where(port => !ends.Contains(port)).Select(port => new PortTokens(port, 1)).ToValues(),
        };
    }
}

/// <summary>A demand on a field of an input's resolved type.</summary>
/// <param name="Input">The input port.</param>
/// <param name="Field">The field of its type.</param>
/// <param name="Holds">Whether the resolved value is acceptable.</param>
/// <param name="Expectation">What is accepted, as in "a discrete action space".</param>
public sealed record TypeConstraint(string Input, string Field, Func<object, bool> Holds, string Expectation);

/// <summary>What a component may know of its place in the graph when it states its signature.</summary>
/// <param name="Stage">The stage's name in the file.</param>
/// <param name="Instance">Which instance, from 0; of its shard, where it stands within one.</param>
/// <param name="Names">Of all instances, in its shard where it stands within one: the members of the domain they stand for, or "" for a single one.</param>
/// <param name="Copies">Copies of one instance (1 when not given).</param>
/// <param name="Peers">Instances at the other end of an input or a per-instance output; 0 when not connected.</param>
/// <param name="Purpose">Training or evaluation: worlds and agents of an evaluation count passes, not iterations.</param>
public sealed record SignatureContext(
    string Stage, int Instance, Values<string> Names, int Copies, Func<string, int> Peers, Purpose Purpose = Purpose.Training)
{
    /// <summary>Its name.</summary>
    public string InstanceName => Names[Instance];

    /// <summary>How many instances the stage has; in its shard, where it stands within one.</summary>
    public int Instances => Names.Count;

    /// <summary>Where it stands towards the shards of the world.</summary>
    public ShardPlace Shard { get; init; } = ShardPlace.Only;
}
