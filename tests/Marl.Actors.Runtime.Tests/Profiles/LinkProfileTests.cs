using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Profiles;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Profiles;

/// <summary>What a link loses, and how much its symbols differ.</summary>
public sealed class LinkProfileTests
{
    [Fact]
    public void A_token_that_a_newer_one_takes_the_place_of_is_overwritten()
    {
        var newest = Link(Merge.Latest);
        var firing = new Firing([3]);
        Pass(newest, Token(0), Token(1), Token(2));
        newest.Take(firing); // the stage fires, but not with this input
        Pass(newest, Token(3));
        firing.Add(newest.Link.Input, newest.Link.Lane, Token(3));
        newest.Take(firing);
        Pass(newest, Token(4));

        Assert.Equal((5, 3, 0), (newest.Messages, newest.Overwritten, newest.Dropped));

        var all = Link(Merge.ByStep);
        Pass(all, Token(0), Token(1), Token(2));
        Assert.Equal((3, 0, 0), (all.Messages, all.Overwritten, all.Dropped));
    }

    [Fact]
    public void What_operators_let_go_or_make_absent_is_dropped()
    {
        var link = Link(Merge.ByStep);
        Pass(link, Token(0));
        link.Arrive(Token(1));
        link.Wait(Message.Absent(new(1))); // drop
        link.Arrive(Token(2));             // every
        link.Wait(Message.Absent(new(0))); // delay: nothing is lost
        Pass(link, Message.Absent(new(3)));

        Assert.Equal(2, link.Dropped);
        Assert.Equal(double.NaN, link.Entropy);
    }

    [Fact]
    public void The_entropy_is_that_of_the_symbols_that_were_said()
    {
        var word = new Utterance(new Discrete(8), 1, 0, false, 0);
        var words = Count(word, SpokenMessages.Layout(8, word), [0, 1, 2, 3, 3, 3, 3, 7], [1, 1, 1, 1, 0, 0, 0, 0]);
        Assert.Equal(2, words.Entropy, 1e-12); // four words, one each; nobody said the others

        var bit = new Utterance(new Box(2, 0, 1), 1, 1, false, 0);
        Assert.Equal(1 + 0.8112781244591328, Count(bit, SpokenMessages.Layout(4, bit), [0, 0, 0, 0, 1, 0, 1, 1], [1, 1, 1, 1]).Entropy, 1e-12);

        var number = new Utterance(new Box(2, -1, 1), 1, 32, false, 0);
        Assert.Null(SymbolCount.Of(SpokenMessages.Type(Term.Of(4), Term.Of(number), Term.Of("a"))));
        Assert.Equal(double.NaN, SymbolCount.Of(SpokenMessages.Type(Term.Of(8), Term.Of(word), Term.Of("a")))!.Entropy);

        var actions = SymbolCount.Of(ActionMessages.Type(Term.Of(4), Term.Of(new Discrete(5))))!;
        var done = Message.Create(ActionMessages.Layout(4, new Discrete(5)), default);
        ((float[])[4, 4, 0, 0]).CopyTo(done.Write(ActionMessages.Action));
        actions.Add(done);
        Assert.Equal(1, actions.Entropy, 1e-12);
    }

    private static SymbolCount Count(Utterance utterance, MessageLayout layout, float[] content, float[] speaks)
    {
        var message = Message.Create(layout, default);
        content.CopyTo(message.Write(SpokenMessages.Content));
        speaks.CopyTo(message.Write(SpokenMessages.Speaks));
        var count = SymbolCount.Of(SpokenMessages.Type(Term.Of(speaks.Length), Term.Of(utterance), Term.Of("a")))!;
        count.Add(message);
        return count;
    }

    private static LinkProfile Link(Merge merge) => new(Topology.Of(TestGraphs.Loop(10, merge: merge)).Links.First(l => l.Edge.To == "sum"));

    private static Message Token(int update) => Message.Create(new("numbers", new Field("x", [1])), new(update));

    private static void Pass(LinkProfile link, params Message[] tokens)
    {
        foreach (var token in tokens)
        {
            link.Arrive(token);
            link.Wait(token);
        }
    }
}
