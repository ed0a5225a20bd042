namespace Marl.Actors.Benchmarks.Table;

/// <summary>A part of the table that can be measured alone.</summary>
/// <param name="Name">For <c>--only</c>.</param>
/// <param name="What">What its rows are about.</param>
/// <param name="MeasureAsync">Measures.</param>
internal sealed record Subject(string Name, string What, Func<Scale, Task<IReadOnlyList<Row>>> MeasureAsync)
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("mappo", "mappo-spread", MappoRows.MeasureAsync),
        new("returns", "seconds to a return", ReturnRows.MeasureAsync),
        new("worlds", "simple-spread alone", WorldRows.MeasureAsync),
        new("cartpole", "PPO on CartPole", CartpoleRows.MeasureAsync),
        new("qmix", "QMIX", QmixRows.MeasureAsync),
        new("actors", "overhead of the actors", ActorRows.MeasureAsync),
        new("agents", "cost of many agents", AgentRows.MeasureAsync),
        new("memory", "memory and start", MemoryRows.MeasureAsync),
    ];

    /// <summary>Its rows; one that says why when it fails, so that the table goes on.</summary>
    public async Task<IReadOnlyList<Row>> RowsAsync(Scale scale)
    {
        try
        {
            return await MeasureAsync(scale);
        }
        catch (Exception e)
        {
            return [Row.Failed(What, e.Message)];
        }
    }
}
