using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// An entry of the catalog: what pipeline files may write after <c>uses:</c>. Stating the signature never touches native
/// libraries; only <see cref="Create"/> may.
/// </summary>
public sealed record Component
{
    /// <summary><c>kind/kebab-name</c>: <c>environment/simple-spread</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Paper or reference implementation.</summary>
    public string Source { get; init; } = "";

    /// <summary>A smallest pipeline with it, for the catalog; "" where one can be found by trying out what goes together.</summary>
    public string Example { get; init; } = "";

    /// <summary>The options.</summary>
    public required OptionsSchema Options { get; init; }

    /// <summary>The input ports; their order gives the port indexes.</summary>
    public Values<InputPort> Inputs { get; init; } = [];

    /// <summary>The output ports; their order gives the port indexes.</summary>
    public Values<OutputPort> Outputs { get; init; } = [];

    /// <summary>It drives logical time: its stage is an <see cref="IClock"/>, and one firing of it is one vector step.</summary>
    public bool IsClock { get; init; }

    /// <summary><c>copies:</c> may be given.</summary>
    public bool AllowsCopies { get; init; }

    /// <summary><c>each:</c> may be given.</summary>
    public bool AllowsEach { get; init; }

    /// <summary>It computes for long stretches (a learner) and gets a dispatcher apart from the others.</summary>
    public bool IsCompute { get; init; }

    /// <summary>How far those may drift apart whose gradients it takes, from the options; null where it takes none.</summary>
    public Func<object, Drift?> Drift { get; init; } = _ => null;

    /// <summary>Episodes of this clock succeed or fail, so that an evaluation may count successes.</summary>
    public Func<object, bool> HasSuccess { get; init; } = _ => false;

    /// <summary>Named lists other stages may be multiplied by (<c>each: world.agents</c>), from the options.</summary>
    public Func<object, IReadOnlyDictionary<string, Values<string>>> Domains { get; init; } = _ => new Dictionary<string, Values<string>>();

    /// <summary>
    /// Checks options together (one by one they are within range already). Each problem: the option it belongs to and a
    /// sentence with a remedy.
    /// </summary>
    public Func<object, IEnumerable<(string Option, string Sentence)>> Validate { get; init; } = _ => [];

    /// <summary>The same for options that speak of the stage's instances, whose names it is given; [""] where there is no <c>each:</c>.</summary>
    public Func<object, Values<string>, IEnumerable<(string Option, string Sentence)>> ValidateInstances { get; init; } = (_, _) => [];

    /// <summary>Types of the ports of one instance, and its firing pattern, which is the same for all instances of a stage.</summary>
    public required Func<object, SignatureContext, Signature> Sign { get; init; }

    /// <summary>Makes the stage.</summary>
    public required Func<object, StageContext, IStage> Create { get; init; }

    /// <summary>The word before the slash.</summary>
    public string Kind => Id[..Id.IndexOf('/')];

    /// <summary>Position of an input port.</summary>
    public int InputIndex(string port) => Inputs.ToList().FindIndex(p => p.Name == port);

    /// <summary>Position of an output port.</summary>
    public int OutputIndex(string port) => Outputs.ToList().FindIndex(p => p.Name == port);
}
