namespace Marl.Actors.Runtime.Wire;

/// <summary>A message between nodes. Only those of <see cref="WireRecords"/> travel.</summary>
internal interface IWireRecord;
