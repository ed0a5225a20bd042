using System.Globalization;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>
/// What all particle worlds share: actions become forces and utterances, the physics moves the bodies. A world adds its
/// bodies, how an episode begins, what is seen and what is paid.
/// </summary>
internal abstract class ParticleWorld : IWorld, IDrawableWorld
{
    private readonly ParticlePhysics physics;
    private readonly ParticleActions actions;

    protected ParticleWorld(ParticleScene scene, IntegrationOrder integration, ActionForm form, int copies)
    {
        Scene = scene;
        Particles = new(scene, copies);
        physics = new(scene, integration);
        actions = new(scene, form);
    }

    /// <inheritdoc/>
    public abstract WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies => Particles.Copies;

    /// <inheritdoc/>
    public double Extent => 1.5;

    /// <summary>The bodies.</summary>
    public ParticleScene Scene { get; }

    /// <summary>Where they are.</summary>
    public ParticleState Particles { get; }

    /// <summary>The goals an episode has beside the bodies' state, as MPE names them: (agent, <c>goal_b</c>).</summary>
    public virtual IReadOnlyList<(int Agent, string Name)> Goals => [];

    /// <summary>Sets such a goal to a body. False when that body can't be it.</summary>
    public virtual bool TakeGoal(int copy, int agent, string name, int body) => false;

    /// <inheritdoc/>
    public abstract void Reset(int copy, ref RandomStream random);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        Array.Clear(Particles.ForceX);
        Array.Clear(Particles.ForceY);
        for (var agent = 0; agent < Scene.Agents.Count; agent++)
        {
            this.actions.Apply(Particles, agent, actions[agent]);
        }

        physics.Step(Particles);
        Pay(rewards, terminated);
    }

    /// <inheritdoc/>
    public abstract void Observe(int agent, Span<float> observations);

    /// <inheritdoc/>
    public abstract void State(Span<float> state);

    /// <inheritdoc/>
    public virtual void Save(StageSnapshot snapshot) => Particles.Save(snapshot);

    /// <inheritdoc/>
    public virtual void Load(StageSnapshot snapshot) => Particles.Load(snapshot);

    /// <summary>Landmarks below agents; bodies outside the frame are drawn at its edge.</summary>
    public IReadOnlyList<DrawnCircle> Draw(int copy)
    {
        var drawn = new List<DrawnCircle>(Scene.Bodies.Count);
        foreach (var body in Enumerable.Range(0, Scene.Bodies.Count).OrderBy(i => i < Scene.Agents.Count))
        {
            var (facts, at) = (Scene.Bodies[body], Particles.At(body, copy));
            var edge = Extent - facts.Radius;
            drawn.Add(new(
                facts.Name,
                Math.Clamp(Particles.X[at], -edge, edge),
                Math.Clamp(Particles.Y[at], -edge, edge),
                facts.Radius,
                ColourOf(copy, body),
                facts.Speaks ? Spoken(copy, body) : ""));
        }

        return drawn;
    }

    /// <summary>Fills rewards [agents, copies] and terminal flags [copies] after the bodies have moved.</summary>
    protected abstract void Pay(Span<float> rewards, Span<float> terminated);

    /// <summary>The colour of a body at this moment.</summary>
    protected virtual string ColourOf(int copy, int body) => Scene.Bodies[body].Colour;

    /// <summary>Puts all bodies of a copy at rest, uniformly in the square ±1: agents first, x before y.</summary>
    protected void Scatter(int copy, ref RandomStream random)
    {
        for (var body = 0; body < Scene.Bodies.Count; body++)
        {
            var x = random.Uniform(-1, 1);
            Particles.Place(copy, body, x, random.Uniform(-1, 1));
        }

        Particles.Hush(copy);
    }

    /// <summary>The agent of a body: its action space, and the action that does nothing, where there is one.</summary>
    protected AgentSpec Agent(int agent, int observationWidth) => new(
        Scene.Agents[agent].Name, new Box(observationWidth), actions.Space(agent), NoOp: actions.NoOp(agent));

    private string Spoken(int copy, int agent)
    {
        var best = -1;
        for (var word = 0; word < Scene.Words; word++)
        {
            var strength = Particles.Utterance[Particles.At(agent, word, copy)];
            best = strength > (best < 0 ? 0 : Particles.Utterance[Particles.At(agent, best, copy)]) ? word : best;
        }

        return best < 0 ? "" : ((char)('A' + best)).ToString(CultureInfo.InvariantCulture);
    }
}
