using System.Globalization;
using System.Text;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Testing.Worlds;

/// <summary>
/// A world as a document: what it is, then its states while one copy is played with random allowed actions — the first
/// three steps, then every tenth, and every step that ends an episode. Committed and compared, it shows in review what a
/// change does to the world: <c>await Snapshots.Verify(Playthrough.Of(new MyWorld(options, copies: 1)))</c>.
/// </summary>
public static class Playthrough
{
    /// <summary>Plays and tells.</summary>
    /// <param name="world">A fresh world; its first copy is shown.</param>
    /// <param name="steps">Steps to play.</param>
    /// <param name="seed">Of the actions and the world's randomness.</param>
    public static string Of(IWorld world, int steps = 30, long seed = 1)
    {
        var text = new StringBuilder();
        Describe(text, world.Spec, steps, seed);
        var play = new WorldPlay(world, RandomKey.FromSeed(seed));
        play.Look();
        text.Append("\nbefore step 1\n");
        See(text, world.Spec, play);
        for (var step = 1; step <= steps; step++)
        {
            play.Look();
            play.Advance(step - 1);
            if (step <= 3 || step % 10 == 0 || play.HasEnded)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nstep {step}{play.Ending}\n");
                for (var agent = 0; agent < world.Spec.Agents.Count; agent++)
                {
                    var deed = play.View.IsActive(agent, 0) ? $"does {Numbers(play.Action(agent))}" : "does not act";
                    var end = play.HasDeparted(agent) ? ", its own end" : "";
                    text.Append($"  {world.Spec.Agents[agent].Name} {deed}, gets {Numbers(play.Reward(agent))}{end}\n");
                }

                play.Look();
                See(text, world.Spec, play);
            }
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, WorldSpec spec, int steps, long seed)
    {
        var limit = spec.MaxSteps == 0 ? "no limit" : FormattableString.Invariant($"truncated after {spec.MaxSteps} steps");
        text.Append(CultureInfo.InvariantCulture, $"{steps} steps, seed {seed}\n");
        text.Append($"rewards: {spec.Reward}; episodes: {limit}\n");
        text.Append(CultureInfo.InvariantCulture, $"state: {spec.StateWidth} {(spec.View == StateView.PerAgent ? "per agent" : "joint")}; roster: {(spec.FixedRoster ? "fixed" : "varies")}\n");
        foreach (var agent in spec.Agents)
        {
            var noOp = agent.NoOp is { } action ? FormattableString.Invariant($", no-op {action}") : "";
            text.Append($"{agent.Name}: sees {Text(agent.Observation)}, does {Text(agent.Action)}{(agent.HasMask ? ", masked" : "")}{noOp}\n");
        }
    }

    private static void See(StringBuilder text, WorldSpec spec, WorldPlay play)
    {
        for (var agent = 0; agent < spec.Agents.Count; agent++)
        {
            var absent = play.View.IsActive(agent, 0) ? "" : " (not active)";
            text.Append($"  {spec.Agents[agent].Name} sees {Numbers(play.View.Observation(agent))}{absent}\n");
            if (spec.Agents[agent].HasMask)
            {
                text.Append($"  {spec.Agents[agent].Name} may {Numbers(play.View.Mask(agent))}\n");
            }
        }

        text.Append($"  state {Numbers(play.View.State)}\n");
    }

    private static string Text(Space space) => space.Match(
        discrete => FormattableString.Invariant($"one of {discrete.Count}"),
        box => FormattableString.Invariant($"{box.Length} in {box.Low}..{box.High}"));

    /// <summary>To six significant digits; -0 is 0.</summary>
    private static string Numbers(ReadOnlySpan<float> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            text.Append(text.Length == 0 ? "" : " ").Append((value + 0.0).ToString("G6", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
