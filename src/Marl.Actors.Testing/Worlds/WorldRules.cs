namespace Marl.Actors.Testing.Worlds;

/// <summary>The rules worlds are held to, and where to look when one is broken.</summary>
internal static class WorldRules
{
    private static readonly Dictionary<string, string> Remedies = new()
    {
        [SpecRules.Rule] = "State spaces, names and conventions in Spec as IWorld describes them.",
        ["observations-are-in-their-space"] = "Write every number of Observe, and state a space that holds them all.",
        ["state-is-written-whole"] = "Write every number of State, for all copies.",
        ["flags-are-0-or-1"] = "Write 0 or 1.",
        ["some-action-is-allowed"] = "Leave an agent that is to act at least one action; give it a no-op if it may be stuck.",
        ["waiting-is-one-action"] = "Allow an agent that is not active its no-op and nothing else.",
        ["waiting-is-ignored"] = "Let the dynamics take no notice of what an agent that is not active chose.",
        ["only-transitions-are-paid"] = "Pay an agent from its first turn until its end, and 0 otherwise.",
        ["only-the-living-depart"] = "Set an agent's departed flag once, in the step that ends its life.",
        ["rewards-are-finite"] = "Look for a division by zero, a logarithm, or a reward that was never written.",
        ["team-rewards-are-equal"] = "Give all agents of a copy the team's reward, or state RewardConvention.PerAgent.",
        ["same-key-same-run"] = "Draw from the stream that Reset and Step are given and from nothing else: no global generator, no clock, no static field.",
        ["reset-forgets"] = "Set every field of the copy in Reset.",
        ["copies-are-apart"] = "Index every array by copy, and touch only the copy that Reset is given.",
        ["save-load-continues"] = "Put every field that changes into Save, and take each back in Load.",
        ["step-allocates-nothing"] = "Make arrays in the constructor; avoid closures, LINQ and boxing in Step.",
    };

    /// <summary>Where to look.</summary>
    public static string Remedy(string rule) => Remedies.GetValueOrDefault(rule, "");
}
