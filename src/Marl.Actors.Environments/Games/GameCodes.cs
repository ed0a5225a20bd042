namespace Marl.Actors.Environments.Games;

/// <summary>Diagnostic codes about solving games.</summary>
public static class GameCodes
{
    /// <summary>There is no game of that name to solve.</summary>
    public const string NoSuchGame = "MARL4450";

    /// <summary>The game has no method of that name.</summary>
    public const string NoSuchMethod = "MARL4451";

    /// <summary>No iteration at all, or more than anybody waits for.</summary>
    public const string Iterations = "MARL4452";

    /// <summary>There is no matrix game of that name.</summary>
    public const string NoSuchMatrix = "MARL4701";
}
