using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Control;
using Marl.Actors.Environments.Foraging;
using Marl.Actors.Environments.Lifecycles;
using Marl.Actors.Environments.Markets;
using Marl.Actors.Environments.MatrixGames;
using Marl.Actors.Environments.Navigation;
using Marl.Actors.Environments.Optimisation;
using Marl.Actors.Environments.Particles;
using Marl.Actors.Environments.Poker;
using Marl.Actors.Environments.Signalling;
using Marl.Actors.Environments.Traffic;

namespace Marl.Actors.Environments;

/// <summary>The worlds that come with the framework: one line each.</summary>
public static class BuiltInEnvironments
{
    private const string Mpe = "Lowe et al., NeurIPS 2017; mpe2 1.1.0";
    private const string ClausBoutilier = "Claus, Boutilier, AAAI 1998";

    private static readonly BuiltIn[] Worlds =
    [
        World<SimpleSpreadOptions>("simple-spread", "Agents cover landmarks without bumping into each other.", Mpe, (o, copies) => new SimpleSpread(o, copies)),
        World<SimpleSpeakerListenerOptions>("simple-speaker-listener", "One agent names a landmark, the other goes there.", Mpe, (o, copies) => new SimpleSpeakerListener(o, copies)),
        World<SimpleTagOptions>("simple-tag", "Slow adversaries chase fast agents around obstacles.", Mpe, (o, copies) => new SimpleTag(o, copies)),
        World<SimpleAdversaryOptions>("simple-adversary", "Good agents cover their goal and keep an adversary guessing which it is.", Mpe, (o, copies) => new SimpleAdversary(o, copies)),
        World<SimpleReferenceOptions>("simple-reference", "Two agents tell each other where to go, moving and speaking at once.", Mpe, (o, copies) => new SimpleReference(o, copies)),
        World<SimplePushOptions>("simple-push", "An adversary pushes an agent away from its goal.", Mpe, (o, copies) => new SimplePush(o, copies)),
        World<SimpleCryptoOptions>("simple-crypto", "Alice tells Bob a secret that Eve overhears.", Mpe, (o, copies) => new SimpleCrypto(o, copies)),
        World<SimpleWorldCommOptions>("simple-world-comm", "simple-tag with food, forests that hide, and a leader that speaks.", Mpe, (o, copies) => new SimpleWorldComm(o, copies)),
        World<SimpleOptions>("simple", "One agent goes to one landmark.", Mpe, (o, copies) => new Simple(o, copies)),
        World<LevelBasedForagingOptions>("level-based-foraging", "Players of different levels load food together.", "Christianos, Schäfer, Albrecht, NeurIPS 2020; lb-foraging v3", (o, copies) => new LevelBasedForaging(o, copies), o => o.Conflicts()),
        World<CartPoleOptions>("cart-pole", "A cart keeps the pole on it upright.", "Barto, Sutton, Anderson 1983; Gymnasium CartPole-v1", (o, copies) => new CartPole(o, copies)),
        World<PendulumOptions>("pendulum", "A torque swings a rod up and holds it there.", "Gymnasium Pendulum-v1", (o, copies) => new Pendulum(o, copies)),
        World<NoOptions>("tic-tac-toe", "Two players in turns; perfect play is a draw.", "", (o, copies) => new TicTacToe(o, copies)),
        World<NoOptions>("kuhn-poker", "Poker with three cards, in turns, with hidden cards and chance.", "Kuhn 1950; OpenSpiel", (o, copies) => new KuhnPoker(o, copies)),
        World<NoOptions>("leduc-poker", "Poker with six cards and two rounds of bets, in turns, with hidden cards, a public one and chance.", "Southey et al., UAI 2005; OpenSpiel", (o, copies) => new LeducPoker(o, copies)),
        World<CrossingOptions>("crossing", "Walkers join one after another, cross a railway or die there.", "", (o, copies) => new Crossing(o, copies)),
        World<DialOptions>("dial", "One agent says which number is meant, another of different spaces turns a dial to it.", "", (o, copies) => new Dial(o, copies)),
        World<LewisSignallingOptions>("lewis-signalling", "A sender sees the state of nature, a receiver must act on it.", "Lewis, Convention, 1969", (o, copies) => new LewisSignalling(o, copies)),
        World<ReferentialOptions>("referential", "A sender describes an object, a receiver picks it among others.", "Lazaridou, Peysakhovich, Baroni, ICLR 2017", (o, copies) => new Referential(o, copies), o => o.Conflicts()),
        World<MultimodalSignallingOptions>("multimodal-signalling", "Several senders each see one part of what a receiver must know whole.", "", (o, copies) => new MultimodalSignalling(o, copies), o => o.Conflicts()),
        World<WhomToAskOptions>("whom-to-ask", "A receiver must name the value of one of several holders, whom it or a guide knows.", "", (o, copies) => new WhomToAsk(o, copies)),
        World<TrafficJunctionOptions>("traffic-junction", "Cars that can't see each other pass a junction without colliding.", "Sukhbaatar, Szlam, Fergus, NeurIPS 2016; IC3Net", (o, copies) => new TrafficJunction(o, copies), o => o.Conflicts(), o => o.Evaluated),
        World<TeamNavigationOptions>("team-navigation", "A crowd of agents with short sight spreads over a field of landmarks.", "", (o, copies) => new TeamNavigation(o, copies), o => o.Conflicts()),
        World<TaskAllocationOptions>("task-allocation", "Workers take on tasks that are worth something else to each; two can't do the same.", "Aldous 2001", (o, copies) => new TaskAllocation(o, copies)),
        World<DoubleAuctionMarketOptions>("double-auction", "A day at a market: buyers and sellers of one unit each, brought together by an auction.", "Gode, Sunder, JPE 1993", (o, copies) => new DoubleAuctionMarket(o, copies)),
        World<NoOptions>("paraboloid", "A point to be moved to the top of a hill; its height is the reward.", "Jaderberg et al., arXiv:1711.09846, the toy example", (_, copies) => new Paraboloid(copies)),
        World<RepeatedGameOptions>("climbing", "A common-payoff matrix game whose best outcome is guarded by heavy losses.", ClausBoutilier, (o, copies) => new RepeatedGame(Payoffs.Climbing, o.MaxSteps, copies)),
        World<PenaltyOptions>("penalty", "A common-payoff matrix game with two best outcomes and a penalty for mixing them up.", ClausBoutilier, (o, copies) => new RepeatedGame(Payoffs.Penalty(o.K), o.MaxSteps, copies)),
        World<RepeatedGameOptions>("prisoners-dilemma", "Two prisoners stay silent or defect.", "Tucker 1950", (o, copies) => new RepeatedGame(Payoffs.PrisonersDilemma, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("coordination", "Two agents are paid for choosing alike.", "Schelling 1960", (o, copies) => new RepeatedGame(Payoffs.Coordination, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("chicken", "Two drivers head for each other; both are worst off if neither gives way.", "Aumann 1987", (o, copies) => new RepeatedGame(Payoffs.Chicken, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("stag-hunt", "Two hunters risk the stag or take a hare.", "Rousseau 1755", (o, copies) => new RepeatedGame(Payoffs.StagHunt, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("matching-pennies", "One agent wins if both choose alike, the other if not.", "von Neumann 1928", (o, copies) => new RepeatedGame(Payoffs.MatchingPennies, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("rock-paper-scissors", "Each action beats one and loses to one.", "", (o, copies) => new RepeatedGame(Payoffs.RockPaperScissors, o.MaxSteps, copies)),
        World<RepeatedGameOptions>("biased-rock-paper-scissors", "Rock, paper, scissors with unequal stakes, so that no action is played as often as another in equilibrium.", "", (o, copies) => new RepeatedGame(Payoffs.BiasedRockPaperScissors, o.MaxSteps, copies)),
        World<NoOptions>("qtran-matrix", "A common-payoff matrix game that no monotonic mixture of values can represent, played once.", "Son et al., ICML 2019", (_, copies) => new RepeatedGame(Payoffs.Qtran, maxSteps: 0, copies)),
        World<NoOptions>("two-step", "The first agent chooses the matrix both play next.", "Rashid et al., ICML 2018", (o, copies) => new TwoStepGame(o, copies)),
    ];

    /// <summary>All of them, as catalog entries.</summary>
    public static IReadOnlyList<Component> All { get; } = [.. Worlds.Select(w => w.Component)];

    /// <summary>A bare world, without a stage around it: for plain loops, drawing and tests.</summary>
    /// <param name="id">The catalog's name: <c>environment/simple-spread</c>.</param>
    /// <param name="options">The options record of that world, with values in range.</param>
    /// <param name="copies">How many step together.</param>
    /// <exception cref="InvalidOperationException">There is no such built-in world.</exception>
    public static IWorld Create(string id, object options, int copies) => Worlds.Single(w => w.Component.Id == id).Create(options, copies);

    // The fixed facts of a world don't depend on its copies: a world of one copy states them.
    private static BuiltIn World<TOptions>(
        string name,
        string summary,
        string source,
        Func<TOptions, int, IWorld> create,
        Func<TOptions, IEnumerable<(string Option, string Sentence)>>? conflicts = null,
        Func<TOptions, TOptions>? evaluated = null) => new(
        WorldComponent.Of("environment/" + name, summary, source, options => create(options, 1).Spec, create, conflicts, evaluated),
        (options, copies) => create((TOptions)options, copies));

    private sealed record BuiltIn(Component Component, Func<object, int, IWorld> Create);
}
