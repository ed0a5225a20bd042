namespace Marl.Actors.Runtime.Wire;

/// <summary>What Akka has to know of our bytes.</summary>
internal static class WireConfiguration
{
    /// <summary>Our serializer's number; below 100 are Akka's own.</summary>
    public const int Identifier = 3810;

    /// <summary>Akka's settings, one key a line as its parser wants them.</summary>
    public static string Hocon { get; } = $$"""
        akka.actor.serializers.marl = "{{typeof(WireSerializer).FullName}}, Marl.Actors.Runtime"
        akka.actor.serializers.json = "{{typeof(RefusingSerializer).FullName}}, Marl.Actors.Runtime"
        akka.actor.serialization-bindings."{{typeof(IWireRecord).FullName}}, Marl.Actors.Runtime" = marl
        akka.actor.serialization-bindings."System.Object" = json
        akka.actor.serialization-identifiers."{{typeof(WireSerializer).FullName}}, Marl.Actors.Runtime" = {{Identifier}}
        akka.actor.serialization-identifiers."{{typeof(RefusingSerializer).FullName}}, Marl.Actors.Runtime" = 1
        akka.remote.dot-netty.tcp.maximum-frame-size = 128000b
        """;
}
