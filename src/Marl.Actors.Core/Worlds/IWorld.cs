using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Core.Worlds;

/// <summary>
/// A number of copies of one environment that step together. All arrays are row-major with the copy outermost. A world
/// holds its state as structure of arrays and allocates nothing in a step. It never draws from anything but the streams it
/// is given. Time limits and automatic resets are the world stage's business, not the world's.
/// </summary>
/// <remarks>
/// <para>
/// Agents may die, join and act in turns. Then the spec says that the roster is not fixed, and after every reset and step
/// <see cref="Active"/> says who acts in the next step, <see cref="Departed"/> whose life ended with the last one. Whether an
/// agent that does not act waits for its turn, has not joined yet or is gone makes no difference to these rules.
/// </para>
/// <list type="bullet">
/// <item>Where an agent is not active its action is ignored, whatever it is, and its mask allows exactly one action.</item>
/// <item>A transition of an agent begins where it is active. It ends where it is active again, where its life ends, or where
/// the episode of the copy ends, whichever comes first. Steps in which it only waited are no transitions of its own.</item>
/// <item>The reward of a transition is the sum of what the agent was paid in all steps from its beginning to its end. Discounts
/// count the agent's own transitions, not the world's steps.</item>
/// <item>The transition in which its life ends is terminal for this agent alone; the episode goes on for the others. An agent
/// may come back later in the episode: it begins a new life.</item>
/// <item>What a world pays to an agent without a transition under way (before its first turn, after its death) belongs to no
/// transition and counts in the episode's return only. Worlds should pay nothing then.</item>
/// </list>
/// </remarks>
public interface IWorld
{
    /// <summary>Agents, spaces, conventions.</summary>
    WorldSpec Spec { get; }

    /// <summary>Number of copies.</summary>
    int Copies { get; }

    /// <summary>Begins a new episode in one copy.</summary>
    void Reset(int copy, ref RandomStream random);

    /// <summary>Advances every copy by one joint step.</summary>
    /// <param name="actions">By agent.</param>
    /// <param name="random">Randomness of this step's dynamics (most worlds need none).</param>
    /// <param name="rewards">To fill: [agents, copies].</param>
    /// <param name="terminated">To fill: [copies], 1 where the episode reached a terminal state, else 0. Time limits don't count.</param>
    void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated);

    /// <summary>Writes what an agent sees: [copies, width].</summary>
    void Observe(int agent, Span<float> observations);

    /// <summary>Writes what a critic may see: [copies, state width], or [copies, agents, state width].</summary>
    void State(Span<float> state);

    /// <summary>Writes 1 for each allowed and 0 for each forbidden action: [copies, actions]. Asked only of agents with a mask.</summary>
    void Mask(int agent, Span<float> mask) => mask.Fill(1);

    /// <summary>Writes 1 where the agent is there and may act, else 0: [copies]. Asked only without a fixed roster.</summary>
    void Active(int agent, Span<float> active) => active.Fill(1);

    /// <summary>
    /// Writes 1 where the agent's own life ended with the last step, though the episode may go on, else 0: [copies]. 0 after a
    /// reset. Asked only without a fixed roster.
    /// </summary>
    void Departed(int agent, Span<float> departed) => departed.Clear();

    /// <summary>Writes 1 where the episode would be a success if it ended now, else 0: [copies]. Asked only of worlds that have successes, as an episode ends.</summary>
    void Succeeded(Span<float> succeeded) => succeeded.Clear();

    /// <summary>Writes the whole state of all copies.</summary>
    void Save(StageSnapshot snapshot);

    /// <summary>Takes a saved state over.</summary>
    void Load(StageSnapshot snapshot);
}

/// <summary>The actions of all agents in one vector step. A view onto the messages they came in: not to be kept.</summary>
public readonly ref struct JointActions(ReadOnlySpan<float> actions, ReadOnlySpan<int> offsets, int copies)
{
    private readonly ReadOnlySpan<float> actions = actions;
    private readonly ReadOnlySpan<int> offsets = offsets;

    /// <summary>The actions of one agent: [copies] indexes for a discrete space, [copies, length] for a box.</summary>
    public ReadOnlySpan<float> this[int agent] => actions[offsets[agent]..offsets[agent + 1]];

    /// <summary>Number of copies.</summary>
    public int Copies { get; } = copies;
}

/// <summary>A world that can be drawn, for <c>marl play</c>.</summary>
public interface IDrawableWorld
{
    /// <summary>The drawing area: all shapes lie within ±extent in both directions.</summary>
    double Extent { get; }

    /// <summary>The shapes of one copy at this moment; the same ids in the same order every time.</summary>
    IReadOnlyList<DrawnCircle> Draw(int copy);
}

/// <summary>A stage that holds a world which can be drawn.</summary>
public interface IDrawableStage
{
    /// <summary>The world; null if it can't be drawn.</summary>
    IDrawableWorld? Drawable { get; }
}

/// <summary>A circle in world coordinates (y grows upwards).</summary>
/// <param name="Id">Which entity it is, the same through an episode.</param>
/// <param name="X">Centre, world units.</param>
/// <param name="Y">Centre, world units.</param>
/// <param name="Radius">World units.</param>
/// <param name="Colour">An SVG colour.</param>
/// <param name="Label">A short text drawn beside it, or "".</param>
public readonly record struct DrawnCircle(string Id, double X, double Y, double Radius, string Colour, string Label);
