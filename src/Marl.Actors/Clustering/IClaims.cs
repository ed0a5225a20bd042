using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Leading;

namespace Marl.Actors.Clustering;

/// <summary>Numbers the epochs of a run, so that whoever leads a later one is heard and the others are not.</summary>
internal interface IClaims
{
    /// <summary>Begins another epoch.</summary>
    Result<RunClaim> Next();

    /// <summary>Why an epoch may no longer save anything; null while it is the newest.</summary>
    Diagnostic? Problem(RunClaim claim);
}
