using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

public sealed class WorldContractTests
{
    [Fact]
    public void A_sound_world_has_no_findings() =>
        Assert.Empty(WorldContract.Check(copies => new CorridorWorld(copies, Fault.None)));

    [Theory]
    [InlineData(Fault.GlobalRandomness, "same-key-same-run")]
    [InlineData(Fault.ResetRemembers, "reset-forgets")]
    [InlineData(Fault.ResetTouchesOthers, "copies-are-apart")]
    [InlineData(Fault.SaveForgets, "save-load-continues")]
    [InlineData(Fault.LeavesObservationUnwritten, "observations-are-in-their-space")]
    [InlineData(Fault.ObservationOutOfRange, "observations-are-in-their-space")]
    [InlineData(Fault.MaskForbidsAll, "some-action-is-allowed")]
    [InlineData(Fault.RewardNotFinite, "rewards-are-finite")]
    [InlineData(Fault.FlagIsTwo, "flags-are-0-or-1")]
    [InlineData(Fault.UnequalTeamRewards, "team-rewards-are-equal")]
    [InlineData(Fault.Allocates, "step-allocates-nothing")]
    [InlineData(Fault.CopiesIgnored, "spec-is-sound")]
    [InlineData(Fault.DuplicateNames, "spec-is-sound")]
    public void Every_fault_is_found_under_its_rule(Fault fault, string rule)
    {
        var findings = WorldContract.Check(copies => new CorridorWorld(copies, fault));

        Assert.Contains(rule, findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.True(f.Sentence.EndsWith('.') && f.Remedy.EndsWith('.'), f.ToString()));
    }

    [Fact]
    public void A_sound_world_with_agents_that_wait_and_leave_has_no_findings() =>
        Assert.Empty(WorldContract.Check(copies => new QueueWorld(copies, QueueFault.None)));

    [Theory]
    [InlineData(QueueFault.WaitingActs, "waiting-is-ignored")]
    [InlineData(QueueFault.MaskIgnoresWaiting, "waiting-is-one-action")]
    [InlineData(QueueFault.PaysBeforeTheFirstTurn, "only-transitions-are-paid")]
    [InlineData(QueueFault.PaysAfterTheEnd, "only-transitions-are-paid")]
    [InlineData(QueueFault.DepartsTwice, "only-the-living-depart")]
    [InlineData(QueueFault.DepartedIsTwo, "flags-are-0-or-1")]
    public void Every_fault_with_the_lives_of_agents_is_found_under_its_rule(QueueFault fault, string rule)
    {
        var findings = WorldContract.Check(copies => new QueueWorld(copies, fault));

        Assert.Contains(rule, findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.True(f.Sentence.EndsWith('.') && f.Remedy.EndsWith('.'), f.ToString()));
    }
}
