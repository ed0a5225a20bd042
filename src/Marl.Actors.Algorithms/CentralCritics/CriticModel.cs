using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Everything learned: the actors in one flat vector, the critics in another, and targets in others of the same form.</summary>
internal sealed class CriticModel : IDisposable
{
    private readonly int[] actorPlaces;  // by group
    private readonly int[] criticPlaces; // by group, then critic

    /// <exception cref="StageException">The backend or the device is not to be had here.</exception>
    public CriticModel(ICriticLearning options, CriticMethod method, StageContext context)
    {
        RequiredBackend.Load(options.Backend, options.Device);
        var type = context.Types.Input("batches");
        var (agents, items) = (BatchMessages.Agents(type), type.Get<int>("items"));
        Transitions = type.Get<int>("length") * items;
        AgentCount = agents.Count;
        var groups = AgentGroup.Of(agents);
        Joint = new(groups, Transitions);
        var view = type.Get<int>("state") is > 0 and var width ? width : agents.Sum(a => a.Observation.Width);
        NetworkSpec[] critics = [.. groups.SelectMany(g => Enumerable.Repeat(CriticGroup.Spec(view, Joint.Width, g.Agents.Length, options.CriticHidden), method.Critics))];
        actorPlaces = Places(groups.Select(g => g.Spec.Network));
        criticPlaces = Places(critics);
        Actors = new(actorPlaces[^1]);
        Critics = new(criticPlaces[^1]);
        TargetActors = method.HasTargetActors ? new(Actors.Length) : Actors;
        TargetCritics = new(Critics.Length);
        Initialise(groups, critics, context);

        ActorGroups = [.. groups.Select((g, i) => new ActorGroup(g, method.Head(g.Spec), Transitions, items, Actor(g, i, Actors), Actor(g, i, TargetActors)))];
        CriticGroups = [.. ActorGroups.Select((actor, i) => new CriticGroup(actor, Joint, Transitions, items, Networks(actor, i, Critics), Networks(actor, i, TargetCritics)))];

        ITrainableNetwork Actor(AgentGroup group, int i, FlatParameters parameters) =>
            options.Backend.Network(group.Spec.Network, parameters, actorPlaces[i], Transitions * group.Agents.Length, options.Device);

        ITrainableNetwork[] Networks(ActorGroup actor, int i, FlatParameters parameters) => [.. Enumerable.Range(i * method.Critics, method.Critics).Select(critic =>
            options.Backend.Network(critics[critic], parameters, criticPlaces[critic], Transitions * actor.Agents.Length, options.Device))];
    }

    /// <summary>Transitions of a batch.</summary>
    public int Transitions { get; }

    /// <summary>Agents.</summary>
    public int AgentCount { get; }

    /// <summary>What they do.</summary>
    public JointActions Joint { get; }

    /// <summary>The actors' parameters.</summary>
    public FlatParameters Actors { get; }

    /// <summary>Those that say the next actions; the same object where there are no others.</summary>
    public FlatParameters TargetActors { get; }

    /// <summary>The critics' parameters.</summary>
    public FlatParameters Critics { get; }

    /// <summary>Those the targets come from.</summary>
    public FlatParameters TargetCritics { get; }

    /// <summary>The actors.</summary>
    public ActorGroup[] ActorGroups { get; }

    /// <summary>The critics, in the same order.</summary>
    public CriticGroup[] CriticGroups { get; }

    /// <summary>Parameters of a group's policy.</summary>
    public ReadOnlySpan<float> Policy(int group) => Actors.Values[actorPlaces[group]..actorPlaces[group + 1]];

    public void Dispose()
    {
        Array.ForEach(ActorGroups, g => g.Dispose());
        Array.ForEach(CriticGroups, g => g.Dispose());
    }

    /// <summary>Where each network begins, and where the last ends.</summary>
    private static int[] Places(IEnumerable<NetworkSpec> networks)
    {
        var places = new List<int> { 0 };
        foreach (var network in networks)
        {
            places.Add(places[^1] + network.Parameters);
        }

        return [.. places];
    }

    private void Initialise(AgentGroup[] groups, NetworkSpec[] critics, StageContext context)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            Initialisation.Uniform(groups[i].Spec.Network, context.Key.Derive("policy").Derive(groups[i].Spec.Group)).CopyTo(Actors.Change()[actorPlaces[i]..]);
        }

        for (var i = 0; i < critics.Length; i++)
        {
            Initialisation.Uniform(critics[i], context.Key.Derive("critic").Derive((ulong)i)).CopyTo(Critics.Change()[criticPlaces[i]..]);
        }

        Actors.Values.CopyTo(TargetActors.Change());
        Critics.Values.CopyTo(TargetCritics.Change());
    }
}
