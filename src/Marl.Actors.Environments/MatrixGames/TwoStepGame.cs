using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.MatrixGames;

/// <summary>
/// The two-step game of Rashid et al., ICML 2018 (QMIX), section 5: the first agent's first action chooses the matrix that
/// both play in the second step. The common payoff is 0 in the first step; the optimum is 8, and a learner whose values add
/// up over agents settles for 7. Both see which of the three states it is, as one-hot vectors.
/// </summary>
internal sealed class TwoStepGame : IWorld
{
    private const int Start = 0;
    private const int Safe = 1;
    private const int Risky = 2;
    private const int States = 3;

    private readonly int[] state; // [copies]

    public TwoStepGame(NoOptions options, int copies)
    {
        _ = options;
        Copies = copies;
        state = new int[copies];
        var agent = new AgentSpec("agent-0", new Box(States), new Discrete(2));
        Spec = new([agent, agent with { Name = "agent-1" }], RewardConvention.TeamMean, MaxSteps: 0, StateWidth: States);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random) => state[copy] = Start;

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var first = actions[0];
        var second = actions[1];
        for (var copy = 0; copy < Copies; copy++)
        {
            var (row, column) = ((int)first[copy], (int)second[copy]);
            var isEnd = state[copy] != Start;
            var payoff = isEnd ? (state[copy] == Safe ? Payoffs.TwoStepSafe : Payoffs.TwoStepRisky).First[row, column] : 0;
            rewards[copy] = (float)payoff;
            rewards[Copies + copy] = (float)payoff;
            terminated[copy] = isEnd ? 1 : 0;
            state[copy] = isEnd ? state[copy] : row == 0 ? Safe : Risky;
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            observations[(copy * States) + state[copy]] = 1;
        }
    }

    /// <inheritdoc/>
    public void State(Span<float> state) => Observe(0, state);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot) => snapshot.Put<int>("two-step.state", state);

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot) => snapshot.GetInto<int>("two-step.state", state);
}
