using System.Globalization;
using System.Text;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>Reads <c>evaluation.csv</c> back, for learning curves over resumed runs and over several seeds.</summary>
public static class EvaluationTable
{
    private const string Damaged = "MARL3420";

    private static readonly string[] Names =
        ["update", "environment_steps", "seconds", "episodes", "return_mean", "return_sd", "return_median", "return_low95", "return_high95", "length_mean"];

    /// <summary>The rows, oldest first.</summary>
    /// <returns>The rows, or one diagnostic with file and line (MARL34xx).</returns>
    public static Result<Values<EvaluationRow>> Read(string path) => WholeFile.Read(path).Then(bytes =>
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var header = lines[0].TrimEnd('\r').Split(',');
        var places = Array.ConvertAll(Names, name => Array.IndexOf(header, name));
        if (Array.IndexOf(places, -1) is >= 0 and var missing)
        {
            return Fault(path, 1, $"There is no column '{Names[missing]}' in the header.");
        }

        var rows = new List<EvaluationRow>();
        for (var i = 1; i < lines.Length - 1; i++)
        {
            if (Row(lines[i].TrimEnd('\r').Split(','), places) is not { } row)
            {
                return Fault(path, i + 1, "This is not a row of numbers.");
            }

            rows.Add(row);
        }

        return Result.Success(rows.ToValues());
    });

    private static EvaluationRow? Row(string[] cells, int[] places)
    {
        var numbers = new double[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var text = places[i] < cells.Length ? cells[places[i]] : "?";
            if (text.Length == 0)
            {
                numbers[i] = double.NaN;
            }
            else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers[0] is >= 0 and <= int.MaxValue && numbers[1] is >= 0 and < 1e18 && numbers[3] is >= 0 and <= int.MaxValue
            ? new(
                (int)numbers[0],
                (long)numbers[1],
                numbers[2],
                new Sample((int)numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8]),
                numbers[9])
            : null;
    }

    private static Result<Values<EvaluationRow>> Fault(string path, int line, string sentence) => Result.Failure<Values<EvaluationRow>>(
        new Diagnostic(Damaged, new(path, line, 1), sentence, "Name the evaluation.csv of a run."));
}
