namespace Marl.Actors.Analysis.Communication;

/// <summary>What one speaker told one listener in some episodes: a row for each message heard. Columns that are empty were not observed.</summary>
public sealed record Exchanges
{
    /// <summary>Over which channel; "" where there is but one.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Who spoke.</summary>
    public required string Speaker { get; init; }

    /// <summary>Who heard it.</summary>
    public required string Listener { get; init; }

    /// <summary>In which round of each step, from 1; null where there is but one.</summary>
    public int? Round { get; init; }

    /// <summary>By row, the episode; rows of one stand together, in order of time.</summary>
    public required int[] Episodes { get; init; }

    /// <summary>What was said.</summary>
    public required Column Messages { get; init; }

    /// <summary>What the speaker saw when it said it.</summary>
    public Column Sights { get; init; } = Column.Empty;

    /// <summary>What the speaker did besides, in the step it spoke in; empty where it can do nothing but speak: then it is held to what it saw.</summary>
    public Column SpeakerActions { get; init; } = Column.Empty;

    /// <summary>What the listener did having heard it.</summary>
    public Column ListenerActions { get; init; } = Column.Empty;

    /// <summary>Different things to say, as attribute values; empty where that can't be told.</summary>
    public IReadOnlyList<float[]> Meanings { get; init; } = [];

    /// <summary>The symbols each of <see cref="Meanings"/> was called by.</summary>
    public IReadOnlyList<int[]> Words { get; init; } = [];

    /// <summary>What the listener does when made to hear other messages; null where nobody tried.</summary>
    public Responses? Responses { get; init; }
}
