using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Policies.Tests.Agents;

public class RolloutVersionTests
{
    [Fact]
    public void A_rollout_says_with_which_version_of_the_weights_it_was_made()
    {
        using var bench = new AgentBench();
        bench.Step(new(0, 0), version: 7);
        bench.Step(new(0, 1), ended: [1]); // another number of ends: the block is copied
        bench.Step(new(0, 2));
        bench.Step(new(1, 0), version: 9);
        bench.Step(new(1, 1));
        bench.Step(new(1, 2));
        bench.Step(new(2, 0), version: 9);
        Assert.Equal([7f, 9f], bench.Sent.Where(s => s.Port == AgentPorts.Rollouts).Select(s => s.Message[RolloutMessages.Version][0]));
    }
}
