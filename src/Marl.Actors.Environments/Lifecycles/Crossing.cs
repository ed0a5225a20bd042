using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Lifecycles;

/// <summary>The options of <c>environment/crossing</c>.</summary>
public sealed record CrossingOptions(
    [Option("Number of walkers.", Minimum = 1, Maximum = 64)] int Agents = 3,
    [Option("Steps between the arrivals of two walkers; 0 for all at once.", Minimum = 0, Maximum = 1000)] int Every = 2,
    [Option("Steps between two trains.", Minimum = 2, Maximum = 100)] int Period = 3,
    [Option("What a step costs a walker that is there.", Minimum = 0, Maximum = 1)] double Cost = 0.1,
    [Option("Steps after which an episode is cut.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 25);

/// <summary>
/// Crossing, the small world for agents that join and die: walkers come to a railway one after another; each waits (0) or
/// goes (1), from the gate onto the track and from there across, for 1. A train kills who is on the track when it passes, for
/// −1. Who is across or dead is gone for this episode, which ends when all are; each has a reward and an end of its own. Best
/// is to wait only at the gate and only when the train is due: a walker then gets 1 − cost · 2, and cost less if it came with
/// the train, 1 − cost · (2 + 1/period) on average.
/// </summary>
internal sealed class Crossing : IWorld
{
    private const int Wait = 0;
    private const int Go = 1;
    private const int Actions = 2;
    private const int Places = 4;

    private readonly CrossingOptions options;
    private readonly Place[] places;  // [agents, copies]
    private readonly float[] departed; // [agents, copies]: gone in the last step
    private readonly int[] due;       // [copies]: steps before the one in which the train passes
    private readonly int[] age;       // [copies]: steps done in this episode

    public Crossing(CrossingOptions options, int copies)
    {
        this.options = options;
        Copies = copies;
        (places, departed) = (new Place[options.Agents * copies], new float[options.Agents * copies]);
        (due, age) = (new int[copies], new int[copies]);
        Spec = new(
            Enumerable.Range(0, options.Agents)
                .Select(i => new AgentSpec($"walker-{i}", new Box(2 + options.Period, 0, 1), new Discrete(Actions), HasMask: true, NoOp: Wait))
                .ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: (Places * options.Agents) + options.Period,
            FixedRoster: false);
    }

    private enum Place
    {
        Away,
        Gate,
        Track,
        Gone,
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        (due[copy], age[copy]) = (random.NextInt(options.Period), 0);
        for (var agent = 0; agent < options.Agents; agent++)
        {
            places[At(agent, copy)] = Place.Away;
            departed[At(agent, copy)] = 0;
        }

        LetIn(copy);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        Array.Clear(departed);
        for (var agent = 0; agent < options.Agents; agent++)
        {
            var chosen = actions[agent];
            for (var copy = 0; copy < Copies; copy++)
            {
                if (IsThere(agent, copy))
                {
                    rewards[At(agent, copy)] = (float)Walk(agent, copy, chosen[copy]);
                }
            }
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            due[copy] = due[copy] == 0 ? options.Period - 1 : due[copy] - 1;
            age[copy]++;
            LetIn(copy);
            terminated[copy] = IsOver(copy) ? 1 : 0;
        }
    }

    /// <summary>At the gate, on the track, and in how many steps the train passes, one-hot; zeros for who isn't there.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        var width = 2 + options.Period;
        for (var copy = 0; copy < Copies; copy++)
        {
            if (IsThere(agent, copy))
            {
                observations[(copy * width) + (places[At(agent, copy)] == Place.Gate ? 0 : 1)] = 1;
                observations[(copy * width) + 2 + due[copy]] = 1;
            }
        }
    }

    /// <summary>Where each walker is (away, gate, track, gone), and in how many steps the train passes, all one-hot.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            for (var agent = 0; agent < options.Agents; agent++)
            {
                row[(agent * Places) + (int)places[At(agent, copy)]] = 1;
            }

            row[(Places * options.Agents) + due[copy]] = 1;
        }
    }

    /// <summary>Both for who is there, waiting for the others.</summary>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            mask[copy * Actions] = 1;
            mask[(copy * Actions) + Go] = IsThere(agent, copy) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            active[copy] = IsThere(agent, copy) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Departed(int agent, Span<float> departed) => this.departed.AsSpan(agent * Copies, Copies).CopyTo(departed);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<Place>("crossing.places", places);
        snapshot.Put<float>("crossing.departed", departed);
        snapshot.Put<int>("crossing.due", due);
        snapshot.Put<int>("crossing.age", age);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<Place>("crossing.places", places);
        snapshot.GetInto<float>("crossing.departed", departed);
        snapshot.GetInto<int>("crossing.due", due);
        snapshot.GetInto<int>("crossing.age", age);
    }

    private int At(int agent, int copy) => (agent * Copies) + copy;

    private bool IsThere(int agent, int copy) => places[At(agent, copy)] is Place.Gate or Place.Track;

    // First everyone moves, then the train passes.
    private double Walk(int agent, int copy, float action)
    {
        if (action is not (Wait or Go))
        {
            throw new ArgumentOutOfRangeException(nameof(action), $"'{Spec.Agents[agent].Name}' has no action {action}.");
        }

        var at = At(agent, copy);
        places[at] += (int)action;
        var isAcross = places[at] == Place.Gone;
        var isHit = places[at] == Place.Track && due[copy] == 0;
        if (isAcross || isHit)
        {
            (places[at], departed[at]) = (Place.Gone, 1);
        }

        return (isAcross ? 1 : isHit ? -1 : 0) - options.Cost;
    }

    private void LetIn(int copy)
    {
        for (var agent = 0; agent < options.Agents; agent++)
        {
            if (agent * options.Every == age[copy])
            {
                places[At(agent, copy)] = Place.Gate;
            }
        }
    }

    private bool IsOver(int copy)
    {
        for (var agent = 0; agent < options.Agents; agent++)
        {
            if (places[At(agent, copy)] != Place.Gone)
            {
                return false;
            }
        }

        return true;
    }
}
