namespace Marl.Actors.Core.Stages;

/// <summary>An operator with its arguments, as a value: what <c>Lag.Updates(1)</c> gives and a pipeline built in C# composes.</summary>
/// <param name="Component">The operator.</param>
/// <param name="Options">Its options record.</param>
public sealed record AppliedOperator(OperatorComponent Component, object Options);
