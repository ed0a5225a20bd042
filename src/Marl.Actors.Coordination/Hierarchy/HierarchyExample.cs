namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>A smallest hierarchy, for the catalog: its stages go together in one way only, with options that fit.</summary>
internal static class HierarchyExample
{
    /// <summary>One group of four, and nobody learns.</summary>
    public const string Text = """
        pipeline: hierarchy-example

        stages:
          world:
            uses: environment/team-navigation
            with: { agents: 4 }
            in:
              actions: members.actions |> by-step

          guides:
            uses: coordinator/guide
            each: world.agents
            with: { every: 4, observes: 17 }
            in:
              steps: world.steps
              goals: groups.goals

          members:
            uses: agent/random
            each: world.agents
            in:
              steps: guides.steps

          groups:
            uses: coordinator/groups
            with: { groups: 1 }
            in:
              reports: guides.reports |> by-step
              choices: coordinator.actions |> by-step

          coordinator:
            uses: agent/random
            each: groups.groups
            in:
              steps: groups.steps

        stop: { steps: 1_000 }

        """;
}
