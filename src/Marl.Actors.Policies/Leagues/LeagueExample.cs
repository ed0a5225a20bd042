namespace Marl.Actors.Policies.Leagues;

/// <summary>A smallest league, for the catalog: its stages go together in one way only.</summary>
public static class LeagueExample
{
    /// <summary>One player at both seats, against its past selves.</summary>
    public const string Text = """
        pipeline: league-example

        stages:
          world:
            uses: environment/kuhn-poker
            copies: 8
            in:
              actions: seats.actions |> by-step

          seats:
            uses: agent/contender
            each: world.agents
            with: { hidden: [16], rollout: 16 }
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=0)
              matches: league.matches

          league:
            uses: league/self-play
            in:
              results: seats.results |> by-step

          learner:
            uses: algorithm/ippo
            with: { hidden: [16] }
            in:
              rollouts: seats.rollouts |> by-step

        stop: { steps: 1_024 }

        """;
}
