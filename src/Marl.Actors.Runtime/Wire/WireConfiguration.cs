namespace Marl.Actors.Runtime.Wire;

/// <summary>What Akka has to know of our bytes, and what it may not do with those of others.</summary>
internal static class WireConfiguration
{
    /// <summary>Our serializer's number; below 100 are Akka's own.</summary>
    public const int Identifier = 3810;

    /// <summary>The longest frame that any transport of ours carries.</summary>
    public const string FrameSize = "128000b";

    /// <summary>
    /// Akka's settings, one key a line as its parser wants them. Untrusted mode is on: no other node deploys actors here, and
    /// selections reach the named actors only (joining, heartbeats, watching, and ours). It is no guard against system
    /// messages, which is why there is a gate before them. <c>primitive</c> stays: it makes numbers and text only.
    /// </summary>
    public static string Hocon { get; } = $$"""
        akka.actor.serializers.marl = "{{Name<WireSerializer>()}}"
        akka.actor.serializers.json = "{{Name<RefusingSerializer>()}}"
        akka.actor.serializers.proto = "{{Name<RefusingSerializer>()}}"
        akka.actor.serializers.daemon-create = "{{Name<RefusingSerializer>()}}"
        akka.actor.serializers.reliable-delivery = "{{Name<RefusingSerializer>()}}"
        akka.actor.serializers.null = "{{Name<NothingGate>()}}"
        akka.actor.serializers.bytes = "{{Name<RefusingSerializer>()}}"
        akka.actor.serializers.akka-cluster = "{{Name<MembershipGate>()}}"
        akka.actor.serializers.akka-containers = "{{Name<SelectionGate>()}}"
        akka.actor.serializers.akka-misc = "{{Name<PresenceGate>()}}"
        akka.actor.serializers.akka-system-msg = "{{Name<SystemGate>()}}"
        akka.actor.serialization-bindings."{{Name<IWireRecord>()}}" = marl
        akka.actor.serialization-bindings."System.Object" = json
        akka.log-serializer-override-on-start = off
        akka.remote.untrusted-mode = on
        akka.remote.trusted-selection-paths = ["/user/marl", "/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/system/remote-watcher"]
        """;

    private static string Name<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
