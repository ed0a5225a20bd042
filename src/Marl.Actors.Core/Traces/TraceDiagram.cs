using System.Text;
using System.Text.RegularExpressions;

namespace Marl.Actors.Core.Traces;

/// <summary>The beginning of a trace as a Mermaid sequence diagram: who sends what to whom.</summary>
public static partial class TraceDiagram
{
    /// <summary>Messages a reader takes in at once.</summary>
    public const int Window = 40;

    /// <summary>The first messages that the trace holds, in one order the run had them.</summary>
    public static string Mermaid(Trace trace, int messages = Window)
    {
        var sent = trace.Edges
            .SelectMany(edge => edge.Links.SelectMany(link => link.Messages.Select(message => (Ends: link.Name.Split(" → "), message))))
            .OrderBy(m => m.message.Order)
            .Take(messages)
            .ToArray();
        var text = new StringBuilder("sequenceDiagram\n");
        foreach (var name in sent.SelectMany(m => m.Ends).Distinct())
        {
            text.Append($"    participant {Id(name)} as {name}\n");
        }

        foreach (var (ends, message) in sent)
        {
            text.Append($"    {Id(ends[0])}->>{Id(ends[1])}: {message.Kind} @{message.Stamp}\n");
        }

        return text.ToString();
    }

    /// <summary>Mermaid takes "end" and dashes for its own words.</summary>
    private static string Id(string name) => "p_" + Other().Replace(name, "_");

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Other();
}
