using System.Globalization;
using System.Text.RegularExpressions;
using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Particles;

namespace Marl.Actors.Environments.Verification;

/// <summary>Which of our worlds a recording's <c>env</c> and <c>kwargs</c> stand for: one entry a reference world.</summary>
internal static partial class ReferenceWorlds
{
    private static readonly ReferenceWorld[] Known =
    [
        new("simple_spread", "environment/simple-spread", FirstFixed: 3, SpreadOf),
        new("simple_speaker_listener", "environment/simple-speaker-listener", FirstFixed: 4, SpeakerListenerOf),
        new("simple_tag", "environment/simple-tag", FirstFixed: 3, TagOf),
        new("simple_adversary", "environment/simple-adversary", FirstFixed: 3, AdversaryOf),
        new("simple_reference", "environment/simple-reference", FirstFixed: 3, ReferenceOf),
        new("simple_push", "environment/simple-push", FirstFixed: 3, PushOf),
        new("simple_crypto", "environment/simple-crypto", FirstFixed: 3, CryptoOf),
        new("simple_world_comm", "environment/simple-world-comm", FirstFixed: 3, WorldCommOf),
        new("simple", "environment/simple", FirstFixed: 3, SimpleOf),
    ];

    private delegate Func<ActionForm, ParticleWorld> Reader(ReferenceArguments arguments, StatedTerms terms);

    /// <summary>
    /// The world of a recording. Without <paramref name="integration"/> the version in the name says the order: PettingZoo
    /// 1.23 changed it and raised all versions (simple_spread 2 → 3, simple_speaker_listener 3 → 4). Failures: MARL3104
    /// (unknown world), MARL3105 and MARL3106 (arguments).
    /// </summary>
    public static Result<MatchedWorld> Match(Recording recording, IntegrationOrder? integration)
    {
        var name = recording.Environment.Replace('-', '_').Split('/', '.')[^1];
        var version = Version().Match(name);
        var plain = version.Success ? name[..version.Index] : name;
        if (Known.FirstOrDefault(w => w.Name == plain) is not { } known)
        {
            return Result.Failure<MatchedWorld>(recording.Error(
                "MARL3104", $"The world '{recording.Environment}' is unknown.", Nearest.Remedy(plain, Known.Select(w => w.Name), "worlds")));
        }

        var isOld = version.Success && int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) < known.FirstFixed;
        var order = integration ?? (isOld ? IntegrationOrder.VelocityFirst : IntegrationOrder.PositionFirst);
        var arguments = new ReferenceArguments(recording.File, recording.Environment, recording.Arguments);
        var create = known.Read(arguments, new(order, recording.MaxCycles ?? 25));
        arguments.Refuse("curriculum", "num_agent_neighbors", "num_landmark_neighbors");
        arguments.Ignore("continuous_actions", "dynamic_rescaling", "render_mode", "benchmark_data"); // episodes show the form of their actions
        arguments.Close();
        return Result.Of(new MatchedWorld(known.World, order, create), arguments.Diagnostics);
    }

    private static Func<ActionForm, ParticleWorld> SpreadOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleSpreadOptions(
            arguments.Integer("N", 3, 1, 64),
            Cycles(arguments, terms),
            arguments.Share("local_ratio", 0.5),
            terms.Order,
            TerminateOnSuccess: arguments.Flag("terminate_on_success", false));
        return form => new SimpleSpread(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> SpeakerListenerOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleSpeakerListenerOptions(Cycles(arguments, terms), terms.Order);
        return form => new SimpleSpeakerListener(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> TagOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleTagOptions(
            arguments.Integer("num_good", 1, 1, 64),
            arguments.Integer("num_adversaries", 3, 1, 64),
            arguments.Integer("num_obstacles", 2, 0, 64),
            Cycles(arguments, terms),
            terms.Order);
        return form => new SimpleTag(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> AdversaryOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleAdversaryOptions(arguments.Integer("N", 2, 1, 64), Cycles(arguments, terms), terms.Order);
        return form => new SimpleAdversary(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> ReferenceOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleReferenceOptions(arguments.Share("local_ratio", 0.5), Cycles(arguments, terms), terms.Order);
        return form => new SimpleReference(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> PushOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimplePushOptions(Cycles(arguments, terms), terms.Order);
        return form => new SimplePush(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> CryptoOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleCryptoOptions(Cycles(arguments, terms), terms.Order);
        return form => new SimpleCrypto(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> WorldCommOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleWorldCommOptions(
            arguments.Integer("num_good", 2, 1, 64),
            arguments.Integer("num_adversaries", 4, 1, 64),
            arguments.Integer("num_obstacles", 1, 0, 64),
            arguments.Integer("num_food", 2, 1, 64),
            arguments.Integer("num_forests", 2, 0, 64),
            Cycles(arguments, terms),
            terms.Order);
        return form => new SimpleWorldComm(options with { Actions = form }, copies: 1);
    }

    private static Func<ActionForm, ParticleWorld> SimpleOf(ReferenceArguments arguments, StatedTerms terms)
    {
        var options = new SimpleOptions(Cycles(arguments, terms), terms.Order);
        return form => new Simple(options with { Actions = form }, copies: 1);
    }

    private static int Cycles(ReferenceArguments arguments, StatedTerms terms) => arguments.Integer("max_cycles", terms.MaxCycles, 1, 1_000_000);

    [GeneratedRegex(@"_v(\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    // What a recording states outside its arguments.
    private sealed record StatedTerms(IntegrationOrder Order, int MaxCycles);

    // FirstFixed: the first version whose position moves first.
    private sealed record ReferenceWorld(string Name, string World, int FirstFixed, Reader Read);
}

/// <summary>One of our worlds, ready to be made for an episode's form of actions.</summary>
internal sealed record MatchedWorld(string Id, IntegrationOrder Integration, Func<ActionForm, ParticleWorld> Create);
