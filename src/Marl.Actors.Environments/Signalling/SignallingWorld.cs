using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Signalling;

/// <summary>
/// What signalling games share: senders see what the receiver doesn't, the receiver acts once, and all are paid 1 if the act
/// is the right one, which ends the episode. Through a channel of the pipeline messages are outside the world: a sender has
/// one action, which does nothing, and the receiver acts when <c>delay</c> steps have passed, in the first step without
/// delay. Through the world a sender's first action is a word, heard in the step in which the receiver acts, which is then
/// one step later.
/// </summary>
internal abstract class SignallingWorld : IWorld
{
    private readonly string name;
    private readonly int senders;
    private readonly int words; // 0: the messages go through a channel
    private readonly int delay; // steps between what is said first and the act
    private readonly int[] age;   // [copies]
    private readonly int[] said;  // [senders, copies]: the words on their way
    private readonly int sight;   // floats a sender sees

    /// <summary>A game.</summary>
    /// <param name="name">Of the world: <c>lewis-signalling</c>.</param>
    /// <param name="senders">Their names.</param>
    /// <param name="sight">Floats a sender sees.</param>
    /// <param name="scene">Floats the receiver sees apart from time and words.</param>
    /// <param name="answers">Actions of the receiver.</param>
    /// <param name="words">Words a sender has, where they go through the world; else 0.</param>
    /// <param name="delay">Steps between what is said and the act.</param>
    /// <param name="copies">How many step together.</param>
    protected SignallingWorld(string name, IReadOnlyList<string> senders, int sight, int scene, int answers, int words, int delay, int copies)
    {
        (this.name, this.senders, this.sight, this.words, this.delay) = (name, senders.Count, sight, words, delay + (words > 0 ? 1 : 0));
        Copies = copies;
        age = new int[copies];
        said = new int[words > 0 ? senders.Count * copies : 0];
        var receiver = 1 + (words * senders.Count) + scene;
        var speech = new Discrete(Math.Max(words, 1));
        Spec = new(
            senders.Select(s => new AgentSpec(s, new Box(sight, 0, 1), speech, NoOp: words > 0 ? null : 0, Team: "senders"))
                .Append(new("receiver", new Box(receiver, 0, 1), new Discrete(answers), Team: "receivers"))
                .ToValues(),
            RewardConvention.TeamMean,
            MaxSteps: 0,
            StateWidth: (sight * senders.Count) + receiver);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        age[copy] = 0;
        for (var i = copy; i < said.Length; i += Copies)
        {
            said[i] = 0;
        }

        Draw(copy, ref random);
    }

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        for (var sender = 0; sender < senders && words > 0; sender++)
        {
            Speak(sender, actions[sender]);
        }

        var acts = actions[senders];
        for (var copy = 0; copy < Copies; copy++)
        {
            if (age[copy] == delay)
            {
                terminated[copy] = 1;
                var paid = Chosen(senders, acts[copy]) == Answer(copy) ? 1 : 0;
                for (var agent = 0; agent <= senders; agent++)
                {
                    rewards[(agent * Copies) + copy] = paid;
                }
            }
            else
            {
                age[copy]++;
            }
        }
    }

    /// <summary>A sender: what it alone knows. The receiver: 1 where its act counts, the words heard then, one-hot, and what it knows.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        var width = Spec.Agents[agent].Observation.Width;
        for (var copy = 0; copy < Copies; copy++)
        {
            See(agent, copy, observations.Slice(copy * width, width));
        }
    }

    /// <summary>What all see, one after another.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            for (var agent = 0; agent <= senders; agent++)
            {
                See(agent, copy, row[(agent * sight)..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("signalling.age", age);
        snapshot.Put<int>("signalling.said", said);
        snapshot.Put<int>("signalling.scene", Scene);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("signalling.age", age);
        snapshot.GetInto<int>("signalling.said", said);
        snapshot.GetInto<int>("signalling.scene", Scene);
    }

    /// <summary>All that is drawn at the beginning of an episode.</summary>
    protected abstract Span<int> Scene { get; }

    /// <summary>Draws a new scene.</summary>
    protected abstract void Draw(int copy, ref RandomStream random);

    /// <summary>The right act.</summary>
    protected abstract int Answer(int copy);

    /// <summary>Writes what a sender sees; the row is all 0.</summary>
    protected abstract void Show(int sender, int copy, Span<float> row);

    /// <summary>Writes what the receiver sees apart from time and words; the row is all 0.</summary>
    protected virtual void ShowReceiver(int copy, Span<float> row)
    {
    }

    private void See(int agent, int copy, Span<float> row)
    {
        if (agent < senders)
        {
            Show(agent, copy, row);
            return;
        }

        if (age[copy] == delay)
        {
            row[0] = 1;
            for (var i = 0; i * Copies < said.Length; i++)
            {
                row[1 + (i * words) + said[(i * Copies) + copy]] = 1;
            }
        }

        ShowReceiver(copy, row[(1 + (senders * words))..]);
    }

    // What is said later would be heard after the act.
    private void Speak(int sender, ReadOnlySpan<float> spoken)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var word = Chosen(sender, spoken[copy]);
            if (age[copy] == 0)
            {
                said[(sender * Copies) + copy] = word;
            }
        }
    }

    private int Chosen(int agent, float action)
    {
        var chosen = (int)action;
        return (uint)chosen < (uint)((Discrete)Spec.Agents[agent].Action).Count
            ? chosen
            : throw new ArgumentOutOfRangeException(nameof(action), $"'{Spec.Agents[agent].Name}' has no action {chosen} in {name}.");
    }
}
