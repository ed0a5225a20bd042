using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Tests.Batches;

/// <summary>Agents that share a policy must be alike, for every algorithm that learns from a memory.</summary>
public class SharedPolicyTests
{
    public static TheoryData<string> Ids => [.. BuiltInAlgorithms.All.Where(c => c.Inputs[0].Name == "batches").Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Agents_that_share_a_policy_and_differ_are_refused(string id)
    {
        var component = BuiltInAlgorithms.All.Single(c => c.Id == id);
        var signature = component.Sign(component.Options.Create(new Dictionary<string, object>()), new("learner", 0, [""], 1, _ => 2));
        var demand = Assert.Single(signature.Constraints, c => c.Expectation == AgentGroup.Alike);
        Assert.Equal(("batches", "agents"), (demand.Input, demand.Field));
        Assert.True(demand.Holds(Agents(("team", 3), ("team", 3))));
        Assert.False(demand.Holds(Agents(("team", 3), ("team", 4))));
        Assert.True(demand.Holds(Agents(("a", 3), ("b", 4))));
    }

    private static Compound Agents(params (string Group, int Width)[] agents) => new("agents", agents.Select(a => BatchMessages.Agent(
        Term.Of(new Box(a.Width)),
        Term.Of(new Discrete(2)),
        Term.Of(false),
        PolicySpec.ToTerm(a.Group, [8], Activation.Relu, Term.Of(new Box(a.Width)), Term.Of(new Discrete(2)), PolicyHead.ActionValue))).ToValues());
}
