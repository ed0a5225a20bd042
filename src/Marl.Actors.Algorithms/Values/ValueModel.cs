using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// Everything learned: the agents' networks, one for each group that shares one, then the mixer and, for weighted mixing, a joint
/// critic, in one flat vector; and the target networks in another of the same form.
/// </summary>
internal sealed class ValueModel : IDisposable
{
    private readonly int[] places; // where each group's network lies, then where the mixer does, then the critic

    /// <exception cref="StageException">The backend or the device is not to be had here.</exception>
    public ValueModel(ValueLearnerOptions options, ValueMethod method, StageContext context)
    {
        RequiredBackend.Load(options.Backend, options.Device);
        var type = context.Types.Input("batches");
        (Length, Items) = (type.Get<int>("length"), type.Get<int>("items"));
        var agents = BatchMessages.Agents(type);
        var groups = AgentGroup.Of(agents);
        var mixer = Mixing = method.Mixing;
        var critic = method.Weighting is not { } weighting ? null : JointCritic.Spec(type.Get<int>("state"), agents, weighting.CriticHidden);
        int[] lengths = [.. groups.Select(g => g.Spec.Network.Parameters), mixer.Parameters, critic?.Parameters ?? 0];
        places = [.. lengths.Select((_, i) => lengths.Take(i).Sum())];
        Online = new(lengths.Sum());
        Target = new(Online.Length);
        Initialise(groups, critic, context);

        var positions = (Length + 1) * Items;
        ValueGroups = [.. groups.Select((g, i) => new ValueGroup(g, positions, Length + 1, Network(g, i, Online), Network(g, i, Target)))];
        Mixer = mixer.Create(Online, places[^2], Length * Items, options.Backend, options.Device);
        TargetMixer = mixer.Create(Target, places[^2], Length * Items, options.Backend, options.Device);
        AgentCount = agents.Count;
        HasFixedRoster = type.Get<bool>("fixed-roster");
        Critic = critic is null ? null : new(critic, agents, Length * Items, Items, (spec, isTarget) =>
            options.Backend.Network(spec, isTarget ? Target : Online, places[^1], Length * Items, options.Device));

        ITrainableNetwork Network(AgentGroup group, int i, FlatParameters parameters) =>
            options.Backend.Network(group.Spec.Network, parameters, places[i], positions * group.Agents.Length, options.Device);
    }

    /// <summary>L: transitions of an item.</summary>
    public int Length { get; }

    /// <summary>B: items of a batch.</summary>
    public int Items { get; }

    /// <summary>Agents.</summary>
    public int AgentCount { get; }

    /// <summary>All of them act in every step.</summary>
    public bool HasFixedRoster { get; }

    /// <summary>What is learned.</summary>
    public FlatParameters Online { get; }

    /// <summary>What it is judged by.</summary>
    public FlatParameters Target { get; }

    /// <summary>The agents' networks.</summary>
    public ValueGroup[] ValueGroups { get; }

    /// <summary>How values become the team's.</summary>
    public MixerSpec Mixing { get; }

    /// <summary>The learning mixer.</summary>
    public IMixer Mixer { get; }

    /// <summary>The target mixer.</summary>
    public IMixer TargetMixer { get; }

    /// <summary>The value of joint actions, where the mixing is weighted by it; else null.</summary>
    public JointCritic? Critic { get; }

    /// <summary>Parameters of a group's network.</summary>
    public ReadOnlySpan<float> Policy(int group) => Online.Values.Slice(places[group], ValueGroups[group].Group.Spec.Network.Parameters);

    public void Dispose()
    {
        Array.ForEach(ValueGroups, g => g.Dispose());
        Mixer.Dispose();
        TargetMixer.Dispose();
        Critic?.Dispose();
    }

    private void Initialise(AgentGroup[] groups, NetworkSpec? critic, StageContext context)
    {
        var values = Online.Change();
        for (var i = 0; i < groups.Length; i++)
        {
            Initialisation.Uniform(groups[i].Spec.Network, context.Key.Derive("policy").Derive(groups[i].Spec.Group)).CopyTo(values[places[i]..]);
        }

        Mixing.Initialise(values[places[^2]..], context.Key.Derive("mixer"));
        if (critic is not null)
        {
            JointCritic.Initialise(critic, values[places[^1]..], context.Key.Derive("critic"));
        }

        Online.Values.CopyTo(Target.Change());
    }
}
