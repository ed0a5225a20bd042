using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Summaries;

/// <summary>Writes and reads <c>summary.json</c>: camel case, a fixed order, invariant numbers, LF.</summary>
public static class SummaryFile
{
    private const string Syntax = "MARL3421";
    private const string Content = "MARL3422";
    private const int Limit = 1 << 20;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a web page: letters stay letters
    };

    /// <summary>The text of a summary, the same for the same values.</summary>
    public static string Text(RunSummary summary)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("pipeline", summary.Pipeline);
            json.WriteNumber("seed", summary.Seed);
            json.WriteNumber("environmentSteps", summary.EnvironmentSteps);
            json.WriteNumber("updates", summary.Updates);
            Number(json, "wallSeconds", Math.Round(summary.WallSeconds, 3));
            Number(json, "environmentStepsPerSecond", Math.Round(summary.EnvironmentStepsPerSecond, 1));
            json.WriteString("physics", summary.Physics);
            json.WriteString("stoppedBy", OptionText.Kebab(summary.StoppedBy.ToString()));
            Evaluation(json, summary.Evaluation);
            json.WriteString("weightsSha256", summary.WeightsSha256);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes a summary, whole or not at all.</summary>
    /// <returns>The bytes written, or one diagnostic (MARL34xx).</returns>
    public static Result<long> Write(string path, RunSummary summary) => WholeFile.Write(path, Text(summary));

    /// <summary>Reads a summary.</summary>
    /// <returns>The summary, or one diagnostic with the place and the field (MARL34xx).</returns>
    public static Result<RunSummary> Read(string path) => WholeFile.Read(path, Limit).Then(bytes =>
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 8 });
            return Run(new SummaryFields(document.RootElement, ""), path);
        }
        catch (JsonException exception)
        {
            var (line, column) = ((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
            return Result.Failure<RunSummary>(new Diagnostic(
                Syntax, new(path, line, column), "This is not JSON.", "Name the summary.json of a run that has ended."));
        }
    });

    private static void Evaluation(Utf8JsonWriter json, EvaluationSummary? evaluation)
    {
        if (evaluation is null)
        {
            json.WriteNull("evaluation");
            return;
        }

        json.WriteStartObject("evaluation");
        Number(json, "mean", evaluation.Mean);
        Number(json, "standardDeviation", evaluation.StandardDeviation);
        json.WriteNumber("episodes", evaluation.Episodes);
        if (evaluation is { Low: { } low, High: { } high })
        {
            json.WritePropertyName("interval95");
            json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{low:R}, {high:R}]"));
        }
        else
        {
            json.WriteNull("interval95");
        }

        json.WriteString("convention", evaluation.Convention.Name());
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static Result<RunSummary> Run(SummaryFields fields, string path)
    {
        var part = fields.Part("evaluation");
        var evaluation = part is null ? null : new EvaluationSummary(
            part.Optional("mean"),
            part.Optional("standardDeviation"),
            (int)part.Whole("episodes", int.MaxValue),
            part.Pair("interval95")?.Low,
            part.Pair("interval95")?.High,
            part.Choice<ReturnConvention>("convention"));
        var summary = new RunSummary(
            fields.Text("pipeline") ?? "",
            fields.Whole("seed", long.MaxValue, long.MinValue),
            fields.Whole("environmentSteps", long.MaxValue),
            (int)fields.Whole("updates", int.MaxValue),
            fields.Optional("wallSeconds") ?? 0,
            fields.Optional("environmentStepsPerSecond") ?? 0,
            fields.Text("physics", isRequired: false),
            fields.Choice<StopReason>("stoppedBy"),
            evaluation,
            fields.Text("weightsSha256", isRequired: false));
        var wrong = fields.Wrong.Concat(part?.Wrong ?? []).ToArray();
        return wrong.Length == 0
            ? Result.Success(summary)
            : Result.Failure<RunSummary>(wrong.Select(sentence => new Diagnostic(
                Content, SourceSpan.Whole(path), sentence, "Name the summary.json of a run of this version of marl.")));
    }
}
