namespace Marl.Actors.Coordination.Collectives;

/// <summary>The smallest use of a participant: two learners that add their gradients among themselves.</summary>
internal static class CollectiveExample
{
    /// <summary>A pipeline.</summary>
    public const string Text = ShardedExample.Beginning + """
          learner:
            uses: algorithm/dd-ppo
            each: world.shards
            in:
              rollouts: agent.rollouts
              mean: sum.result

          sum:
            uses: collective/all-reduce
            each: world.shards
            in:
              own: learner.gradients
              others: sum.shares |> by-step

        stop: { steps: 1_000 }

        """;
}
