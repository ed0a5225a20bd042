using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Marbles;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

[Collection(Name)] // planted faults count in static fields
public sealed class StageContractTests
{
    private const string Name = "stages with faults";

    [Fact]
    public void A_sound_stage_has_no_findings() => Play(StageFault.None).KeepsTheContract();

    [Theory]
    [InlineData(StageFault.ReadsGlobalGenerator, "same-tokens-same-bits")]
    [InlineData(StageFault.CountsInStaticField, "same-tokens-same-bits")]
    [InlineData(StageFault.RestartsStaticField, "instances-are-apart")]
    [InlineData(StageFault.ForgetsToSave, "save-load-continues")]
    [InlineData(StageFault.ForgetsOnlyTheLast, "save-load-continues")]
    [InlineData(StageFault.SavingResets, "saving-changes-nothing")]
    [InlineData(StageFault.KeepsReleasedToken, "keeps-only-what-it-retains")]
    [InlineData(StageFault.DrawsOnlyWhenRead, "unread-outputs-change-nothing")]
    public void Every_fault_is_found_under_its_rule(StageFault fault, string rule)
    {
        var findings = StageContract.Check(Play(fault));

        Assert.Contains(rule, findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.True(f.Sentence.EndsWith('.') && f.Remedy.EndsWith('.')));
    }

    [Fact]
    public void The_message_says_what_was_seen_and_what_to_look_for()
    {
        var failure = Assert.Throws<ContractException>(() => Play(StageFault.ForgetsToSave).KeepsTheContract());

        Assert.Equal(
            """
            The stage 'test/running' breaks its contract.

              save-load-continues: It was replaced after every firing by a fresh instance that loads what it saved, and on 'sums' token 2 differs: 4 at 0.1 (float 0 of number(value[1])) instead of 6 at 0.1 (float 0 of number(value[1])).
                Put every field that outlives a firing into Save, and take each back in Load; keep no other state.

            """,
            failure.Message);
    }

    private static StageMarbles Play(StageFault fault) =>
        Marbles.Of(RunningStage.Component(fault)).In("numbers", "1 2 / - 3 / 4 5").In("factors", "2 / 3 / 1");
}
