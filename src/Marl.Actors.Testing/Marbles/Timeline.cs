using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Marbles;

/// <summary>One token as a timeline writes it.</summary>
/// <param name="Stamp">Its logical time.</param>
/// <param name="Text">A letter, a number, or <see cref="Absent"/>.</param>
internal readonly record struct Marble(Stamp Stamp, string Text)
{
    /// <summary>There is nothing at this stamp, and the token says so.</summary>
    public const string Absent = "-";
}

/// <summary>The tokens of one port, in order.</summary>
/// <param name="Marbles">The tokens.</param>
/// <param name="Ends">No more will come.</param>
internal sealed record Timeline(Values<Marble> Marbles, bool Ends);
