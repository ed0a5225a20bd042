using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Poker;

/// <summary>
/// Kuhn poker, the small world for turns with chance and hidden cards. Kuhn 1950; numbering and observations as OpenSpiel's
/// <c>kuhn_poker</c>; <see cref="KuhnHand"/> has the rules. If both play an equilibrium, player 0 gets −1/18.
/// </summary>
internal sealed class KuhnPoker : IWorld
{
    private const int Cards = KuhnHand.Cards;
    private const int Longest = KuhnHand.Longest;
    private const int Actions = 2;
    private const int Bet = KuhnHand.Bet;

    private readonly int[] cards;  // [players, copies]
    private readonly int[] length; // [copies]: moves made
    private readonly int[] moves;  // [copies]: one bit a move, 1 for a bet

    public KuhnPoker(NoOptions options, int copies)
    {
        _ = options;
        Copies = copies;
        (cards, length, moves) = (new int[2 * copies], new int[copies], new int[copies]);
        var player = new AgentSpec("player-0", new Box(KuhnHand.Start.Width, 0, 1), new Discrete(Actions), HasMask: true, Team: "first");
        Spec = new(
            [player, player with { Name = "player-1", Team = "second" }],
            RewardConvention.PerAgent,
            MaxSteps: 0,
            StateWidth: (2 * Cards) + (Longest * Actions),
            FixedRoster: false);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        var first = random.NextInt(Cards);
        Deal(copy, first, (first + 1 + random.NextInt(Cards - 1)) % Cards);
    }

    /// <summary>Begins a game with given cards.</summary>
    public void Deal(int copy, int first, int second) => (cards[copy], cards[Copies + copy], length[copy], moves[copy]) = (first, second, 0, 0);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var hand = Hand(copy);
            if (hand.IsOver)
            {
                terminated[copy] = 1;
                continue;
            }

            var player = hand.Turn;
            var action = (int)actions[player][copy];
            if ((uint)action >= Actions)
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'{Spec.Agents[player].Name}' has no action {action}.");
            }

            hand = hand.With(action);
            (length[copy], moves[copy]) = (hand.Length, hand.Moves);
            if (hand.IsOver)
            {
                terminated[copy] = 1;
                rewards[copy] = (float)hand.Gain;
                rewards[Copies + copy] = -rewards[copy];
            }
        }
    }

    /// <summary>See <see cref="KuhnHand.Observe"/>.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        var width = KuhnHand.Start.Width;
        for (var copy = 0; copy < Copies; copy++)
        {
            Hand(copy).Observe(agent, observations.Slice(copy * width, width));
        }
    }

    /// <summary>Both cards and the moves so far.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            row[cards[copy]] = 1;
            row[Cards + cards[Copies + copy]] = 1;
            Hand(copy).WriteMoves(row[(2 * Cards)..]);
        }
    }

    /// <summary>Both actions for who is to move, passing for the other.</summary>
    public void Mask(int agent, Span<float> mask)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            mask[copy * Actions] = 1;
            mask[(copy * Actions) + Bet] = IsToMove(copy, agent) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Active(int agent, Span<float> active)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            active[copy] = IsToMove(copy, agent) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("kuhn-poker.cards", cards);
        snapshot.Put<int>("kuhn-poker.length", length);
        snapshot.Put<int>("kuhn-poker.moves", moves);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("kuhn-poker.cards", cards);
        snapshot.GetInto<int>("kuhn-poker.length", length);
        snapshot.GetInto<int>("kuhn-poker.moves", moves);
    }

    private bool IsToMove(int copy, int agent) => Hand(copy).Turn == agent;

    private KuhnHand Hand(int copy) => new(cards[copy], cards[Copies + copy], length[copy], moves[copy]);
}
