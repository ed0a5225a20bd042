using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.MatrixGames;

/// <summary>The options of a repeated matrix game.</summary>
public sealed record RepeatedGameOptions(
    [Option("Repetitions in an episode.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 25);

/// <summary>The options of <c>environment/penalty</c>.</summary>
public sealed record PenaltyOptions(
    [Option("Repetitions in an episode.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 25,
    [Option("Payoff k of choosing different optima; the lower, the more the safe middle action tempts.", Maximum = 0)] double K = -100);

/// <summary>
/// A matrix game of two agents, played again and again. They see nothing but a constant 1; payoffs come in full after each
/// repetition, so that a return is that over all repetitions of an episode, per agent (Papoudakis et al., NeurIPS 2021). A
/// game without a limit is played once: its only step is terminal.
/// </summary>
internal sealed class RepeatedGame : IWorld
{
    private readonly Payoffs payoffs;

    public RepeatedGame(Payoffs payoffs, int maxSteps, int copies)
    {
        this.payoffs = payoffs;
        Copies = copies;
        Spec = new(
            [new("agent-0", new Box(1), new Discrete(payoffs.Rows)), new("agent-1", new Box(1), new Discrete(payoffs.Columns))],
            payoffs.Convention,
            maxSteps,
            StateWidth: 1);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var first = actions[0];
        var second = actions[1];
        for (var copy = 0; copy < Copies; copy++)
        {
            var (row, column) = ((int)first[copy], (int)second[copy]);
            rewards[copy] = (float)payoffs.First[row, column];
            rewards[Copies + copy] = (float)payoffs.Second[row, column];
            terminated[copy] = Spec.MaxSteps == 0 ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations) => observations.Fill(1);

    /// <inheritdoc/>
    public void State(Span<float> state) => state.Fill(1);

    /// <summary>There is nothing to write: time is the world stage's.</summary>
    public void Save(StageSnapshot snapshot)
    {
    }

    /// <summary>There is nothing to read.</summary>
    public void Load(StageSnapshot snapshot)
    {
    }
}
