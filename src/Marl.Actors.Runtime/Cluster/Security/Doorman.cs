using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Hosting;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Security;

/// <summary>Stands at the door of one node: says whose certificate is good, and remembers who was turned away.</summary>
/// <param name="security">What is shown and believed.</param>
/// <param name="told">Told of those that were turned away: the first few, then now and then. Called on any thread.</param>
internal sealed class Doorman(NodeSecurity security, Action<Diagnostic>? told) : Setup
{
    private const int Few = 10;
    private const int NowAndThen = 1000;

    private readonly TaskCompletionSource<Diagnostic> refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long turnedAway;

    /// <summary>What is shown and believed.</summary>
    public NodeSecurity Security => security;

    /// <summary>Done when a node that this one called has refused it, or is not to be believed: calling again won't help.</summary>
    public Task<Diagnostic> Refused => refused.Task;

    /// <summary>What a call has failed of that may go better next time; null when none has.</summary>
    public Diagnostic? Latest { get; private set; }

    /// <summary>How many were turned away.</summary>
    public long TurnedAway => Interlocked.Read(ref turnedAway);

    /// <summary>Judges a certificate.</summary>
    /// <returns>Why it is not believed; null when it is.</returns>
    public static string? Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate is not X509Certificate2 shown ? "shows no certificate"
        : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None ? null
        : $"shows a certificate, {Distrust.Name(shown)}, that {Distrust.Of(shown, chain)}";

    /// <summary>Somebody who called was turned away.</summary>
    /// <param name="who">Its address.</param>
    /// <param name="why">Goes on from "It".</param>
    public void TurnAway(string who, string why)
    {
        var count = Interlocked.Increment(ref turnedAway);
        if (count <= Few || count % NowAndThen == 0)
        {
            var often = count <= Few ? "" : $" ({count} times by now, all callers together)";
            told?.Invoke(new(
                SecurityCodes.TurnedAway, SourceSpan.Whole("cluster"), $"{who} was turned away: it {why}{often}.",
                $"If it is one of ours, start it with a --certificate that {security.Authority.Path} has signed, and with the same --authority.", Severity.Warning));
        }
    }

    /// <summary>A call has failed for good.</summary>
    public Diagnostic Refuse(string who, string what)
    {
        var finding = Failing(who, what);
        refused.TrySetResult(finding);
        return finding;
    }

    /// <summary>A call has failed, for now.</summary>
    public Diagnostic Miss(string who, string what) => Latest = Failing(who, what);

    private Diagnostic Failing(string who, string what) => new(
        SecurityCodes.Refused, SourceSpan.Whole("command line"), $"The node at {who} {what}.",
        $"Both must have a --certificate of the same --authority (here {security.Own.Path}, {security.Authority.Path}), or neither.");
}

/// <summary>Puts a doorman where an actor system finds him.</summary>
internal static class Guarding
{
    /// <summary>With him; or, without one, as it was.</summary>
    public static AkkaConfigurationBuilder Guarded(this AkkaConfigurationBuilder akka, Doorman? doorman) => doorman is null ? akka : akka.AddSetup(doorman);
}
