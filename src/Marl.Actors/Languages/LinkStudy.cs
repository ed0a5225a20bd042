using System.Runtime.InteropServices;
using Marl.Actors.Analysis.Communication;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Languages;

/// <summary>
/// What one agent tells another in one round, as columns of codes. Words are codes already, those never said left out. Messages of
/// numbers, and what speakers see, get a code for each different row where these are few, else they are put in cells
/// (<see cref="Codebook"/>); the message tried for a cell is the one said that lies nearest to its middle. Where to be silent is a
/// choice, silence has a code of its own.
/// </summary>
internal sealed class LinkStudy
{
    private const int MostContexts = 256;
    private const int FewestContexts = 32;
    private const int MostAnswers = 1 << 14; // contexts · messages · tries: what a permutation test can deal out a thousand times
    private const int Tries = 4;             // of a listener that draws its actions

    private readonly Conversation conversation;
    private readonly Talker speaker;
    private readonly Talker listener;
    private readonly int round;
    private readonly bool isGreedy;
    private readonly RandomKey key;
    private readonly IReadOnlyList<Telling> rows;
    private readonly float[] wire;        // [rows, width]
    private readonly Column messages;

    private LinkStudy(Conversation conversation, Talker speaker, Talker listener, int round, bool isGreedy, RandomKey key)
    {
        (this.conversation, this.speaker, this.listener, this.round, this.isGreedy) = (conversation, speaker, listener, round, isGreedy);
        this.key = key.Derive($"{conversation.Channel} {speaker.Name}→{listener.Name}").Derive((ulong)round);
        rows = conversation.Tell(speaker, listener, round);
        wire = new float[rows.Count * Width];
        for (var i = 0; i < rows.Count; i++)
        {
            conversation.Wire(rows[i], wire.AsSpan(i * Width, Width));
        }

        messages = Used(Codes());
    }

    private int Width => conversation.Said.Speech.Width;

    /// <summary>Observes a link and tries other messages on it.</summary>
    /// <param name="conversation">What was said.</param>
    /// <param name="speaker">Who spoke.</param>
    /// <param name="listener">Who heard.</param>
    /// <param name="round">In which round of each step, from 0.</param>
    /// <param name="isGreedy">The listener takes its likeliest action.</param>
    /// <param name="key">Where cells, contexts and actions are drawn from.</param>
    /// <returns>Null where nothing was said.</returns>
    public static Exchanges? Of(Conversation conversation, Talker speaker, Talker listener, int round, bool isGreedy, RandomKey key)
    {
        var study = new LinkStudy(conversation, speaker, listener, round, isGreedy, key);
        return study.rows.Count == 0 ? null : study.Observe();
    }

    private Exchanges Observe()
    {
        var width = speaker.Policy.Observation.Width;
        var sights = new float[rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            speaker.Steps[rows[i].SaidIn][StepMessages.Observation].Slice(rows[i].Copy * width, width).CopyTo(sights.AsSpan(i * width));
        }

        var (meanings, words) = Lexicon(sights, width);
        return new()
        {
            Channel = conversation.Channel,
            Speaker = speaker.Name,
            Listener = listener.Name,
            Round = conversation.Said.Rounds == 1 ? null : round + 1,
            Episodes = [.. rows.Select(r => r.Copy)],
            Messages = messages,
            Sights = Codebook.Of(sights, width, key.Derive("sights")).Codes,
            SpeakerActions = speaker.Policy.Choices == 1 ? Column.Empty : Deeds(speaker, r => r.SaidIn),
            ListenerActions = Deeds(listener, r => r.HeardIn),
            Meanings = meanings,
            Words = words,
            Responses = Try(),
        };
    }

    private Column Deeds(Talker talker, Func<Telling, int> step) =>
        new([.. rows.Select(r => (int)talker.Actions[step(r)][ActionMessages.Action][r.Copy])], talker.Policy.Choices);

    /// <summary>Words, or cells; −1 for silence.</summary>
    private int[] Codes()
    {
        if (conversation.Said.Speech is Discrete)
        {
            return [.. rows.Select((row, i) => row.IsSilence ? -1 : (int)wire[i])];
        }

        int[] spoken = [.. Enumerable.Range(0, rows.Count).Where(i => !rows[i].IsSilence)];
        var numbers = spoken.SelectMany(i => wire[(i * Width)..((i + 1) * Width)]).ToArray();
        var cells = Codebook.Of(numbers, Width, key.Derive("messages")).Codes.Codes;
        var codes = new int[rows.Count];
        Array.Fill(codes, -1);
        for (var i = 0; i < spoken.Length; i++)
        {
            codes[spoken[i]] = cells[i];
        }

        return codes;
    }

    /// <summary>Codes without gaps.</summary>
    private static Column Used(int[] codes)
    {
        var places = codes.Distinct().Order().Select((code, place) => (code, place)).ToDictionary(c => c.code, c => c.place);
        return new([.. codes.Select(code => places[code])], places.Count);
    }

    /// <summary>Each different sight, and the message it is called by most often.</summary>
    private (List<float[]> Meanings, List<int[]> Words) Lexicon(float[] sights, int width)
    {
        var entries = new Dictionary<string, (float[] Meaning, Dictionary<int, int> Rows)>(); // rows: how often each message, by the first row with it
        var firsts = new Dictionary<string, int>();
        for (var i = 0; i < rows.Count; i++)
        {
            var symbols = Symbols(i);
            var spelling = string.Join(',', symbols);
            firsts.TryAdd(spelling, i);
            var sight = Convert.ToBase64String(MemoryMarshal.AsBytes(sights.AsSpan(i * width, width)));
            if (!entries.TryGetValue(sight, out var entry))
            {
                entries.Add(sight, entry = (sights[(i * width)..((i + 1) * width)], []));
            }

            entry.Rows[firsts[spelling]] = entry.Rows.GetValueOrDefault(firsts[spelling]) + 1;
        }

        return ([.. entries.Values.Select(e => e.Meaning)], [.. entries.Values.Select(e => Symbols(e.Rows.MaxBy(r => r.Value).Key))]);
    }

    /// <summary>The symbols of a message: a word, each of its bits, or its cell.</summary>
    private int[] Symbols(int row) => rows[row].IsSilence ? [] : conversation.Said.BitsOfNumber == 1
        ? [.. wire.AsSpan(row * Width, Width).ToArray().Select(bit => bit > 0.5f ? 1 : 0)]
        : [messages.Codes[row]];

    private Responses? Try()
    {
        var (heard, choices, tries) = (messages.Size, listener.Policy.Choices, isGreedy ? 1 : Tries);
        var contexts = Contexts(Math.Clamp(MostAnswers / (heard * tries), FewestContexts, MostContexts));
        if (contexts.Length == 0)
        {
            return null;
        }

        var trial = new WhatIf(conversation, speaker, listener, round, contexts);
        var counts = new int[contexts.Length * heard * choices];
        var chances = isGreedy ? null : new double[counts.Length];
        var actions = new float[contexts.Length];
        for (var message = 0; message < heard; message++)
        {
            var typical = Typical(message);
            for (var i = 0; i < tries; i++)
            {
                trial.Answer(typical, isGreedy ? null : key.Derive("answers").Derive((ulong)message).Derive((ulong)i), actions);
                for (var context = 0; context < actions.Length; context++)
                {
                    counts[(((context * heard) + message) * choices) + (int)actions[context]]++;
                }
            }

            for (var context = 0; context < actions.Length && chances is not null; context++)
            {
                trial.Chances(context, chances.AsSpan(((context * heard) + message) * choices, choices));
            }
        }

        double[] weights = [.. Enumerable.Range(0, heard).Select(c => messages.Codes.Count(m => m == c) / (double)rows.Count)];
        return new(heard, choices, weights, tries, counts) { Chances = chances };
    }

    private Telling[] Contexts(int most)
    {
        Telling[] chosen = [.. rows.Where(row => !row.IsSilence)]; // what would have become of a message instead, only a channel knows
        var random = key.Derive("contexts").Stream();
        if (chosen.Length > most)
        {
            random.Shuffle<Telling>(chosen);
        }

        return chosen[..Math.Min(most, chosen.Length)];
    }

    /// <summary>A message of that code that was said: the one nearest to the mean of all that were. Empty for silence.</summary>
    private float[] Typical(int code)
    {
        var mean = new double[Width];
        int[] members = [.. Enumerable.Range(0, rows.Count).Where(row => messages.Codes[row] == code)];
        foreach (var row in members)
        {
            for (var i = 0; i < Width; i++)
            {
                mean[i] += wire[(row * Width) + i] / members.Length;
            }
        }

        if (rows[members[0]].IsSilence)
        {
            return [];
        }

        var nearest = members.MinBy(row => Enumerable.Range(0, Width).Sum(i => Math.Pow(wire[(row * Width) + i] - mean[i], 2)));
        return wire[(nearest * Width)..((nearest + 1) * Width)];
    }
}
