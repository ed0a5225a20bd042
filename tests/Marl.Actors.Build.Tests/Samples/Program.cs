using Demo;
using Marl.Actors.Algorithms;
using Marl.Actors.Coordination.Operators;
using Marl.Actors.Environments;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Policies.Agents;

// What Marl.Actors.Catalogs.BuiltIn.Catalog is, for a program that stands on less than all of Marl.Actors.
var catalog = new ComponentCatalog([.. BuiltInEnvironments.All, .. BuiltInAgents.All, .. BuiltInAlgorithms.All], BuiltInOperators.All)
    .WithComponentsOf(typeof(Program).Assembly);
var graph = new Pipelines.MappoSpread(Agents: 5).Load(catalog).Value;
Console.WriteLine($"{graph.Name}: {graph[Pipelines.MappoSpread.Stages.Team.Id].Instances.Count} agents");
Console.WriteLine(graph.Edges.Single(e => e.Name == Pipelines.MappoSpread.Edges.TeamActionsToWorldActions).Merge);
