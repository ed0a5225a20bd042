namespace Marl.Actors.Learning.Tests;

/// <summary>Tests that make tensors run one after another, so that live tensors can be counted.</summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection
{
    public const string Name = "torch";
}
