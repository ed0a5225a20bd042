namespace Marl.Actors.Coordination.Populations;

/// <summary>The smallest population: two learners with learning rates of their own.</summary>
internal static class PopulationExample
{
    /// <summary>A pipeline.</summary>
    public const string Text = """
        pipeline: example

        stages:
          world:
            uses: environment/cart-pole
            copies: 2
            shards: 2
            in:
              actions: agent.actions

          agent:
            uses: agent/actor-critic
            each: world.agents
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=0)

          learner:
            uses: algorithm/ppo
            each: world.shards
            in:
              rollouts: agent.rollouts
              orders: population.orders

          population:
            uses: population/pbt
            with: { settings: [learningRate], low: [1e-5], high: [1e-2] }
            in:
              members: learner.members |> by-step
              episodes: world.episodes |> by-step

        stop: { steps: 10_000 }

        """;
}
