namespace Marl.Actors.Environments.Traffic;

/// <summary>The three maps of the traffic junction.</summary>
public enum Difficulty
{
    /// <summary>Two one-way roads and one junction.</summary>
    Easy,

    /// <summary>Two two-way roads and one junction, where cars may turn.</summary>
    Medium,

    /// <summary>Four two-way roads and four junctions.</summary>
    Hard,
}
