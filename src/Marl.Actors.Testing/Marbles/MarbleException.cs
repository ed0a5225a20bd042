namespace Marl.Actors.Testing.Marbles;

/// <summary>A timeline can't be read, or a stage or operator sent something else than its timeline says; the message shows both.</summary>
public sealed class MarbleException(string message) : Exception(message);
