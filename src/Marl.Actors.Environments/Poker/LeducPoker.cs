using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Environments.Poker;

/// <summary>
/// Leduc hold'em for two: turns with chance, hidden cards and a public one. Southey et al., UAI 2005; actions as OpenSpiel's
/// <c>leduc_poker</c>; <see cref="LeducHand"/> has the rules. If both play an equilibrium, player 0 gets −0.0856.
/// </summary>
internal sealed class LeducPoker : IWorld
{
    private const int Ranks = LeducHand.Ranks;
    private const int Actions = LeducHand.Choices;

    private readonly LeducHand[] hands; // [copies]
    private readonly int[] board;       // [copies]: the rank that will be shown
    private readonly int width = LeducHand.Start.Width;

    public LeducPoker(NoOptions options, int copies)
    {
        _ = options;
        Copies = copies;
        (hands, board) = (new LeducHand[copies], new int[copies]);
        var player = new AgentSpec("player-0", new Box(width, 0, 1), new Discrete(Actions), HasMask: true, Team: "first");
        Spec = new(
            [player, player with { Name = "player-1", Team = "second" }],
            RewardConvention.PerAgent,
            MaxSteps: 0,
            StateWidth: width - 2 + Ranks,
            FixedRoster: false);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <summary>All three cards are drawn at the beginning; the third lies hidden until it is due.</summary>
    public void Reset(int copy, ref RandomStream random)
    {
        Span<int> deck = stackalloc int[Ranks * LeducHand.Suits];
        for (var card = 0; card < deck.Length; card++)
        {
            deck[card] = card / LeducHand.Suits;
        }

        random.Shuffle(deck);
        Deal(copy, deck[0], deck[1], deck[2]);
    }

    /// <summary>Begins a game with given ranks.</summary>
    public void Deal(int copy, int first, int second, int shown) =>
        (hands[copy], board[copy]) = (LeducHand.Start with { First = first, Second = second }, shown);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var hand = hands[copy];
            if (hand.Turn < 0)
            {
                terminated[copy] = 1;
                continue;
            }

            var action = (int)actions[hand.Turn][copy];
            if ((uint)action >= Actions)
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'{Spec.Agents[hand.Turn].Name}' has no action {action}.");
            }

            hand = hand.With(hand.Allows(action) ? action : LeducHand.Call); // calling is always allowed
            hands[copy] = hand.Turn == Mover.Chance ? hand with { Public = board[copy] } : hand;
            if (hand.Turn == Mover.Over)
            {
                terminated[copy] = 1;
                rewards[copy] = (float)hand.Gain;
                rewards[Copies + copy] = -rewards[copy];
            }
        }
    }

    /// <summary>See <see cref="LeducHand.Observe"/>.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            hands[copy].Observe(agent, observations.Slice(copy * width, width));
        }
    }

    /// <summary>Both cards and what both see.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            row[hands[copy].First] = 1;
            row[Ranks + hands[copy].Second] = 1;
            hands[copy].WriteCommon(row[(2 * Ranks)..]);
        }
    }

    /// <summary>What the rules allow who is to move, calling for the other.</summary>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var action = 0; action < Actions; action++)
            {
                mask[(copy * Actions) + action] = action == LeducHand.Call || (hands[copy].Turn == agent && hands[copy].Allows(action)) ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            active[copy] = hands[copy].Turn == agent ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<LeducHand>("leduc-poker.hands", hands);
        snapshot.Put<int>("leduc-poker.board", board);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<LeducHand>("leduc-poker.hands", hands);
        snapshot.GetInto<int>("leduc-poker.board", board);
    }
}
