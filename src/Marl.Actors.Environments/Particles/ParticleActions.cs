using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Environments.Particles;

/// <summary>
/// Turns actions into forces and utterances, as <c>mpe2</c> does (<c>simple_env.py</c>, <c>_set_action</c>). A body that moves
/// has five movements (stay, left, right, down, up), one that speaks has its words; one that does both has their product
/// (discrete: movement + 5 · word) or both vectors, one after the other (continuous).
/// </summary>
internal sealed class ParticleActions
{
    private const int Movements = 5;

    private static readonly double[] DirectionX = [0, -1, 1, 0, 0];

    private static readonly double[] DirectionY = [0, 0, 0, -1, 1];

    private readonly ParticleScene scene;
    private readonly ActionForm form;
    private readonly int[] sizes; // by agent: how many actions, or how long one is

    public ParticleActions(ParticleScene scene, ActionForm form)
    {
        this.scene = scene;
        this.form = form;
        sizes =
        [
            .. scene.Agents.Select(a => form == ActionForm.Discrete
                ? (a.Moves ? Movements : 1) * (a.Speaks ? scene.Words : 1)
                : (a.Moves ? Movements : 0) + (a.Speaks ? scene.Words : 0)),
        ];
    }

    /// <summary>What an agent may do.</summary>
    public Space Space(int agent) => form == ActionForm.Discrete ? new Discrete(sizes[agent]) : new Box(sizes[agent], 0, 1);

    /// <summary>The action that does nothing: staying, or saying a vector of zeros; a word is always something.</summary>
    public int? NoOp(int agent) => scene.Agents[agent].Speaks && form == ActionForm.Discrete ? null : 0;

    /// <summary>Sets an agent's forces and utterance in all copies. Continuous actions are clipped to 0..1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A discrete action that there is not: a bug in the agent.</exception>
    public void Apply(ParticleState state, int agent, ReadOnlySpan<float> actions)
    {
        var body = scene.Agents[agent];
        switch (form, body.Moves, body.Speaks)
        {
            case (ActionForm.Discrete, true, false):
                MoveDiscrete(state, agent, actions);
                break;
            case (ActionForm.Discrete, false, true):
                SpeakDiscrete(state, agent, actions, movements: 1);
                break;
            case (ActionForm.Discrete, true, true):
                MoveDiscrete(state, agent, actions);
                SpeakDiscrete(state, agent, actions, Movements);
                break;
            case (ActionForm.Continuous, var moves, var speaks):
                if (moves)
                {
                    MoveContinuous(state, agent, actions);
                }

                if (speaks)
                {
                    SpeakContinuous(state, agent, actions);
                }

                break;
        }
    }

    private void MoveDiscrete(ParticleState state, int agent, ReadOnlySpan<float> actions)
    {
        var fx = state.Row(state.ForceX, agent);
        var fy = state.Row(state.ForceY, agent);
        var (size, push) = (sizes[agent], scene.Agents[agent].Push);
        for (var copy = 0; copy < actions.Length; copy++)
        {
            var action = (int)actions[copy];
            if ((uint)action >= (uint)size)
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'{scene.Agents[agent].Name}' has no action {action}.");
            }

            var movement = action % Movements;
            fx[copy] = DirectionX[movement] * push;
            fy[copy] = DirectionY[movement] * push;
        }
    }

    private void SpeakDiscrete(ParticleState state, int agent, ReadOnlySpan<float> actions, int movements)
    {
        state.Utterance.AsSpan(state.At(agent, 0, 0), scene.Words * state.Lanes).Clear();
        for (var copy = 0; copy < actions.Length; copy++)
        {
            var action = (int)actions[copy];
            if ((uint)action >= (uint)sizes[agent])
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'{scene.Agents[agent].Name}' has no action {action}.");
            }

            state.Utterance[state.At(agent, action / movements, copy)] = 1;
        }
    }

    private void MoveContinuous(ParticleState state, int agent, ReadOnlySpan<float> actions)
    {
        var force = scene.Agents[agent].Push;
        for (var copy = 0; copy < state.Copies; copy++)
        {
            // The reference subtracts in single precision.
            var push = actions.Slice(copy * sizes[agent], Movements);
            var at = state.At(agent, copy);
            state.ForceX[at] = (Clip(push[2]) - Clip(push[1])) * force;
            state.ForceY[at] = (Clip(push[4]) - Clip(push[3])) * force;
        }
    }

    private void SpeakContinuous(ParticleState state, int agent, ReadOnlySpan<float> actions)
    {
        for (var copy = 0; copy < state.Copies; copy++)
        {
            var said = actions.Slice(((copy + 1) * sizes[agent]) - scene.Words, scene.Words);
            for (var word = 0; word < said.Length; word++)
            {
                state.Utterance[state.At(agent, word, copy)] = Clip(said[word]);
            }
        }
    }

    private static float Clip(float push) => Math.Clamp(push, 0f, 1f);
}
