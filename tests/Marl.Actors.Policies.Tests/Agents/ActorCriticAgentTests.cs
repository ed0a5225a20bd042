using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Agents;

public class ActorCriticAgentTests
{
    private static readonly Component Component = ActorCriticAgent.Component;

    [Fact]
    public void It_is_in_the_built_in_list() => Assert.Contains(BuiltInAgents.All, c => c.Id == "agent/actor-critic");

    [Fact]
    public void Port_indexes_are_the_constants()
    {
        Assert.Equal((AgentPorts.Steps, AgentPorts.Weights), (Component.InputIndex("steps"), Component.InputIndex("weights")));
        Assert.Equal((AgentPorts.Actions, AgentPorts.Rollouts), (Component.OutputIndex("actions"), Component.OutputIndex("rollouts")));
    }

    [Fact]
    public void Options_have_the_documented_defaults()
    {
        var options = (ActorCriticOptions)Component.Options.Create(new Dictionary<string, object>());
        Assert.Equal(new([64, 64], Activation.Relu, 0, new(true, []), 128), options);
        Assert.Equal(["hidden", "activation", "memory", "sharePolicy", "groups", "identity", "rollout"], Component.Options.Options.Select(o => o.Name));
    }

    [Theory]
    [InlineData(true, "", 1, "team")]
    [InlineData(false, "", 1, "team/agent-1")]
    [InlineData(true, "scout", 1, "team")]
    [InlineData(true, "agent", 1, "team/agent")]
    [InlineData(false, "agent-0+agent-2, scout", 2, "team/agent-0+agent-2")]
    [InlineData(false, "agent-0+agent-2, scout", 1, "team/agent-1")]
    public void The_policy_s_group_says_who_shares_it(bool share, string groups, int instance, string group)
    {
        var sharing = new Sharing(share, groups.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToValues());
        var signature = Sign(new([64], Activation.Tanh, 0, sharing, 25), instance);
        var expected = PolicySpec.ToTerm(group, [64], Activation.Tanh, Term.Var("observation"), Term.Var("action"));
        Assert.Equal(expected, signature.Inputs["weights"][0]["policy"]);
        Assert.Equal(expected, signature.Outputs["rollouts"][0]["policy"]);
    }

    [Fact]
    public void One_cycle_is_one_rollout()
    {
        var signature = Sign(new([64], Activation.Tanh, Rollout: 25), 0);
        Assert.Equal([1, 24, 1], signature.Pattern.Cycle.Select(p => Convert.ToInt32(((Constant)p.Repeat.Term!).Value)));
        Assert.Equal(["weights", "steps", "steps"], signature.Pattern.Cycle.Select(p => Assert.Single(p.Taken).Port));
        Assert.Equal(["actions", "actions", "rollouts"], signature.Pattern.Cycle.Select(p => Assert.Single(p.Sent).Port));
        Assert.Equal(Term.Of(25), signature.Outputs["rollouts"][0]["length"]);
        Assert.Equal(signature.Inputs["steps"][0]["fixed-roster"], signature.Outputs["rollouts"][0]["fixed-roster"]);
    }

    [Fact]
    public void Only_discrete_actions_and_box_observations_are_accepted()
    {
        var constraints = Sign(new([64]), 0).Constraints;
        var action = constraints.Single(c => (c.Input, c.Field) == ("steps", "action"));
        var observation = constraints.Single(c => (c.Input, c.Field) == ("steps", "observation"));
        Assert.True(action.Holds(new Discrete(3)) && observation.Holds(new Box(3)));
        Assert.False(action.Holds(new Box(3)) || observation.Holds(new Discrete(3)));
    }

    [Fact]
    public void Rollout_sizes_follow_from_the_type()
    {
        var type = RolloutMessages.Type(
            Term.Of(25), Term.Of(128), Term.Of(new Box(18)), Term.Of(new Discrete(5)), Term.Of(false), Term.Var("reward"), Term.Var("policy"));
        Assert.Equal((25 * 128 * (18 + 5)) + (128 * 18) + 1, Component.Outputs[AgentPorts.Rollouts].Layout(type).Length);
    }

    private static Signature Sign(ActorCriticOptions options, int instance) =>
        Component.Sign(options, new("team", instance, ["agent-0", "agent-1", "agent-2", "scout"], 1, _ => 1));
}
