using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// When a stage takes and sends how many tokens (cyclo-static dataflow, Bilsen et al. 1996): what its Start sends, firings it
/// does once, and a cycle of firings that repeats for ever. From it follow rates, deadlocks and the room that loops need.
/// </summary>
public sealed record FiringPattern
{
    /// <summary>What <see cref="IStage.Start"/> sends: a stage that speaks first opens loops.</summary>
    public Values<PortTokens> Start { get; init; } = [];

    /// <summary>Firings before the first cycle.</summary>
    public Values<Phase> Opening { get; init; } = [];

    /// <summary>The firings that repeat. Empty for a stage that ends after its opening.</summary>
    public Values<Phase> Cycle { get; init; } = [];

    /// <summary>Clocks only: what the firing that ends an iteration of the graph sends besides.</summary>
    public Values<PortTokens> IterationEnd { get; init; } = [];

    /// <summary>
    /// Outputs of which only the run shows which reader gets a token in which firing. Rates and room are reckoned with what the
    /// firings say: so many each reader gets in a cycle on the average, and never more in one firing.
    /// </summary>
    public Values<string> DecidedAtRunTime { get; init; } = [];

    /// <summary>The same with every term changed.</summary>
    public FiringPattern With(Func<Term, Term> change)
    {
        return this with { Start = All(Start), Opening = Each(Opening), Cycle = Each(Cycle), IterationEnd = All(IterationEnd) };

        Values<Phase> Each(Values<Phase> phases) =>
            phases.Select(p => p with { Repeat = p.Repeat.With(change), Taken = All(p.Taken), Sent = All(p.Sent) }).ToValues();

        Values<PortTokens> All(Values<PortTokens> tokens) => tokens.Select(t => t with { Tokens = t.Tokens.With(change) }).ToValues();
    }
}

/// <summary>Firings that are alike.</summary>
public sealed record Phase
{
    /// <summary>One firing.</summary>
    public static Phase Once { get; } = new();

    /// <summary>How many firings.</summary>
    public Amount Repeat { get; init; } = 1;

    /// <summary>What each takes, from every producer of the port.</summary>
    public Values<PortTokens> Taken { get; init; } = [];

    /// <summary>What each sends, to every reader of the port.</summary>
    public Values<PortTokens> Sent { get; init; } = [];

    /// <summary>
    /// Neighbours of one number, other than 0, take turns: the first of them fires once, then the next, and all of them again, as
    /// often as each says it repeats (an agent that speaks and then acts, step after step).
    /// </summary>
    public int Group { get; init; }

    /// <summary>Phases that take turns as often as the data says, as one <see cref="Group"/>.</summary>
    public static Values<Phase> Turns(params ReadOnlySpan<Phase> phases) => Turns(Amount.Varying, phases);

    /// <summary>Phases that take turns, so many times each, as one <see cref="Group"/>: no two such groups side by side.</summary>
    public static Values<Phase> Turns(Amount times, params ReadOnlySpan<Phase> phases)
    {
        var turns = new Phase[phases.Length];
        for (var i = 0; i < phases.Length; i++)
        {
            turns[i] = phases[i] with { Group = 1, Repeat = times };
        }

        return turns.ToValues();
    }

    /// <summary>That many firings. A varying number of them ends where a firing no longer looks like these.</summary>
    public static Phase Times(Amount repeat) => new() { Repeat = repeat };

    /// <summary>Each firing takes these too.</summary>
    /// <param name="port">The input.</param>
    /// <param name="tokens">From each producer; 1 when left out. Not varying: a stage says what it needs before it fires.</param>
    public Phase Take(string port, Amount? tokens = null) => tokens is { IsVarying: true }
        ? throw new ArgumentException($"The tokens a firing takes of '{port}' can't vary.", nameof(tokens))
        : this with { Taken = [.. Taken, new(port, tokens ?? 1)] };

    /// <summary>Each firing sends these too.</summary>
    /// <param name="port">The output.</param>
    /// <param name="tokens">To each reader; 1 when left out. A port whose tokens vary can be read with <c>|&gt; latest</c> only.</param>
    public Phase Send(string port, Amount? tokens = null) => this with { Sent = [.. Sent, new(port, tokens ?? 1)] };
}

/// <summary>Tokens of a port.</summary>
/// <param name="Port">Its name.</param>
/// <param name="Tokens">How many, from or to each peer.</param>
public sealed record PortTokens(string Port, Amount Tokens);
