namespace Marl.Actors.Coordination.Collectives;

/// <summary>What the smallest pipelines with several learners begin with: a world in two shards, and who acts in it.</summary>
internal static class ShardedExample
{
    /// <summary>A pipeline up to its learner.</summary>
    public const string Beginning = """
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


        """;
}
