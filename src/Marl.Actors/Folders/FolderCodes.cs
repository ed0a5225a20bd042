namespace Marl.Actors.Folders;

/// <summary>Diagnostic codes about run folders and what is asked of them.</summary>
public static class FolderCodes
{
    /// <summary>The output folder holds another run.</summary>
    public const string InUse = "MARL3601";

    /// <summary>The folder of a run does not exist.</summary>
    public const string Missing = "MARL3602";

    /// <summary>The folder is not one of a run.</summary>
    public const string NotARun = "MARL3603";

    /// <summary>The run's record can't be understood.</summary>
    public const string RecordDamaged = "MARL3604";

    /// <summary>The run had reached its stop already.</summary>
    public const string NothingLeft = "MARL3605";

    /// <summary>The run has saved no policy yet.</summary>
    public const string NoPolicy = "MARL3606";

    /// <summary>The pipeline has nothing to evaluate with.</summary>
    public const string NoEvaluation = "MARL3607";

    /// <summary>The world can't be drawn.</summary>
    public const string NotDrawable = "MARL3608";

    /// <summary>Another process is running this run.</summary>
    public const string Running = "MARL3609";
}
