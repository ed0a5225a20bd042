using System.Globalization;
using Marl.Actors.Analysis.Communication;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Languages;

namespace Marl.Actors.Cli.Printing;

/// <summary>What agents say to each other: a row for each link, and what the channel is worth.</summary>
internal static class LanguagePrinter
{
    private const int MostLinks = 24;
    private const double Significant = 0.05;

    private static readonly (Measure Measure, string Head)[] Columns =
    [
        (Measure.PositiveSignalling, "signalling"),
        (Measure.SpeakerConsistency, "consistency"),
        (Measure.InstantaneousCoordination, "coordination"),
        (Measure.ContextIndependence, "independence"),
        (Measure.TopographicSimilarity, "topography"),
        (Measure.CausalInfluence, "influence"),
        (Measure.PositiveListening, "listening"),
    ];

    public static void Print(Outlet target, LanguageFindings found)
    {
        var episodes = found.Report.Ablations[0].With.Count;
        target.Writer.WriteLine($"{found.Pipeline}, seed {found.Seed}, {(found.Greedy ? "greedy" : "sampled")} actions and words, {Figures.Count(episodes)} episodes");
        target.Writer.WriteLine();
        Links(target, found.Report.Links);
        target.Writer.WriteLine();
        target.Writer.WriteLine($"signalling to coordination, and influence: nats. The bias of few observations is taken off; * where chance gives as much in at most {Significant.ToString(CultureInfo.InvariantCulture)} of all cases.");
        if (found.Onlookers.Count > 0)
        {
            target.Writer.WriteLine($"Nothing to do but speak: {string.Join(", ", found.Onlookers)}; consistency and independence are held to what was seen.");
        }

        target.Writer.WriteLine();
        Ablations(target, found);
        target.Writer.WriteLine();
        foreach (var file in found.Files)
        {
            target.Writer.WriteLine(file);
        }
    }

    private static void Links(Outlet target, IReadOnlyList<LinkReport> links)
    {
        var table = new TextTable(["link", "messages", "entropy", .. Columns.Select(c => c.Head)], [.. Enumerable.Range(1, Columns.Length + 2)]);
        var shown = links.Count <= MostLinks ? links : [.. links.OrderByDescending(Influence).Take(MostLinks)];
        foreach (var link in shown)
        {
            table.Add([link.Name, Figures.Count(link.Messages), Number(link.Entropy), .. Columns.Select(c => Cell(link[c.Measure]))]);
        }

        if (links.Count > 1)
        {
            table.Add(["mean", "", Number(links.Average(l => l.Entropy)), .. Columns.Select(c => Number(Mean(links, c.Measure)))]);
        }

        table.Print(target);
        if (shown.Count < links.Count)
        {
            target.Writer.WriteLine($"{links.Count - shown.Count} links of less influence are not shown; links.csv has all.");
        }
    }

    private static double Influence(LinkReport link) => link[Measure.CausalInfluence].IsKnown ? link[Measure.CausalInfluence].Corrected : 0;

    private static double Mean(IReadOnlyList<LinkReport> links, Measure measure) =>
        links.Where(l => l[measure].IsKnown).Select(l => l[measure].Corrected).DefaultIfEmpty(double.NaN).Average();

    private static void Ablations(Outlet target, LanguageFindings found)
    {
        var table = new TextTable(["channel", $"figure ({found.Convention.Name()})", "worth of the channel", "p"], 3);
        table.Add("as it is", Interval(found.Report.Ablations[0].With), "", "");
        foreach (var ablation in found.Report.Ablations)
        {
            table.Add(ablation.Change, Interval(ablation.Without), Interval(ablation.Worth), Figures.Small(ablation.PValue));
        }

        table.Print(target);
    }

    private static string Interval(Sample sample) => double.IsFinite(sample.Low)
        ? $"{Number(sample.Mean)} [{Number(sample.Low)}, {Number(sample.High)}]"
        : Number(sample.Mean);

    private static string Cell(Estimate estimate) =>
        estimate.IsKnown ? $"{Number(estimate.Corrected)}{(estimate.PValue <= Significant ? "*" : " ")}" : "– ";

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
