namespace Marl.Actors.Runtime.Checkpoints;

/// <summary>Diagnostic codes about checkpoints.</summary>
public static class CheckpointCodes
{
    /// <summary>The run folder holds no checkpoint.</summary>
    public const string None = "MARL3501";

    /// <summary>The file is not a checkpoint, was cut short, or its checksum is wrong.</summary>
    public const string Damaged = "MARL3502";

    /// <summary>The checkpoint belongs to another pipeline than the one being resumed.</summary>
    public const string OtherPipeline = "MARL3503";

    /// <summary>The file was written by a newer version.</summary>
    public const string NewerVersion = "MARL3504";
}
