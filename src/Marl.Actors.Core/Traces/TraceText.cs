using System.Globalization;
using System.Text;

namespace Marl.Actors.Core.Traces;

/// <summary>A trace as a document: one line a message, so that a change shows where it begins. LF, UTF-8.</summary>
public static class TraceText
{
    /// <summary>Begins every trace.</summary>
    internal const string Head = "trace: ";

    /// <summary>Stands above the policies.</summary>
    internal const string PoliciesHead = "policies";

    /// <summary>The document.</summary>
    public static string Write(Trace trace)
    {
        var text = new StringBuilder();
        Line(text, $"{Head}{trace.Pipeline}");
        Line(text, $"seed: {trace.Seed}");
        Line(text, $"steps: {trace.Steps}");
        Line(text, $"messages: {(trace.IsFull ? "all" : "thinned")}");
        Line(text, $"profile: {trace.Profile}");
        foreach (var edge in trace.Edges)
        {
            Line(text, $"");
            Line(text, $"{edge.Name}, {edge.Count} messages, {edge.Digest}");
            foreach (var link in edge.Links)
            {
                Line(text, $"  {link.Name}, {link.Count} messages{(link.HasEnded ? ", ended" : "")}");
                foreach (var message in link.Messages)
                {
                    Line(text, $"    {Write(message)}");
                }
            }
        }

        Line(text, $"");
        Line(text, $"{PoliciesHead}");
        foreach (var policy in trace.Policies)
        {
            Line(text, $"  {policy.Group}, version {policy.Version}, {policy.Weights}, {policy.Digest}");
        }

        return text.ToString();
    }

    /// <summary>The line of one message, without its indentation.</summary>
    public static string Write(TraceMessage message) => string.Create(
        CultureInfo.InvariantCulture, $"#{message.Number} @{message.Stamp} {message.Kind}{string.Concat(message.Fields.Select(f => $"  {f}"))}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
