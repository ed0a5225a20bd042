using System.Buffers.Binary;
using Marl.Actors.Analysis.Communication;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Communication;

public sealed class CommunicationReportTests
{
    private static CommunicationReport Report { get; } = Make();

    [Fact]
    public Task The_tables_read_as_they_should() => Snapshots.Verify(Report.LinksText() + "\n" + Report.AblationsText());

    [Fact]
    public void The_picture_shows_every_link()
    {
        var png = new CommunicationPlot { Title = "signalling", Links = Report.Links }.Render();
        var one = new CommunicationPlot { Title = "signalling", Links = [Report.Links[0]] }.Render();

        Assert.Equal((1920, 1168), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal(png, new CommunicationPlot { Title = "signalling", Links = Report.Links }.Render());
        Assert.NotEqual(png, one);
        Assert.NotEmpty(new CommunicationPlot { Title = "nobody", Links = [] }.Render());
    }

    private static CommunicationReport Make()
    {
        var told = Planted.Uniform(4, 16);
        var episodes = Planted.Alone(64);
        var plain = new Exchanges { Speaker = "speaker", Listener = "listener", Episodes = episodes, Messages = told, Sights = told, ListenerActions = told, Responses = Planted.Settled(8, 4, 0, 1, 2, 3) };
        var noise = plain with { Speaker = "a, \"b\"", Messages = Planted.Random(4, 64, 9), Responses = Planted.Settled(8, 4, 1, 1, 1, 1) };
        return new(
            [LinkReport.Of(plain, Planted.Shuffling), LinkReport.Of(noise, Planted.Shuffling)],
            [Ablation.Of("muted", [1, 1, 0, 1], [0, 0, 1, 0], Planted.Shuffling)]);
    }
}
