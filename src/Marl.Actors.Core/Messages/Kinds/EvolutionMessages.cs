using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>returns</c>: how the members of a population did in one generation, each of which was one copy of a world. The stamp is
/// that of the generation's first vector step. As long as there are copies, however large the networks are.
/// </summary>
public static class ReturnMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "returns";

    /// <summary>[1]: number of the first of these members in the whole population; the others follow it.</summary>
    public const int First = 0;

    /// <summary>[copies]: mean undiscounted return of a member's episodes.</summary>
    public const int Return = 1;

    /// <summary>[copies]: their mean length, in steps.</summary>
    public const int Length = 2;

    /// <summary>[copies]: how many it finished; where it is 0, return and length are those of an unfinished one.</summary>
    public const int Episodes = 3;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies) =>
        new(Kind, new("first", [1]), new("return", [copies]), new("length", [copies]), new("episodes", [copies]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies"));

    /// <summary>The port type; <paramref name="length"/> counts the vector steps of a generation, <paramref name="policy"/> says what was tried.</summary>
    public static PortType Type(Term length, Term copies, Term reward, Term policy) =>
        PortType.Of(Kind, ("length", length), ("copies", copies), ("reward", reward), ("policy", policy));
}

/// <summary>
/// <c>generations</c>: all that is needed to take the step that another takes, without its parameters. The stamp's update counts
/// the steps done with it: version v is made of version v − 1 by what the members of generation v − 1 were worth. Version 0 only
/// says what to begin with. As long as there are members, however large the networks are.
/// </summary>
public static class GenerationMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "generations";

    /// <summary>Numbers in <see cref="Step"/>.</summary>
    public const int StepLength = 7;

    /// <summary>[4]: the key that first parameters and perturbations derive from, 16 bits in each, the highest first.</summary>
    public const int Key = 0;

    /// <summary>[<see cref="StepLength"/>]: how to step.</summary>
    public const int Step = 1;

    /// <summary>[members / 2]: by pair, what the member with the noise was worth minus what the one against it was.</summary>
    public const int Worth = 2;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int members) => new(Kind, new("key", [4]), new("step", [StepLength]), new("worth", [members / 2]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies") * type.Get<int>("shards"));

    /// <summary>The port type; <paramref name="shards"/> counts those over which the population is spread, <paramref name="copies"/> the members in each.</summary>
    public static PortType Type(Term copies, Term shards, Term policy) => PortType.Of(Kind, ("copies", copies), ("shards", shards), ("policy", policy));
}
