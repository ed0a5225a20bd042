using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>The types of one port of one stage instance, and how many tokens pass in one cycle of that stage.</summary>
/// <param name="Types">One for each peer; a single one stands for all peers.</param>
/// <param name="Tokens">Tokens per cycle from or to each peer: a constant, or a variable of the types (a rollout's length).</param>
public sealed record PortSignature(Values<PortType> Types, Term Tokens);

/// <summary>
/// What a stage instance says about its ports before anything is created: types with variables, and token counts of one
/// cycle (synchronous dataflow), from which rates, capacities and bytes follow.
/// </summary>
public sealed record Signature
{
    private readonly Dictionary<string, PortSignature> inputs = [];
    private readonly Dictionary<string, PortSignature> outputs = [];

    /// <summary>The inputs, by port name.</summary>
    public IReadOnlyDictionary<string, PortSignature> Inputs => inputs;

    /// <summary>The outputs, by port name.</summary>
    public IReadOnlyDictionary<string, PortSignature> Outputs => outputs;

    private readonly List<TypeConstraint> constraints = [];

    /// <summary>What must hold of the resolved types beyond unification.</summary>
    public IReadOnlyList<TypeConstraint> Constraints => constraints;

    /// <summary>Demands something of a field of an input's resolved type, as in "the action space is discrete".</summary>
    public Signature Where(string input, string field, Func<object, bool> holds, string expectation)
    {
        constraints.Add(new(input, field, holds, expectation));
        return this;
    }

    /// <summary>Adds an input of one type.</summary>
    public Signature In(string port, PortType type, Term? tokens = null) => In(port, [type], tokens);

    /// <summary>Adds an input with a type for each producer.</summary>
    public Signature In(string port, Values<PortType> types, Term? tokens = null)
    {
        inputs[port] = new(types, tokens ?? Term.Of(1));
        return this;
    }

    /// <summary>Adds an output of one type.</summary>
    public Signature Out(string port, PortType type, Term? tokens = null) => Out(port, [type], tokens);

    /// <summary>Adds an output with a type for each reader.</summary>
    public Signature Out(string port, Values<PortType> types, Term? tokens = null)
    {
        outputs[port] = new(types, tokens ?? Term.Of(1));
        return this;
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
/// <param name="Instance">Which instance, from 0.</param>
/// <param name="InstanceName">Its name: the member of the domain it stands for, or "".</param>
/// <param name="Instances">How many instances the stage has.</param>
/// <param name="Copies">The stage's <c>copies:</c> (1 when not given).</param>
/// <param name="Peers">Instances at the other end of an input or a per-instance output; 0 when not connected.</param>
public sealed record SignatureContext(
    string Stage, int Instance, string InstanceName, int Instances, int Copies, Func<string, int> Peers);
