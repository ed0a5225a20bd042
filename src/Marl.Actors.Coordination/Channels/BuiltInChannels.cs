using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Channels;

/// <summary>The channels of the built-in catalog: one line each.</summary>
public static class BuiltInChannels
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        ChannelComponents.Broadcast,
        ChannelComponents.Targeted,
        ChannelComponents.SharedMedium,
        ChannelComponents.Environment,
    ];
}
