using System.Security.Cryptography;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Leading;

namespace Marl.Actors.Clustering;

/// <summary>Epochs of a run that nobody takes up again when its process has ended: a trace.</summary>
internal sealed class PassingClaims : IClaims
{
    private RunClaim newest = new(NewRun(), 0);

    /// <summary>A number for a new run. It tells runs apart on a cluster and changes nothing in them.</summary>
    public static long NewRun() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public Result<RunClaim> Next() => Result.Success(newest = newest with { Epoch = newest.Epoch + 1 });

    public Diagnostic? Problem(RunClaim claim) => null;
}
