using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Ppo;

public sealed class PpoComponentsTests
{
    private static readonly PpoOptions Defaults = (PpoOptions)OptionsSchema.Of<PpoOptions>().Create(new Dictionary<string, object>());

    [Fact]
    public void Defaults_are_within_their_own_ranges()
    {
        Assert.Equal([64, 64], Defaults.Hidden);
        Assert.All(OptionsSchema.Of<PpoOptions>().Options, o =>
        {
            Assert.EndsWith(".", o.Help);
            Assert.True(o.Default is Values<int> || o.ReadScalar(OptionText.Write(o.Default!)) is not null, o.Name);
        });
    }

    [Fact]
    public void Only_mappo_has_a_state_port_and_the_others_may_be_members_of_a_population()
    {
        Assert.Equal(["rollouts", "orders"], PpoComponents.Ppo.Inputs.Select(p => p.Name));
        Assert.Equal(["rollouts", "orders"], PpoComponents.Ippo.Inputs.Select(p => p.Name));
        Assert.Equal(["rollouts", "state"], PpoComponents.Mappo.Inputs.Select(p => p.Name));
    }

    [Fact]
    public void Each_agent_has_spaces_and_a_policy_of_its_own_and_gets_that_policy_back()
    {
        var signature = Sign(PpoComponents.Mappo, Defaults, agents: 3);
        var (rollouts, weights) = (signature.Inputs["rollouts"], signature.Outputs["weights"]);
        Assert.Equal((3, 3), (rollouts.Count, weights.Count));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(rollouts[i]["policy"], weights[i]["policy"]);
        }

        Assert.Equal(3, rollouts.Select(r => r["observation"]).Distinct().Count());
        Assert.Single(rollouts.Select(r => r["length"]).Distinct());
        var pattern = signature.Pattern;
        Assert.Equal(rollouts[0]["length"], Assert.Single(pattern.Cycle).Taken.Single(t => t.Port == "state").Tokens);
        Assert.Equal((Amount)rollouts[0]["length"] + 1, Assert.Single(pattern.Opening).Taken.Single(t => t.Port == "state").Tokens);
        Assert.Equal([new PortTokens("weights", 1)], pattern.Start);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Ppo_is_for_one_agent(int agents, bool accepted)
    {
        var held = Sign(PpoComponents.Ppo, Defaults, agents).Constraints.All(c => c.Field != "policy" || c.Holds(Policy("team", 4)));
        Assert.Equal(accepted, held);
    }

    [Fact]
    public void Agents_that_share_a_policy_must_be_alike()
    {
        var constraint = Sign(PpoComponents.Ippo, Defaults, agents: 3).Constraints.Single(c => c.Field == "policy" && c.Expectation.Contains("alike"));
        Assert.True(constraint.Holds(Policy("team", 4)));
        Assert.True(constraint.Holds(Policy("team", 4)));
        Assert.True(constraint.Holds(Policy("other", 5)));
        Assert.False(constraint.Holds(Policy("team", 5)));
    }

    [Fact]
    public void A_reward_that_is_the_teams_already_is_not_shared_twice()
    {
        Assert.DoesNotContain(Sign(PpoComponents.Mappo, Defaults, 2).Constraints, c => c.Field == "reward");
        var constraint = Sign(PpoComponents.Mappo, Defaults with { Reward = RewardShare.TeamSum }, 2).Constraints.Single(c => c.Field == "reward");
        Assert.True(constraint.Holds(RewardConvention.PerAgent));
        Assert.False(constraint.Holds(RewardConvention.TeamSum));
    }

    [Fact]
    public void A_gpu_needs_the_torch_backend()
    {
        var conflicts = PpoComponents.Mappo.Validate(Defaults with { Device = ComputeDevice.Cuda });
        Assert.Equal("device", Assert.Single(conflicts).Option);
        Assert.Empty(PpoComponents.Mappo.Validate(Defaults with { Device = ComputeDevice.Cuda, Backend = Backend.Torch }));
        Assert.Empty(PpoComponents.Mappo.Validate(Defaults));
    }

    [Fact]
    public void All_three_are_in_the_catalog() =>
        Assert.Superset(new HashSet<string> { "algorithm/ppo", "algorithm/ippo", "algorithm/mappo" }, BuiltInAlgorithms.All.Select(c => c.Id).ToHashSet());

    private static Term Policy(string group, int width) =>
        PolicySpec.ToTerm(group, [8], Activation.Relu, Term.Of(new Box(width)), Term.Of(new Discrete(2)));

    private static Signature Sign(Component component, PpoOptions options, int agents) =>
        component.Sign(options, new("learner", 0, [""], 1, _ => agents));
}
