namespace Marl.Actors.Algorithms.Surrogate;

/// <summary>The smallest use of the two: a population of one.</summary>
internal static class SurrogateExample
{
    /// <summary>A pipeline.</summary>
    public const string Text = """
        pipeline: example

        stages:
          world:
            uses: environment/paraboloid
            in:
              actions: agent.actions

          agent:
            uses: agent/point
            each: world.agents
            in:
              steps: world.steps
              parameters: learner.parameters

          learner:
            uses: algorithm/surrogate
            in:
              state: world.state
              orders: population.orders

          population:
            uses: population/pbt
            with: { settings: [first, second], low: [0, 0], high: [1, 1], scale: linear }
            in:
              members: learner.members
              episodes: world.episodes

        stop: { steps: 100 }

        """;
}
