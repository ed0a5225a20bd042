using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Testing.Contracts;
using Marl.Actors.Testing.Marbles;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

[Collection("operators with faults")] // planted faults count in static fields
public sealed class OperatorContractTests
{
    /// <summary>What an operator can be made to do wrong.</summary>
    public enum Fault
    {
        None,
        ReadsGlobalGenerator,
        CountsInStaticField,
        ForgetsToSave,
        SavingResets,
        ReadsWhatItPassedOn,
        LosesToken,
    }

    [Fact]
    public void A_sound_operator_has_no_findings() => Play(Fault.None).Out("3 . 9 . 15 |").KeepsTheContract();

    [Theory]
    [InlineData(Fault.ReadsGlobalGenerator, "same-tokens-same-bits")]
    [InlineData(Fault.CountsInStaticField, "instances-are-apart")]
    [InlineData(Fault.ForgetsToSave, "save-load-continues")]
    [InlineData(Fault.SavingResets, "saving-changes-nothing")]
    [InlineData(Fault.ReadsWhatItPassedOn, "keeps-only-what-it-retains")]
    [InlineData(Fault.LosesToken, "gives-back-what-it-takes")]
    public void Every_fault_is_found_under_its_rule(Fault fault, string rule)
    {
        var findings = OperatorContract.Check(Play(fault));

        Assert.Contains(rule, findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.True(f.Sentence.EndsWith('.') && f.Remedy.EndsWith('.')));
        Assert.StartsWith("The operator 'pairs' breaks its contract.", Assert.Throws<ContractException>(() => Play(fault).KeepsTheContract()).Message);
    }

    [Fact]
    public void A_difference_is_told_with_both_timelines() => Assert.Contains(
        "  got         3    .    9    .\n", Assert.Throws<MarbleException>(() => Play(Fault.None).In("1 2 4 5").Out("3 . 8")).Message);

    private static OperatorMarbles Play(Fault fault) => Marbles
        .Of(new AppliedOperator(
            new() { Id = "pairs", Summary = "Adds up pairs.", Options = OptionsSchema.Of<NoOptions>(), Create = (_, context) => new Pairs(context.Key, fault) },
            new NoOptions()))
        .In("1 2 4 5 7 8 |");

    /// <summary>Adds up pairs of tokens, stamped as the first of them.</summary>
    private sealed class Pairs(RandomKey key, Fault fault) : IOperator
    {
        private static int count;

        private readonly float[] first = new float[2]; // whether there is one, and its number
        private Stamp stamp;
        private Message? passed;

        public void Push(Message message, Action<Message> next)
        {
            count++;
            if (first[0] == 0)
            {
                (first[0], first[1], stamp) = (1, message[0][0], message.Stamp);
                message.Release();
                return;
            }

            var sum = Message.Create(message.Layout, stamp);
            sum.Write(0)[0] = first[1] + message[0][0] + fault switch
            {
                Fault.ReadsGlobalGenerator => Random.Shared.NextSingle(),
                Fault.CountsInStaticField => count % 6,
                Fault.None => 0 * key.Derive(stamp).Stream().NextSingle(),
                _ => 0,
            };
            first[0] = 0;
            if (fault == Fault.ReadsWhatItPassedOn)
            {
                next(message);
                sum.Write(0)[0] += (passed ?? message)[0][0];
                passed = message;
                next(sum);
                return;
            }

            if (fault != Fault.LosesToken)
            {
                message.Release();
            }

            next(sum);
        }

        public void Start(Action<Message> next) => count = 0;

        public void End(Action<Message> next)
        {
        }

        public void Save(StageSnapshot snapshot)
        {
            snapshot.Put<float>("first", fault == Fault.ForgetsToSave ? [0, 0] : first);
            snapshot.Put<int>("stamp", [stamp.Update, stamp.Step]);
            first[1] = fault == Fault.SavingResets ? 0 : first[1];
        }

        public void Load(StageSnapshot snapshot)
        {
            snapshot.GetInto<float>("first", first);
            stamp = new(snapshot.Get<int>("stamp")[0], snapshot.Get<int>("stamp")[1]);
        }
    }
}
