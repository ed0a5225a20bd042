using System.Text.RegularExpressions;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Pipelines.Catalog;

/// <summary>What tells worlds apart for those who stand before them: kinds of spaces, rewards and rosters, but no sizes.</summary>
internal static partial class WorldShape
{
    /// <summary>Worlds of the same shape go with the same agents and learners.</summary>
    public static string Of(Component world)
    {
        if (Defaults(world) is not { } options)
        {
            return world.Id;
        }

        var signature = world.Sign(options, new("world", 0, [""], 1, _ => 1, Purpose.Training));
        var ports = signature.Outputs.Select(o => $"{o.Key} {string.Join(' ', o.Value.Select(t => Number().Replace($"{t}", "")).Distinct())}");
        return $"{(Agents(world) < 2 ? "one" : "several")} {string.Join(' ', ports)}";
    }

    /// <summary>Its agents with options as they are by default; 0 where an option must be given.</summary>
    public static int Agents(Component world) =>
        Defaults(world) is { } options ? world.Domains(options).Values.Select(members => members.Count).FirstOrDefault() : 0;

    private static object? Defaults(Component world) =>
        world.Options.Options.Any(o => o.IsRequired) ? null : world.Options.Create(new Dictionary<string, object>());

    [GeneratedRegex("[0-9.-]+")]
    private static partial Regex Number();
}
