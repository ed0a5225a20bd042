using System.Globalization;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
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
    private readonly int[] goals; // [goals, copies]: bodies

    /// <summary>A world at rest.</summary>
    /// <param name="scene">The bodies.</param>
    /// <param name="integration">Which of position and velocity moves first.</param>
    /// <param name="form">What actions are.</param>
    /// <param name="copies">How many step together.</param>
    /// <param name="goals">The landmarks an episode is about, as MPE names them: (agent, <c>goal_b</c>).</param>
    protected ParticleWorld(ParticleScene scene, IntegrationOrder integration, ActionForm form, int copies, params (int Agent, string Name)[] goals)
    {
        Scene = scene;
        Particles = new(scene, copies);
        Goals = goals;
        this.goals = new int[goals.Length * copies];
        Array.Fill(this.goals, scene.Agents.Count);
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
    public IReadOnlyList<(int Agent, string Name)> Goals { get; }

    /// <summary>Sets such a goal to a body. False when that body can't be it: it must be a landmark.</summary>
    public bool TakeGoal(int copy, int agent, string name, int body)
    {
        var goal = Goals.ToList().IndexOf((agent, name));
        if (goal < 0 || body < Scene.Agents.Count || body >= Scene.Bodies.Count)
        {
            return false;
        }

        goals[(goal * Copies) + copy] = body;
        return true;
    }

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
    public void Observe(int agent, Span<float> observations)
    {
        var width = Spec.Agents[agent].Observation.Width;
        for (var copy = 0; copy < Copies; copy++)
        {
            See(agent, copy, observations.Slice(copy * width, width));
        }
    }

    /// <summary>All observations, one after the other (MPE: <c>state()</c>).</summary>
    public virtual void State(Span<float> state)
    {
        var next = 0;
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var agent = 0; agent < Scene.Agents.Count; agent++)
            {
                var width = Spec.Agents[agent].Observation.Width;
                See(agent, copy, state.Slice(next, width));
                next += width;
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        Particles.Save(snapshot);
        snapshot.Put<int>("particles.goals", goals);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        Particles.Load(snapshot);
        snapshot.GetInto<int>("particles.goals", goals);
    }

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

    /// <summary>Writes what an agent sees in a copy, all of the row.</summary>
    protected abstract void See(int agent, int copy, Span<float> row);

    /// <summary>The colour of a body at this moment.</summary>
    protected virtual string ColourOf(int copy, int body) => Scene.Bodies[body].Colour;

    /// <summary>The body of a goal.</summary>
    protected int Goal(int copy, int goal = 0) => goals[(goal * Copies) + copy];

    /// <summary>Draws a landmark for a goal.</summary>
    protected void DrawGoal(int copy, ref RandomStream random, int goal = 0) =>
        goals[(goal * Copies) + copy] = Scene.Agents.Count + random.NextInt(Scene.Landmarks.Count);

    /// <summary>
    /// Puts all bodies of a copy at rest, uniformly: agents in the square ±1, landmarks in the square ±<paramref name="landmarks"/>;
    /// agents first, x before y.
    /// </summary>
    protected void Scatter(int copy, ref RandomStream random, double landmarks = 1)
    {
        for (var body = 0; body < Scene.Bodies.Count; body++)
        {
            var reach = body < Scene.Agents.Count ? 1 : landmarks;
            var x = random.Uniform(-reach, reach);
            Particles.Place(copy, body, x, random.Uniform(-reach, reach));
        }

        Particles.Hush(copy);
    }

    /// <summary>The usual facts: each agent has a reward of its own, and the state is all observations.</summary>
    /// <param name="maxSteps">Steps after which an episode is cut.</param>
    /// <param name="widths">Length of each agent's observation.</param>
    protected WorldSpec SpecOf(int maxSteps, IReadOnlyList<int> widths) =>
        new(widths.Select((width, agent) => Agent(agent, width)).ToValues(), RewardConvention.PerAgent, maxSteps, widths.Sum());

    /// <summary>The agent of a body: its action space, and the action that does nothing, where there is one.</summary>
    protected AgentSpec Agent(int agent, int observationWidth) => new(
        Scene.Agents[agent].Name, new Box(observationWidth), actions.Space(agent), NoOp: actions.NoOp(agent), Team: Scene.Agents[agent].Team);

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
