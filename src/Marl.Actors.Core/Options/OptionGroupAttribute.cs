namespace Marl.Actors.Core.Options;

/// <summary>
/// Stands on a parameter of an options record whose type is an options record again: its options follow in this place, as if they
/// were written here. What several components have in common is thus declared once. The parameter's default must be null, and the
/// property of its name must not be.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionGroupAttribute : Attribute;
