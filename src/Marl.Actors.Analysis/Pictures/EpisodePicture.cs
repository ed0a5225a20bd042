using System.Globalization;
using System.Security;
using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Pictures;

/// <summary>
/// An episode as an animated SVG: circles that move by SMIL, in a loop, with no script. Any browser plays it; a viewer that
/// can't animate shows the first frame.
/// </summary>
public sealed record EpisodePicture
{
    private const int Side = 480;    // of the field, in pixels
    private const int Header = 56;
    private const int Footer = 26;
    private const double Hold = 1.0; // seconds the last frame stays

    /// <summary>The headline: <c>mappo-spread · return −24.1</c>.</summary>
    public required string Title { get; init; }

    /// <summary>A smaller line below it.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>All shapes lie within ± this, in world units; what goes beyond is clipped.</summary>
    public required double Extent { get; init; }

    /// <summary>Seconds between frames.</summary>
    public double SecondsPerFrame { get; init; } = 0.1;

    /// <summary>The shapes of each moment. A shape is known by its id; one that is missing in a frame is not shown there.</summary>
    public required IReadOnlyList<IReadOnlyList<DrawnCircle>> Frames { get; init; }

    /// <summary>Writes the picture, whole or not at all.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> Save(string path) => WholeFile.Write(path, Render());

    /// <summary>The SVG. The same values give the same text.</summary>
    public string Render()
    {
        var svg = new StringBuilder();
        var height = Header + Side + Footer;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Side} {height}" width="{Side}" height="{height}" font-family="Inter, system-ui, sans-serif">
            <title>{Escaped(Title)}</title>
            <rect width="{Side}" height="{height}" fill="#ffffff"/>
            <text x="16" y="26" font-size="17" font-weight="600" fill="#111827">{Escaped(Title)}</text>
            <text x="16" y="45" font-size="12.5" fill="#6b7280">{Escaped(Subtitle)}</text>
            <svg x="0" y="{Header}" width="{Side}" height="{Side}" viewBox="0 0 {Side} {Side}">
            <rect x="8" y="0" width="{Side - 16}" height="{Side}" rx="10" fill="#f3f4f6"/>

            """);
        foreach (var track in Tracks())
        {
            Shape(svg, track);
        }

        svg.Append("</svg>\n");
        Progress(svg);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Every shape through all frames, in the order of first appearance; null where it is not there.</summary>
    private IEnumerable<DrawnCircle?[]> Tracks()
    {
        var tracks = new Dictionary<string, DrawnCircle?[]>();
        var order = new List<DrawnCircle?[]>();
        for (var frame = 0; frame < Frames.Count; frame++)
        {
            foreach (var circle in Frames[frame])
            {
                if (!tracks.TryGetValue(circle.Id, out var track))
                {
                    track = tracks[circle.Id] = new DrawnCircle?[Frames.Count];
                    order.Add(track);
                }

                track[frame] = circle;
            }
        }

        return order;
    }

    private void Shape(StringBuilder svg, DrawnCircle?[] track)
    {
        var first = track.First(c => c is not null)!.Value;
        var path = Filled(track, first);
        svg.Append(CultureInfo.InvariantCulture, $"<g{(track[0] is null ? " display=\"none\"" : "")}><title>{Escaped(first.Id)}</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Text(X(path[0]))}\" cy=\"{Text(Y(path[0]))}\" r=\"{Text(R(path[0]))}\" fill=\"{Escaped(first.Colour)}\" fill-opacity=\"0.9\" stroke=\"#111827\" stroke-opacity=\"0.25\">");
        Animate(svg, "cx", path.Select(X));
        Animate(svg, "cy", path.Select(Y));
        Animate(svg, "r", path.Select(R));
        Animate(svg, "fill", path.Select(c => Escaped(c.Colour)), isDiscrete: true);
        svg.Append("</circle>");
        foreach (var label in path.Select(c => c.Label).Where(l => l.Length > 0).Distinct())
        {
            Label(svg, label, path);
        }

        if (track.Contains(null))
        {
            // "display", not "visibility": a label that says it is visible would show in a group that is not.
            Animate(svg, "display", track.Select(c => c is null ? "none" : "inline"), isDiscrete: true);
        }

        svg.Append("</g>\n");
    }

    private void Label(StringBuilder svg, string label, DrawnCircle[] path)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Text(X(path[0]))}\" y=\"{Text(Y(path[0]) + 4)}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#111827\" stroke=\"#ffffff\" stroke-width=\"2.5\" paint-order=\"stroke\"");
        svg.Append(path[0].Label == label ? ">" : " visibility=\"hidden\">").Append(Escaped(label));
        Animate(svg, "x", path.Select(X));
        Animate(svg, "y", path.Select(c => Y(c) + 4));
        Animate(svg, "visibility", path.Select(c => c.Label == label ? "visible" : "hidden"), isDiscrete: true);
        svg.Append("</text>");
    }

    /// <summary>The track without gaps: where the shape is not there, it stays where it was.</summary>
    private static DrawnCircle[] Filled(DrawnCircle?[] track, DrawnCircle first)
    {
        var path = new DrawnCircle[track.Length];
        for (var frame = 0; frame < path.Length; frame++)
        {
            path[frame] = track[frame] ?? (frame == 0 ? first : path[frame - 1]);
        }

        return path;
    }

    private void Animate(StringBuilder svg, string attribute, IEnumerable<double> values) => Animate(svg, attribute, values.Select(Text));

    private void Animate(StringBuilder svg, string attribute, IEnumerable<string> values, bool isDiscrete = false)
    {
        var list = values.ToArray();
        if (list.All(v => v == list[0]))
        {
            return;
        }

        // The last value is repeated at the end of the loop: the last frame stays for a while.
        svg.Append(CultureInfo.InvariantCulture, $"<animate attributeName=\"{attribute}\" dur=\"{Text(Duration)}s\" repeatCount=\"indefinite\"");
        svg.Append(isDiscrete ? " calcMode=\"discrete\"" : "");
        svg.Append(CultureInfo.InvariantCulture, $" keyTimes=\"{KeyTimes()}\" values=\"{string.Join(';', list)};{list[^1]}\"/>");
    }

    private void Progress(StringBuilder svg)
    {
        var y = Header + Side + 12;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"16\" y=\"{y}\" width=\"{Side - 32}\" height=\"4\" rx=\"2\" fill=\"#e5e7eb\"/>\n");
        if (Frames.Count > 1)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"16\" y=\"{y}\" width=\"0\" height=\"4\" rx=\"2\" fill=\"#2563eb\">");
            Animate(svg, "width", Enumerable.Range(0, Frames.Count).Select(f => (Side - 32.0) * f / (Frames.Count - 1)));
            svg.Append("</rect>\n");
        }
    }

    private double Duration => ((Frames.Count - 1) * SecondsPerFrame) + Hold;

    private string KeyTimes() => string.Join(';', Enumerable.Range(0, Frames.Count)
        .Select(frame => (frame * SecondsPerFrame / Duration).ToString("0.#####", CultureInfo.InvariantCulture)).Append("1"));

    private double Scale => (Side - 16) / (2 * Extent);

    private double X(DrawnCircle circle) => (Side / 2.0) + (circle.X * Scale);

    private double Y(DrawnCircle circle) => (Side / 2.0) - (circle.Y * Scale);

    private double R(DrawnCircle circle) => circle.Radius * Scale;

    private static string Text(double value) =>
        double.IsFinite(value) ? value.ToString("0.##", CultureInfo.InvariantCulture) : "-9999";

    private static string Escaped(string text) =>
        SecurityElement.Escape(new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c < 0xFFFE)]));
}
