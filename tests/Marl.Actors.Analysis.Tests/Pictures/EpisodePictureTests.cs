using System.Globalization;
using System.Xml.Linq;
using Marl.Actors.Analysis.Pictures;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Pictures;

public sealed class EpisodePictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static EpisodePicture Small { get; } = new()
    {
        Title = "spread · return −24.1",
        Subtitle = "seed 1, greedy",
        Extent = 1,
        Frames =
        [
            [new("agent-0", 0, 0, 0.15, "#2563eb", "A"), new("landmark-0", 0.5, 0.5, 0.05, "#6b7280", "")],
            [new("agent-0", 0.5, 0, 0.15, "#2563eb", "B"), new("landmark-0", 0.5, 0.5, 0.05, "#6b7280", "")],
            [new("landmark-0", 0.5, 0.5, 0.05, "#6b7280", "")],
        ],
    };

    [Fact]
    public Task The_picture_is_a_document() => Snapshots.Verify(Small.Render());

    [Fact]
    public void Moving_shapes_move_and_resting_ones_rest()
    {
        var circles = XDocument.Parse(Small.Render()).Descendants(Svg + "circle").ToArray();

        Assert.Equal(["cx"], circles[0].Elements(Svg + "animate").Select(a => (string)a.Attribute("attributeName")!));
        Assert.Empty(circles[1].Elements());
    }

    [Fact]
    public void Key_times_rise_from_0_to_1_and_match_the_values()
    {
        var many = Small with { Frames = [.. Enumerable.Range(0, 100).Select(i => (IReadOnlyList<DrawnCircle>)[new("a", Math.Sin(i), Math.Cos(i), 0.1, "red", "")])] };
        var animations = XDocument.Parse(many.Render()).Descendants(Svg + "animate").ToArray();

        Assert.NotEmpty(animations);
        foreach (var animation in animations)
        {
            var times = ((string)animation.Attribute("keyTimes")!).Split(';').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(101, times.Length);
            Assert.Equal((0, 1), (times[0], times[^1]));
            Assert.Equal(times.Order(), times);
            Assert.Equal(times.Length, ((string)animation.Attribute("values")!).Split(';').Length);
            Assert.Equal("indefinite", (string)animation.Attribute("repeatCount")!);
        }
    }

    [Fact]
    public void Upwards_in_the_world_is_upwards_in_the_picture()
    {
        var up = Small with { Frames = [[new("low", 0, -1, 0.1, "red", ""), new("high", 0, 1, 0.1, "red", "")]] };
        var heights = XDocument.Parse(up.Render()).Descendants(Svg + "circle")
            .Select(c => double.Parse((string)c.Attribute("cy")!, CultureInfo.InvariantCulture)).ToArray();

        Assert.True(heights[1] < heights[0]);
    }

    [Fact]
    public void Text_of_any_kind_stays_well_formed()
    {
        var odd = Small with
        {
            Title = "<a> & \"b\" \u0001 \uFFFF 😀",
            Frames = [[new("<id>", double.NaN, double.PositiveInfinity, 1, "\"/><script>", "&")]],
        };

        var document = XDocument.Parse(odd.Render());

        Assert.Empty(document.Descendants(Svg + "script"));
        Assert.StartsWith("<a> & \"b\"", document.Descendants(Svg + "title").First().Value);
    }

    [Fact]
    public void No_frames_and_one_frame_give_a_picture_at_rest()
    {
        Assert.Empty(XDocument.Parse((Small with { Frames = [] }).Render()).Descendants(Svg + "animate"));
        Assert.Empty(XDocument.Parse((Small with { Frames = [Small.Frames[0]] }).Render()).Descendants(Svg + "animate"));
    }
}
