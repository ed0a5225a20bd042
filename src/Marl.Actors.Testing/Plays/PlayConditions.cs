namespace Marl.Actors.Testing.Plays;

/// <summary>What is done to a stage or an operator while it plays, and must make no difference.</summary>
internal sealed record PlayConditions
{
    /// <summary>Nothing.</summary>
    public static PlayConditions Plain { get; } = new();

    /// <summary>After every firing its state is saved.</summary>
    public bool Saves { get; init; }

    /// <summary>After every firing a fresh instance takes its state over.</summary>
    public bool Reloads { get; init; }

    /// <summary>A released block is filled with NaN, as if another message had it.</summary>
    public bool Poisons { get; init; }

    /// <summary>An output nobody reads; −1 for none.</summary>
    public int Unread { get; init; } = -1;
}
