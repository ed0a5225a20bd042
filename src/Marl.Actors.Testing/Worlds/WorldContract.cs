using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Testing.Contracts;

namespace Marl.Actors.Testing.Worlds;

/// <summary>
/// Checks that a world keeps the contract of <see cref="IWorld"/>, by playing it with random actions. For authors of worlds:
/// <c>WorldContract.Verify(copies => new MyWorld(options, copies))</c>.
/// </summary>
public static class WorldContract
{
    /// <summary>Plays, and throws if a rule is broken.</summary>
    /// <param name="create">A fresh world of that many copies, always the same one.</param>
    /// <param name="copies">Copies to play with; at least 2, so that leaks between copies show.</param>
    /// <param name="steps">Vector steps to play.</param>
    /// <param name="seed">Of the actions and the world's randomness.</param>
    /// <exception cref="ContractException">A rule is broken; the message says which, where, and what to look for.</exception>
    public static void Verify(Func<int, IWorld> create, int copies = 3, int steps = 60, long seed = 1) =>
        ContractException.ThrowIfAny("The world", Check(create, copies, steps, seed));

    /// <summary>Plays and reports.</summary>
    /// <param name="create">A fresh world of that many copies, always the same one.</param>
    /// <param name="copies">Copies to play with; at least 2, so that leaks between copies show.</param>
    /// <param name="steps">Vector steps to play.</param>
    /// <param name="seed">Of the actions and the world's randomness.</param>
    /// <returns>Every broken rule once; empty when all hold.</returns>
    public static Values<ContractFinding> Check(Func<int, IWorld> create, int copies = 3, int steps = 60, long seed = 1)
    {
        var findings = new List<ContractFinding>();
        findings.AddRange(SpecRules.Check(create(copies), copies));
        if (findings.Count == 0)
        {
            var key = RandomKey.FromSeed(seed);
            SpacesHold(create(copies), key, steps, findings);
            StepAllocatesNothing(create(copies), key, steps, findings);
            if (SameKeySameRun(create, copies, key, steps, findings)) // else no comparison says anything
            {
                WaitingIsIgnored(create, copies, key, steps, findings);
                ResetForgets(create, copies, key, steps, findings);
                ResetKeepsOtherCopies(create(copies), key, steps, findings);
                SaveLoadContinues(create, copies, key, steps, findings);
            }
        }

        return findings.DistinctBy(f => f.Rule).Select(f => f with { Remedy = WorldRules.Remedy(f.Rule) }).ToValues();
    }

    private static void SpacesHold(IWorld world, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var play = new WorldPlay(world, key, findings);
        for (var step = 0; step < steps; step++)
        {
            play.Step();
        }
    }

    private static bool SameKeySameRun(Func<int, IWorld> create, int copies, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var (first, second) = (new WorldPlay(create(copies), key), new WorldPlay(create(copies), key));
        for (var step = 0; step < steps; step++)
        {
            if (first.Step() != second.Step())
            {
                findings.Add(new("same-key-same-run", $"Two worlds with the same keys and actions differ at step {step}."));
                return false;
            }
        }

        return true;
    }

    private static void WaitingIsIgnored(Func<int, IWorld> create, int copies, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var (quiet, restless) = (new WorldPlay(create(copies), key), new WorldPlay(create(copies), key, isRestless: true));
        for (var step = 0; step < steps; step++)
        {
            if (quiet.Step() != restless.Step())
            {
                findings.Add(new("waiting-is-ignored", $"What agents chose that are not active changed step {step}."));
                return;
            }
        }
    }

    private static void ResetForgets(Func<int, IWorld> create, int copies, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var (played, fresh) = (new WorldPlay(create(copies), key), new WorldPlay(create(copies), key));
        for (var step = 0; step < steps; step++)
        {
            played.Step();
        }

        played.ResetAll("again");
        fresh.ResetAll("again");
        for (var step = 0; step < steps; step++)
        {
            if (played.Digest() != fresh.Digest())
            {
                findings.Add(new("reset-forgets", $"After a reset, a world that has been played differs from a fresh one (step {step})."));
                return;
            }

            played.Step(steps + step);
            fresh.Step(steps + step);
        }
    }

    private static void ResetKeepsOtherCopies(IWorld world, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var play = new WorldPlay(world, key);
        for (var step = 0; step < Math.Min(steps, 5); step++)
        {
            play.Step();
        }

        var before = play.CopyDigests();
        play.Reset(0, "alone");
        var after = play.CopyDigests();
        for (var copy = 1; copy < world.Copies; copy++)
        {
            if (before[copy] != after[copy])
            {
                findings.Add(new("copies-are-apart", $"Resetting copy 0 changed what agents see in copy {copy}."));
                return;
            }
        }
    }

    private static void SaveLoadContinues(Func<int, IWorld> create, int copies, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var play = new WorldPlay(create(copies), key);
        for (var step = 0; step < steps / 2; step++)
        {
            play.Step();
        }

        var snapshot = new StageSnapshot();
        play.Save(snapshot);
        var loaded = new WorldPlay(create(copies), key);
        loaded.Load(snapshot);
        if (loaded.Digest() != play.Digest())
        {
            findings.Add(new("save-load-continues", "A world that loaded a saved state shows something else than the one that saved it."));
            return;
        }

        for (var step = steps / 2; step < steps; step++)
        {
            if (play.Step() != loaded.Step())
            {
                findings.Add(new("save-load-continues", $"A world that loaded a saved state goes on differently at step {step}."));
                return;
            }
        }
    }

    private static void StepAllocatesNothing(IWorld world, RandomKey key, int steps, List<ContractFinding> findings)
    {
        var play = new WorldPlay(world, key);
        for (var step = 0; step < steps; step++)
        {
            play.Step();
        }

        var allocated = 0L;
        for (var step = steps; step < 2 * steps; step++)
        {
            play.Look();
            var before = GC.GetAllocatedBytesForCurrentThread();
            play.Advance(step);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        if (allocated > 0)
        {
            findings.Add(new("step-allocates-nothing", $"{steps} steps allocated {allocated} bytes."));
        }
    }
}
