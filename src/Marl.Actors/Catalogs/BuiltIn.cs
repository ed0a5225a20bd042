using Marl.Actors.Algorithms;
using Marl.Actors.Coordination.Auctions;
using Marl.Actors.Coordination.Channels;
using Marl.Actors.Coordination.Collectives;
using Marl.Actors.Coordination.Hierarchy;
using Marl.Actors.Coordination.Leagues;
using Marl.Actors.Coordination.Operators;
using Marl.Actors.Coordination.Populations;
using Marl.Actors.Environments;
using Marl.Actors.Experience;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Catalogs;

/// <summary>What comes with Marl.Actors. Programs add their own: <c>BuiltIn.Catalog.With(MyWorld.Component)</c>.</summary>
public static class BuiltIn
{
    /// <summary>All built-in components and operators. Naming them loads no native library.</summary>
    public static ComponentCatalog Catalog { get; } = new(
        [
            .. BuiltInEnvironments.All, .. BuiltInAgents.All, .. BuiltInChannels.All, .. BuiltInCoordinators.All, .. BuiltInAuctions.All, .. BuiltInCollectives.All, .. BuiltInLeagues.All, .. BuiltInPopulations.All,
            .. BuiltInMemories.All, .. BuiltInAlgorithms.All,
        ],
        BuiltInOperators.All);
}
