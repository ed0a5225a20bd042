using Marl.Actors.Coordination.Collectives;

namespace Marl.Actors.Coordination.Populations;

/// <summary>The smallest population: two learners with learning rates of their own.</summary>
internal static class PopulationExample
{
    /// <summary>A pipeline.</summary>
    public const string Text = ShardedExample.Beginning + """
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
