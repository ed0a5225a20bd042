using Marl.Actors.Core.Options;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary><c>stop:</c> — when the experiment ends.</summary>
/// <param name="Steps">Environment steps.</param>
public sealed record StopSection(
    [Option("Environment steps, over all copies, after which the experiment ends.", Minimum = 1, Required = true)] long Steps);

/// <summary><c>checkpoint:</c> — how often the whole state is saved.</summary>
/// <param name="Every">Environment steps.</param>
public sealed record CheckpointSection(
    [Option("Environment steps between checkpoints.", Minimum = 1, Required = true)] long Every);

/// <summary><c>evaluate:</c> — how policies are measured.</summary>
/// <param name="Every">Environment steps.</param>
/// <param name="Episodes">How many.</param>
/// <param name="Actions">How actions are chosen.</param>
/// <param name="Convention">How agents' returns become one figure.</param>
/// <param name="Of">Whose.</param>
public sealed record EvaluateSection(
    [Option("Training environment steps between evaluations.", Minimum = 1, Required = true)] long Every,
    [Option("Episodes of each evaluation, one a copy of the evaluating world.", Minimum = 1, Maximum = 100_000, Required = true)] int Episodes,
    [Option("Sampled from the policy, or the likeliest action.")] ActionChoice Actions = ActionChoice.Sampled,
    [Option("The sum over agents, the mean, or the share of episodes that succeed (of a world that has successes).")] ReturnConvention Convention = ReturnConvention.TeamSum,
    [Option("The team whose returns make the figure, as the world calls it (adversaries); all agents unless given.")] string Of = "");

/// <summary>How evaluation chooses actions.</summary>
public enum ActionChoice
{
    /// <summary>As in training.</summary>
    Sampled,

    /// <summary>The likeliest.</summary>
    Greedy,
}
