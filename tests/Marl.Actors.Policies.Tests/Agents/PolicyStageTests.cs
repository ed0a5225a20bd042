using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Agents;

public class PolicyStageTests
{
    private const int Length = AgentBench.Length;
    private const int Copies = AgentBench.Copies;

    [Fact]
    public void It_answers_every_step_with_actions_of_the_same_stamp()
    {
        using var bench = new AgentBench();
        Run(bench, updates: 2);
        Assert.Equal(
            [new(0, 0), new(0, 1), new(0, 2), new(1, 0), new(1, 1), new(1, 2), new(2, 0)],
            bench.Sent.Where(s => s.Port == AgentPorts.Actions).Select(s => s.Message.Stamp));
    }

    [Fact]
    public void It_asks_for_weights_at_each_beginning_and_only_there()
    {
        using var bench = new AgentBench();
        for (var step = 0; step < 2 * Length; step++)
        {
            bench.Fire(AgentPorts.Steps, bench.StepMessage(new(step / Length, step % Length), []));
            Assert.Equal(step % Length == 0 ? 1 : 0, bench.Stage.Needs[AgentPorts.Weights]);
            if (step % Length == 0)
            {
                bench.Fire(AgentPorts.Weights, bench.WeightsMessage(0));
            }
        }
    }

    [Fact]
    public void The_rollout_goes_out_before_new_weights_are_asked_for()
    {
        using var bench = new AgentBench();
        for (var step = 0; step < Length; step++)
        {
            bench.Step(new(0, step));
        }

        bench.Sent.Clear();
        bench.Fire(AgentPorts.Steps, bench.StepMessage(new(1), []));
        Assert.Equal((AgentPorts.Rollouts, new Stamp(0)), (bench.Sent.Single().Port, bench.Sent.Single().Message.Stamp));
        bench.Fire(AgentPorts.Weights, bench.WeightsMessage(1));
        Assert.Equal((AgentPorts.Actions, new Stamp(1)), (bench.Sent[1].Port, bench.Sent[1].Message.Stamp));
    }

    [Fact]
    public void Actions_are_what_the_policy_and_the_stamp_s_key_say()
    {
        using var bench = new AgentBench();
        Run(bench, updates: 2);
        var pass = new ForwardPass(new(AgentBench.Width, [8], AgentBench.ActionCount, Activation.Tanh));
        var sampler = new CategoricalSampler(AgentBench.ActionCount);
        foreach (var (_, message) in bench.Sent.Where(s => s.Port == AgentPorts.Actions))
        {
            var step = bench.StepMessage(message.Stamp, []);
            var logits = new float[Copies * AgentBench.ActionCount];
            var chosen = new float[Copies];
            pass.Load(bench.Parameters(message.Stamp.Update));
            pass.Run(step[StepMessages.Observation], logits);
            var random = RandomKey.FromSeed(42).Derive(message.Stamp).Stream();
            sampler.Sample(logits, step[StepMessages.Mask], ref random, chosen, []);
            Assert.Equal(chosen, message[ActionMessages.Action].ToArray());
        }
    }

    [Fact]
    public void A_rollout_holds_what_was_seen_done_and_got()
    {
        using var bench = new AgentBench();
        bench.Step(new(0, 0));
        bench.Step(new(0, 1), ended: [1]);     // the transition after step 0: copy 1 is truncated
        bench.Step(new(0, 2));
        bench.Step(new(1, 0), ended: [0, 1]);  // after step 2: copy 0 terminated, copy 1 truncated

        var rollout = bench.Sent.Single(s => s.Port == AgentPorts.Rollouts).Message;
        Assert.Equal(new Stamp(0), rollout.Stamp);
        Assert.Equal(RolloutMessages.Layout(Length, Copies, bench.Spec.Observation, bench.Spec.Action, AgentBench.ActionCount, finals: 3), rollout.Layout);
        var steps = new[] { bench.StepMessage(new(0, 0), []), bench.StepMessage(new(0, 1), [1]), bench.StepMessage(new(0, 2), []), bench.StepMessage(new(1, 0), [0, 1]) };
        var acted = steps[..3];
        var results = steps[1..];
        Assert.Equal(Joined(acted, StepMessages.Observation), rollout[RolloutMessages.Observation].ToArray());
        Assert.Equal(Joined(acted, StepMessages.Mask), rollout[RolloutMessages.Mask].ToArray());
        Assert.Equal(Joined(results, StepMessages.Reward), rollout[RolloutMessages.Reward].ToArray());
        Assert.Equal([0, 0, 0, 0, 1, 0], rollout[RolloutMessages.Terminated].ToArray());
        Assert.Equal([0, 1, 0, 0, 0, 1], rollout[RolloutMessages.Truncated].ToArray());
        Assert.Equal(steps[3][StepMessages.Observation].ToArray(), rollout[RolloutMessages.NextObservation].ToArray());
        Assert.Equal([1, 4, 5], rollout[RolloutMessages.FinalIndex].ToArray());
        Assert.Equal(
            [.. steps[1][StepMessages.FinalObservation][2..], .. steps[3][StepMessages.FinalObservation]], rollout[RolloutMessages.FinalObservation].ToArray());

        var actions = bench.Sent.Where(s => s.Port == AgentPorts.Actions).Take(3).SelectMany(s => s.Message[ActionMessages.Action].ToArray()).ToArray();
        Assert.Equal(actions, rollout[RolloutMessages.Action].ToArray());
        Assert.Equal(LogProbabilities(bench, acted, actions), rollout[RolloutMessages.LogProbability].ToArray());
    }

    [Fact]
    public void A_rollout_tells_what_was_remembered_at_its_first_step_so_that_what_was_thought_can_be_thought_again()
    {
        using var bench = new AgentBench(hasMask: false, memory: 6);
        bench.Step(new(0, 0));
        bench.Step(new(0, 1), ended: [1]); // copy 1 forgets before step 1
        bench.Step(new(0, 2));
        bench.Step(new(1, 0));
        bench.Step(new(1, 1));
        bench.Step(new(1, 2), ended: [0]); // another number of ends: the block is copied
        bench.Step(new(2, 0));
        var rollouts = bench.Sent.Where(s => s.Port == AgentPorts.Rollouts).Select(s => s.Message).ToList();
        Assert.All(rollouts[0][RolloutMessages.Memory].ToArray(), m => Assert.Equal(0, m));
        Assert.All(rollouts[1][RolloutMessages.Memory].ToArray(), m => Assert.NotEqual(0, m));

        var pass = new ForwardPass(new(AgentBench.Width, [8], AgentBench.ActionCount, Activation.Tanh, 6));
        var (logits, chosen, thought) = (new float[Copies * AgentBench.ActionCount], new float[Copies], new float[Copies]);
        var sampler = new CategoricalSampler(AgentBench.ActionCount);
        for (var update = 0; update < 2; update++)
        {
            var memory = rollouts[update][RolloutMessages.Memory].ToArray();
            pass.Load(bench.Parameters(update));
            for (var step = 0; step < Length; step++)
            {
                for (var copy = 0; copy < Copies && step > 0; copy++)
                {
                    var before = ((step - 1) * Copies) + copy;
                    if (rollouts[update][RolloutMessages.Terminated][before] + rollouts[update][RolloutMessages.Truncated][before] > 0)
                    {
                        memory.AsSpan(copy * 6, 6).Clear();
                    }
                }

                pass.Run(rollouts[update][RolloutMessages.Observation].Slice(step * Copies * AgentBench.Width, Copies * AgentBench.Width), logits, memory);
                var random = RandomKey.FromSeed(42).Derive(new Stamp(update, step)).Stream();
                sampler.Sample(logits, [], ref random, chosen, thought);
                Assert.Equal(thought, rollouts[update][RolloutMessages.LogProbability].Slice(step * Copies, Copies).ToArray());
            }
        }
    }

    [Fact]
    public void Without_a_fixed_roster_a_rollout_says_where_the_agent_was_active_and_whether_it_is_behind_the_last_step()
    {
        using var bench = new AgentBench(fixedRoster: false);
        Run(bench, updates: 1);
        bench.Step(new(1, 1), ended: [0]); // another number of ends: the block is copied
        bench.Step(new(1, 2));
        bench.Step(new(2, 0));
        var rollouts = bench.Sent.Where(s => s.Port == AgentPorts.Rollouts).Select(s => s.Message).ToList();
        Message[] first = [bench.StepMessage(new(0, 0), []), bench.StepMessage(new(0, 1), []), bench.StepMessage(new(0, 2), []), bench.StepMessage(new(1, 0), [])];
        Message[] second = [bench.StepMessage(new(1, 0), []), bench.StepMessage(new(1, 1), []), bench.StepMessage(new(1, 2), []), bench.StepMessage(new(2, 0), [])];
        Assert.Equal(Joined(first, StepMessages.Active), rollouts[0][RolloutMessages.Active].ToArray());
        Assert.Equal(Joined(second, StepMessages.Active), rollouts[1][RolloutMessages.Active].ToArray());
    }

    [Fact]
    public void Rollouts_of_any_number_of_ended_episodes_keep_their_contents()
    {
        using var bench = new AgentBench();
        int[][] ended = [[], [0], [0, 1], [0, 1], []];
        bench.Step(new(0));
        for (var update = 0; update < ended.Length; update++)
        {
            bench.Step(new(update, 1), ended[update]);
            bench.Step(new(update, 2));
            bench.Step(new(update + 1));
        }

        var rollouts = bench.Sent.Where(s => s.Port == AgentPorts.Rollouts).Select(s => s.Message).ToList();
        for (var update = 0; update < ended.Length; update++)
        {
            var rollout = rollouts[update];
            Assert.Equal(ended[update].Select(copy => (float)copy), rollout[RolloutMessages.FinalIndex].ToArray());
            Assert.Equal(
                Joined([bench.StepMessage(new(update, 0), []), bench.StepMessage(new(update, 1), []), bench.StepMessage(new(update, 2), [])], StepMessages.Observation),
                rollout[RolloutMessages.Observation].ToArray());
        }
    }

    [Fact]
    public void Evaluation_sends_no_rollouts_and_takes_weights_once_a_pass()
    {
        using var bench = new AgentBench(isTraining: false);
        for (var step = 0; step < 10; step++) // longer than a training rollout
        {
            bench.Fire(AgentPorts.Steps, bench.StepMessage(new(0, step), step == 7 ? [0] : []));
            Assert.Equal(step == 0 ? 1 : 0, bench.Stage.Needs[AgentPorts.Weights]);
            if (step == 0)
            {
                bench.Fire(AgentPorts.Weights, bench.WeightsMessage(0));
            }
        }

        bench.Step(new(1));
        Assert.Equal(11, bench.Sent.Count);
        Assert.All(bench.Sent, sent => Assert.Equal(AgentPorts.Actions, sent.Port));
        Assert.Equal(0, bench.Stage.UnsentSteps);
    }

    [Fact]
    public void Greedy_evaluation_takes_the_likeliest_allowed_action()
    {
        using var bench = new AgentBench(isTraining: false, greedy: true);
        bench.Step(new(0, 0));
        var step = bench.StepMessage(new(0), []);
        var pass = new ForwardPass(new(AgentBench.Width, [8], AgentBench.ActionCount, Activation.Tanh));
        var logits = new float[Copies * AgentBench.ActionCount];
        pass.Load(bench.Parameters(0));
        pass.Run(step[StepMessages.Observation], logits);
        var expected = Enumerable.Range(0, Copies).Select(copy => (float)Enumerable.Range(0, AgentBench.ActionCount)
            .Where(a => step[StepMessages.Mask][(copy * AgentBench.ActionCount) + a] != 0).MaxBy(a => logits[(copy * AgentBench.ActionCount) + a]));
        Assert.Equal(expected, bench.Sent.Single().Message[ActionMessages.Action].ToArray());
    }

    [Fact]
    public void Stepping_allocates_nothing()
    {
        using var bench = new AgentBench(copies: 16) { Forget = true };
        var steps = Enumerable.Range(0, 4 * Length).Select(i => bench.StepMessage(new(i / Length, i % Length), i % Length == 1 ? [3, 5] : [])).ToArray();
        var (parameters, firing) = (Enumerable.Range(0, 5).Select(bench.Parameters).ToArray(), new Firing([1, 1]));
        var weights = new MessagePool(WeightsMessages.Layout(parameters[0].Length)); // as learners send them
        void Rollout(int update)
        {
            for (var i = update * Length; i < (update + 1) * Length; i++)
            {
                firing.Add(AgentPorts.Steps, 0, steps[i].Retain());
                bench.Stage.Fire(firing, bench);
                firing.Release();
                if (i % Length == 0)
                {
                    firing.Add(AgentPorts.Weights, 0, weights.Rent(new(update)));
                    parameters[update].CopyTo(firing[AgentPorts.Weights].Write(WeightsMessages.Parameters));
                    bench.Stage.Fire(firing, bench);
                    firing.Release();
                }
            }
        }

        Array.ForEach([0, 1, 2], Rollout);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rollout(3);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Steps_of_an_unfinished_rollout_are_counted()
    {
        using var bench = new AgentBench();
        Run(bench, updates: 1);
        Assert.Equal(1, bench.Stage.UnsentSteps);
        bench.Step(new(1, 1));
        Assert.Equal(2, bench.Stage.UnsentSteps);
    }

    [Fact]
    public void Agents_without_masks_have_rollouts_without_masks()
    {
        using var bench = new AgentBench(hasMask: false);
        Run(bench, updates: 1);
        var rollout = bench.Sent.Single(s => s.Port == AgentPorts.Rollouts).Message;
        Assert.False(rollout.Has(RolloutMessages.Mask));
        Assert.False(rollout.Has(RolloutMessages.FinalIndex));
    }

    private static void Run(AgentBench bench, int updates)
    {
        var stamp = default(Stamp);
        for (var i = 0; i <= updates * Length; i++, stamp = stamp.NextStep(Length))
        {
            bench.Step(stamp);
        }
    }

    private static float[] Joined(Message[] messages, int field) => [.. messages.SelectMany(m => m[field].ToArray())];

    private static float[] LogProbabilities(AgentBench bench, Message[] steps, float[] actions)
    {
        var pass = new ForwardPass(new(AgentBench.Width, [8], AgentBench.ActionCount, Activation.Tanh));
        var sampler = new CategoricalSampler(AgentBench.ActionCount);
        pass.Load(bench.Parameters(0));
        return [.. steps.SelectMany((step, t) =>
        {
            var logits = new float[Copies * AgentBench.ActionCount];
            pass.Run(step[StepMessages.Observation], logits);
            return Enumerable.Range(0, Copies).Select(copy =>
            {
                var row = (copy * AgentBench.ActionCount)..((copy + 1) * AgentBench.ActionCount);
                return (float)sampler.LogProbability(logits.AsSpan(row), step[StepMessages.Mask][row], (int)actions[(t * Copies) + copy]);
            });
        })];
    }
}
