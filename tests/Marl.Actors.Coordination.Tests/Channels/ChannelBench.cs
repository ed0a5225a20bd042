using Marl.Actors.Coordination.Channels;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Coordination.Tests.Channels;

/// <summary>A channel and all it needs to be driven by hand: speakers who say what they are told.</summary>
internal sealed class ChannelBench : IOutputs, IDisposable
{
    private readonly Firing firing;
    private readonly IStage stage;
    private readonly Utterance utterance;
    private readonly int speakers;
    private readonly int copies;
    private readonly Message?[] heard;
    private int step;

    public ChannelBench(Component channel, object options, Utterance utterance, int speakers = 3, int copies = 1, int iteration = 1)
    {
        (this.utterance, this.speakers, this.copies) = (utterance, speakers, copies);
        var physics = options is ChannelOptions plain ? plain.Physics : ((EnvironmentChannelOptions)options).Physics;
        var passage = Term.Of(physics.Passage(options is EnvironmentChannelOptions));
        var types = Enumerable.Range(0, speakers).Select(i =>
            HeardMessages.Type(Term.Of(copies), Term.Of(utterance), Term.Of(speakers), Term.Of($"{i}"), Term.Of(i), passage)).ToValues();
        stage = channel.Create(options, new()
        {
            Stage = "talk",
            Key = RandomKey.FromSeed(3),
            Iteration = iteration,
            Types = new(new Dictionary<string, Values<PortType>>(), new Dictionary<string, Values<PortType>> { ["heard"] = types }),
        });
        firing = new([speakers]);
        heard = new Message?[speakers];
    }

    public static Utterance Numbers(int width, bool isAddressed = false, int coordinates = 0) => new(new Box(width, -1, 1), 1, 32, isAddressed, coordinates);

    public static Utterance Words(int count) => new(new Discrete(count), 1, 0, false, 0);

    /// <summary>Figures of the newest iteration, by name.</summary>
    public Dictionary<string, float> Figures { get; } = [];

    /// <summary>What a listener heard last.</summary>
    public Message this[int listener] => heard[listener]!;

    public bool IsRead(int port) => true;

    public void Send(int port, Message message)
    {
        foreach (var (i, field) in message.Layout.Fields.Index())
        {
            Figures[field.Name] = message[i][0];
        }
    }

    public void Send(int port, int peer, Message message) => heard[peer] = message.Seal();

    /// <summary>One round: what each says, null for silence; the same in every copy.</summary>
    public void Say(float[]?[] said, bool begins = false, int[]? to = null, float[]? places = null)
    {
        for (var speaker = 0; speaker < speakers; speaker++)
        {
            var message = Message.Create(SpokenMessages.Layout(copies, utterance), new(step));
            message.WriteBlock().Clear();
            for (var copy = 0; copy < copies; copy++)
            {
                said[speaker]?.CopyTo(message.Write(SpokenMessages.Content)[(copy * utterance.Speech.Width)..]);
            }

            message.Write(SpokenMessages.Speaks).Fill(said[speaker] is null ? 0 : 1);
            message.Write(SpokenMessages.Begins).Fill(begins || step == 0 ? 1 : 0);
            message.Write(SpokenMessages.Address).Fill(to?[speaker] ?? 0);
            message.Write(SpokenMessages.Place).Fill(places?[speaker] ?? 0);
            firing.Add(ChannelComponents.Said, speaker, message.Seal());
        }

        stage.Fire(firing, this);
        firing.Release();
        step++;
    }

    public void Dispose() => stage.Dispose();
}
