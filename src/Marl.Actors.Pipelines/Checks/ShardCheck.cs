using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>
/// What stands beside the shards of a world hears all of them: it must know to tell an agent's namesakes from other agents.
/// </summary>
internal sealed class ShardCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        foreach (var edge in draft.Edges.Where(e => !e.Input.AcceptsShards && IsBeside(draft[e.From], draft[e.To])))
        {
            draft.Spoiled.Add(edge);
            findings.Error(
                CheckCodes.Shards,
                edge.Where,
                $"'{edge.Source}' comes from {draft[edge.From].Shards} shards, and '{edge.Target}' ({draft[edge.To].Component!.Id}) takes one shard's tokens only.",
                draft[edge.To].Component!.AllowsEach ? $"Multiply '{edge.To}' by them: each: {World(draft)}.{Graphs.ShardNames.Domain}." : $"Remove 'shards:' from '{World(draft)}'.");
        }
    }

    private static bool IsBeside(StageDraft from, StageDraft to) => from.Shards > 1 && to is { Shards: 1, IsPlaced: true, Component: not null, Purpose: Purpose.Training };

    private static string World(PipelineDraft draft) => draft.Stages.First(s => s is { Shards: > 1, Component.IsClock: true }).Id;
}
