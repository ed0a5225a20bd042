using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>A component in a few lines of Markdown, as editors show it beside its name.</summary>
internal static class ComponentMarkdown
{
    /// <summary>Summary, source and ports.</summary>
    public static string Of(Component component)
    {
        var lines = new List<string> { $"**{component.Id}** — {component.Summary}" };
        if (component.Source.Length > 0)
        {
            lines.Add($"*{component.Source}*");
        }

        if (component.Inputs.Count > 0)
        {
            lines.Add("in: " + string.Join(", ", component.Inputs.Select(p => $"`{p.Name}` ({p.Kind}{(p.Required ? "" : ", optional")})")));
        }

        if (component.Outputs.Count > 0)
        {
            lines.Add("out: " + string.Join(", ", component.Outputs.Select(p => $"`{p.Name}` ({p.Kind})")));
        }

        return string.Join("\n\n", lines);
    }
}
