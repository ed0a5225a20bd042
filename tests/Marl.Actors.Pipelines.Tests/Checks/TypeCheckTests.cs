using Marl.Actors.Core.Spaces;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Checks;

public sealed class TypeCheckTests
{
    [Fact]
    public void A_mismatch_is_reported_once_an_edge_however_many_agents_there_are()
    {
        var result = Toy.With(("each: world.agents", "each: world.agents\n    with: { width: 4 }"), ("uses: environment/toy", "uses: environment/toy\n    with: { agents: 8 }"));
        Assert.StartsWith("toy.yaml(20,14): error MARL2102: 'world.steps' carries observation Box(6), but 'team.steps' of agent-0 takes Box(4).", Toy.Only(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constraint_is_held_against_the_resolved_type_on_the_line_of_the_edge()
    {
        var result = Toy.With(("uses: environment/toy", "uses: environment/toy\n    with: { continuous: true }"));
        Assert.StartsWith("toy.yaml(19,14): error MARL2103: 'team' (agent/toy) needs a discrete action space, but 'world.steps' carries action Box(2, -1..1).", Toy.Only(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Reward_conventions_are_part_of_the_type()
    {
        var result = Toy.With(("uses: environment/toy", "uses: environment/toy\n    with: { reward: team-sum }"));
        Assert.Contains("carries reward team-sum, but 'learner.rollouts' takes per-agent", Toy.Only(result));
    }

    [Fact]
    public void Variables_belong_to_one_instance_so_agents_may_differ()
    {
        var world = Core.Worlds.WorldComponent.Of<Core.Options.NoOptions>(
            "environment/uneven",
            "Two unlike agents.",
            "",
            _ => new([new("a", new Box(3), new Discrete(2)), new("b", new Box(11), new Discrete(5))], Core.Worlds.RewardConvention.PerAgent, 25, 14),
            (_, _) => throw new NotSupportedException());
        var text = Toy.Text.Replace("environment/toy", "environment/uneven");

        var graph = Toy.Sound(PipelineCompiler.LoadText(text, "toy.yaml", TestCatalog.Catalog.With(world), new()));

        Assert.Equal(new Box(11), graph["learner"].Types[0].Input("rollouts", 1).Get<Space>("observation"));
        Assert.Equal(new Discrete(2), graph["world"].Types[0].Input("actions", 0).Get<Space>("action"));
    }
}
