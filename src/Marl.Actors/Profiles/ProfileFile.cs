using System.Globalization;
using System.Text;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Profiles;

namespace Marl.Actors.Profiles;

/// <summary><c>profile.csv</c>: a row a stage, then a row an edge; seconds and bytes, empty cells where a figure has no meaning.</summary>
public static class ProfileFile
{
    private const string Header = "kind,name,instances,count,seconds,busiest_seconds,waited_seconds,bytes,share,dropped,overwritten,entropy_bits";

    /// <summary>Writes it.</summary>
    public static Result<long> Write(string path, ProfileReport report) => WholeFile.Write(path, Text(report));

    /// <summary>Its text. Counts are firings of stages and messages of edges; bytes were allocated by stages and carried by edges.</summary>
    public static string Text(ProfileReport report)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var stage in report.Stages)
        {
            text.Append(CultureInfo.InvariantCulture, $"stage,{stage.Stage},{stage.Instances},{stage.Firings},{stage.Seconds:F6},{stage.BusiestSeconds:F6},{stage.Waited:F6},{stage.AllocatedBytes},{report.Share(stage.BusiestSeconds):F4},,,\n");
        }

        foreach (var edge in report.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"edge,{edge.Edge},,{edge.Messages},{edge.OperatorSeconds:F6},,{edge.Waited:F6},{edge.Bytes},,{edge.Dropped},{edge.Overwritten},{Entropy(edge)}\n");
        }

        return text.ToString();
    }

    private static string Entropy(EdgeTime edge) => double.IsNaN(edge.Entropy) ? "" : edge.Entropy.ToString("F4", CultureInfo.InvariantCulture);
}
