using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Particles;

/// <summary>One disc of a particle world: its fixed facts.</summary>
/// <param name="Name">Unique in the world.</param>
/// <param name="Radius">World units.</param>
/// <param name="Colour">An SVG colour, for drawing.</param>
/// <param name="Moves">It has forces and velocities; otherwise it stays where it was put.</param>
/// <param name="Collides">It pushes other colliding bodies away.</param>
/// <param name="Speaks">It utters a vector of words in every step (agents only).</param>
/// <param name="Push">Force of a full push of its own (MPE: <c>accel</c>, or the sensitivity 5).</param>
/// <param name="MaxSpeed">Its velocity is cut to this length, world units a second.</param>
/// <param name="Team">The domain of its side (agents of worlds with sides only).</param>
internal sealed record Body(
    string Name,
    double Radius,
    string Colour,
    bool Moves = false,
    bool Collides = false,
    bool Speaks = false,
    double Push = Body.StandardPush,
    double MaxSpeed = double.PositiveInfinity,
    string? Team = null)
{
    /// <summary>The push of a body that states none (MPE: <c>sensitivity</c>).</summary>
    public const double StandardPush = 5;

    /// <summary>Its push is not the standard one.</summary>
    public bool HasOwnPush => Push != StandardPush;

    /// <summary>Its velocity is limited.</summary>
    public bool HasMaxSpeed => double.IsFinite(MaxSpeed);
}

/// <summary>The bodies of one copy. Agents come first, so that an agent's index is its body's index.</summary>
/// <param name="Agents">Bodies that act.</param>
/// <param name="Landmarks">Bodies that don't.</param>
/// <param name="Words">Length of an utterance (MPE: <c>dim_c</c>).</param>
internal sealed record ParticleScene(Values<Body> Agents, Values<Body> Landmarks, int Words)
{
    /// <summary>Agents, then landmarks.</summary>
    public Values<Body> Bodies { get; } = [.. Agents, .. Landmarks];
}
