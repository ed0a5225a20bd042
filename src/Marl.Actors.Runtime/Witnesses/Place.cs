namespace Marl.Actors.Runtime.Witnesses;

/// <summary>What happens to a token where a witness sees it.</summary>
internal enum Passing
{
    /// <summary>A stage sends it on a link.</summary>
    Sent,

    /// <summary>A stage takes it, behind operators and merge.</summary>
    Taken,

    /// <summary>A stage sends it on a port that no edge reads.</summary>
    Shown,
}

/// <summary>A place of a graph where tokens pass, the same in every run of it.</summary>
/// <param name="Passing">What happens there.</param>
/// <param name="Index">The link; where a lane serves several, the first. For <see cref="Passing.Shown"/> the cell.</param>
/// <param name="Port">For <see cref="Passing.Shown"/> the output port.</param>
internal readonly record struct Place(Passing Passing, int Index, int Port = 0);
