using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// The stage of <see cref="EvolvingAgent"/> in training. It takes one step token a firing and answers with actions, each copy's by
/// the parameters of its member. A token that begins a generation is held: first what the last members got goes out, then one
/// token of generations is taken, then the next members act.
/// </summary>
internal sealed class EvolvingStage : IStage
{
    private static readonly Needs OneStep = new(1, 0, 0);
    private static readonly Needs OneGeneration = new(0, 0, 1);

    private readonly StageContext context;
    private readonly int length;
    private readonly int copies;
    private readonly int first;            // number of the first copy's member in the whole population
    private readonly int place;            // among those that share the policy
    private readonly PolicySpec spec;
    private readonly EvolutionSearch search;
    private readonly ForwardPass[] members; // by copy
    private readonly IBehaviour behaviour;
    private readonly EpisodeBook book;
    private readonly MessagePool actions;
    private readonly MessagePool returns;
    private readonly float[] parameters;   // of one member
    private readonly float[] inputs;       // [inputs], of one copy
    private readonly float[] memory;       // [copies, width], of a network that has one
    private readonly float[] values;       // [copies, outputs]
    private readonly float[] unused;       // [copies]: log-probabilities, which nobody asks for
    private Message? held;                 // a step token that waits for a generation
    private Stamp begun;                   // of the first step of the generation
    private long generation = -1;

    public EvolvingStage(EvolvingOptions options, StageContext context)
    {
        this.context = context;
        length = options.Generation;
        place = options.Sharing.Place(context.Names, context.Instance).Place;
        var type = context.Types.Input("generations");
        spec = PolicySpec.FromTerm(type["policy"]);
        copies = type.Get<int>("copies");
        first = type.Get<int>("shards") > 1 ? context.Shard.Index.GetValueOrDefault() * copies : 0;
        search = new(spec.Network);
        members = [.. Enumerable.Range(0, copies).Select(_ => new ForwardPass(spec.Network))];
        behaviour = EvolvingAgent.Behaviour(spec, copies, context with { Greedy = !options.Sample });
        book = new(copies);
        actions = new(ActionMessages.Layout(copies, spec.Action));
        returns = new(ReturnMessages.Layout(copies));
        parameters = new float[spec.Network.Parameters];
        inputs = new float[spec.Network.Inputs];
        memory = new float[copies * spec.Network.Memory];
        values = new float[copies * spec.Network.Outputs];
        unused = new float[copies];
    }

    public Needs Needs => held is null ? OneStep : OneGeneration;

    /// <summary>Its parameters.</summary>
    internal EvolutionSearch Search => search;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (held is { } waiting)
        {
            Take(firing[EvolvingAgent.Generations]);
            generation++;
            begun = waiting.Stamp;
            book.Begin();
            Become();
            held = null;
            Act(waiting, outputs);
            waiting.Release();
            return;
        }

        var step = firing[AgentPorts.Steps];
        var begins = step.Stamp.Step % length == 0;
        if (generation >= 0)
        {
            book.Add(step);
            if (begins)
            {
                Tell(outputs);
            }
        }

        if (begins)
        {
            held = step.Retain();
        }
        else
        {
            Act(step, outputs);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("agent.has", held is null ? (byte)0 : (byte)1);
        if (held is not null)
        {
            snapshot.PutMessage("agent.held", held);
        }

        snapshot.Put("agent.generation", [generation, begun.Update, begun.Step]);
        snapshot.Put<float>("agent.memory", memory);
        book.Save(snapshot);
        search.Save(snapshot, "agent.search");
    }

    public void Load(StageSnapshot snapshot)
    {
        held = snapshot.GetOne<byte>("agent.has") == 1 ? snapshot.GetMessage("agent.held") : null;
        Span<long> time = stackalloc long[3];
        snapshot.GetInto("agent.generation", time);
        (generation, begun) = (time[0], new((int)time[1], (int)time[2]));
        snapshot.GetInto<float>("agent.memory", memory);
        book.Load(snapshot);
        search.Load(snapshot, "agent.search");
        if (generation >= 0)
        {
            Become();
        }
    }

    public void Dispose()
    {
        held?.Release();
        held = null;
    }

    /// <summary>Steps as the learner did. A version that lags behind comes more than once at the beginning; none may be missing.</summary>
    private void Take(Message message)
    {
        var (version, step) = (message.Stamp.Update, EvolutionStep.Read(message[GenerationMessages.Step]));
        if (search.Version < 0 && version == 0)
        {
            search.Begin(EvolutionKey.Read(message[GenerationMessages.Key]), step);
        }
        else if (version == search.Version + 1 && version > 0)
        {
            search.Advance(step, message[GenerationMessages.Worth]);
        }
        else if (version != search.Version)
        {
            throw new StageException(
                EvolutionCodes.MissedGeneration,
                $"'{context.Stage}' has version {search.Version} of its parameters and was told of generation {version}: those between are missing.",
                "Write 'generations: learner.generations' without '|> latest' or operators that leave tokens out.");
        }
    }

    /// <summary>Each copy gets the parameters of its member.</summary>
    private void Become()
    {
        for (var copy = 0; copy < copies; copy++)
        {
            search.Member(generation, first + copy, parameters);
            members[copy].Load(parameters);
        }
    }

    private void Tell(IOutputs outputs)
    {
        var message = returns.Rent(begun);
        message.Write(ReturnMessages.First)[0] = first;
        book.Write(message);
        outputs.Send(EvolvingAgent.Returns, message);
    }

    private void Act(Message step, IOutputs outputs)
    {
        var message = actions.Rent(step.Stamp);
        var observations = step[StepMessages.Observation];
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        var (width, outputWidth, memoryWidth) = (spec.Observation.Width, spec.Network.Outputs, spec.Network.Memory);
        for (var copy = 0; copy < copies; copy++)
        {
            var remembered = memory.AsSpan(copy * memoryWidth, memoryWidth);
            if (terminated[copy] + truncated[copy] > 0)
            {
                remembered.Clear(); // where an episode begins, there is nothing to remember
            }

            ObservationRows.Write(spec, place, observations.Slice(copy * width, width), inputs);
            members[copy].Run(inputs, values.AsSpan(copy * outputWidth, outputWidth), remembered);
        }

        behaviour.Choose(step, values, message.Write(ActionMessages.Action), unused);
        outputs.Send(AgentPorts.Actions, message);
    }
}
