using System.Globalization;
using System.Text;
using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Communication;

/// <summary>All that was found out about how some agents communicate.</summary>
/// <param name="Links">Who tells whom.</param>
/// <param name="Ablations">What the channel is worth.</param>
public sealed record CommunicationReport(Values<LinkReport> Links, Values<Ablation> Ablations)
{
    /// <summary>Writes a table of the links' figures: a row for each link and measure, cells of unknown figures empty.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> SaveLinks(string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(LinksText()));

    /// <summary>Writes a table of the ablations: a row for each.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public Result<long> SaveAblations(string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(AblationsText()));

    /// <summary>The table of <see cref="SaveLinks"/>.</summary>
    public string LinksText() => Text(
        ["channel", "round", "speaker", "listener", "measure", "unit", "value", "corrected", "chance", "p", "count"],
        Links.SelectMany(link => link.Figures.Select(figure => (string[])
        [
            link.Channel, link.Round is { } round ? $"{round}" : "", link.Speaker, link.Listener, figure.Measure.Name(), figure.Measure.Unit(),
            .. Numbers(figure.Estimate.Value, figure.Estimate.Corrected, figure.Estimate.Chance, figure.Estimate.PValue, figure.Estimate.Count),
        ])));

    /// <summary>The table of <see cref="SaveAblations"/>.</summary>
    public string AblationsText() => Text(
        ["change", "episodes", "with", "without", "without_low95", "without_high95", "worth", "worth_low95", "worth_high95", "p"],
        Ablations.Select(a => (string[])
        [
            a.Change,
            .. Numbers(a.With.Count, a.With.Mean, a.Without.Mean, a.Without.Low, a.Without.High, a.Worth.Mean, a.Worth.Low, a.Worth.High, a.PValue),
        ]));

    private static string Text(string[] heads, IEnumerable<string[]> rows) => string.Concat(rows.Prepend(heads).Select(row => CsvTable.Join(row) + "\n"));

    private static IEnumerable<string> Numbers(params double[] numbers) =>
        numbers.Select(number => double.IsNaN(number) ? "" : number.ToString("G6", CultureInfo.InvariantCulture)); // more digits than samples ever support
}
