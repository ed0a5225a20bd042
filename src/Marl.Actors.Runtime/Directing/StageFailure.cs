using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Directing;

/// <summary>A stage or the observer has thrown.</summary>
internal sealed record StageFailure(string Stage, Stamp? At, Exception Cause);
