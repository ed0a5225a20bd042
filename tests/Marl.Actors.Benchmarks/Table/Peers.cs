namespace Marl.Actors.Benchmarks.Table;

/// <summary>What others did on this kind of machine (2 cores), as recorded with their own programs; nothing of it is measured here.</summary>
internal static class Peers
{
    /// <summary>Who, at what, how fast.</summary>
    public static IReadOnlyList<(string Who, string What, string Figure)> All { get; } =
    [
        ("EPyMARL IPPO, MAPPO (recurrent, 4 epochs, 10 processes)", "simple-spread, end to end", "1,203 and 1,251 steps/s"),
        ("EPyMARL VDN, QMIX (recurrent, an update an episode)", "simple-spread, end to end", "1,114 and 978 steps/s"),
        ("on-policy MAPPO (the official one, 128 processes)", "simple-spread, 10 epochs, end to end", "1,298 steps/s"),
        ("one file of NumPy and PyTorch (the yardstick)", "mappo-spread's settings, end to end", "about 27,000 steps/s"),
        ("VMAS, 4,096 copies, one thread", "simple-spread alone", "1,264,535 steps/CPU-s"),
        ("PettingZoo", "simple-spread alone", "5,561 steps/CPU-s"),
        ("Stable-Baselines3", "PPO on CartPole at CleanRL's settings", "about 12,600 steps/CPU-s"),
        ("CleanRL", "PPO on CartPole", "about 9,300 steps/CPU-s"),
    ];
}
