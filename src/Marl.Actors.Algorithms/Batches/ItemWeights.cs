using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>What the items of a batch count for.</summary>
internal static class ItemWeights
{
    /// <summary>[B]; empty where all count 1.</summary>
    public static ReadOnlySpan<float> Of(Message batch) => batch.Has(BatchMessages.Weight) ? batch[BatchMessages.Weight] : [];
}
