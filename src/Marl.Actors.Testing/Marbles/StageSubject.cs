using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Testing.Marbles;

/// <summary>A stage to be tried: its ports, and how to make a fresh instance.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Inputs">The inputs with the kind each takes; their order gives the indexes.</param>
/// <param name="Outputs">The outputs with the kind each carries, "" for any.</param>
/// <param name="Create">Makes a fresh instance for so many producers on each input.</param>
internal sealed record StageSubject(
    string Name, Values<(string Port, string Kind)> Inputs, Values<(string Port, string Kind)> Outputs, Func<IReadOnlyList<int>, IStage> Create)
{
    /// <summary>A stage of the catalog.</summary>
    public static StageSubject Of(Component component, object? options, StageContext? context)
    {
        var inputs = component.Inputs.Select(p => (p.Name, p.Kind)).ToValues();
        var chosen = options ?? component.Options.Create(new Dictionary<string, object>());
        return new(component.Id, inputs, component.Outputs.Select(p => (p.Name, p.Kind)).ToValues(), peers => component.Create(chosen, context ?? Context(inputs, peers)));
    }

    /// <summary>The index of an input.</summary>
    public int Input(string port) => Index(Inputs, port, "input");

    /// <summary>The index of an output.</summary>
    public int Output(string port) => Index(Outputs, port, "output");

    private static StageContext Context(Values<(string Port, string Kind)> inputs, IReadOnlyList<int> peers) => new()
    {
        Stage = "stage",
        Key = RandomKey.FromSeed(1),
        Types = new(
            inputs.Select((input, i) => (input.Port, Types: Enumerable.Repeat(PortType.Of(input.Kind), peers[i]).ToValues())).ToDictionary(t => t.Port, t => t.Types),
            new Dictionary<string, Values<PortType>>()),
    };

    private int Index(Values<(string Port, string Kind)> ports, string port, string what)
    {
        var index = ports.ToList().FindIndex(p => p.Port == port);
        return index >= 0
            ? index
            : throw new MarbleException($"'{Name}' has no {what} '{port}'; it has {(ports.Count == 0 ? "none" : string.Join(", ", ports.Select(p => p.Port)))}.");
    }
}
