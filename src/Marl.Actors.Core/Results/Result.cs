namespace Marl.Actors.Core.Results;

/// <summary>A value, or the diagnostics that say why there is none. A success may carry warnings.</summary>
/// <typeparam name="T">What a success holds.</typeparam>
public sealed class Result<T>
{
    private readonly T? value;

    internal Result(T? value, bool isSuccess, Values<Diagnostic> diagnostics)
    {
        this.value = value;
        IsSuccess = isSuccess;
        Diagnostics = diagnostics;
    }

    /// <summary>True when there is a value.</summary>
    public bool IsSuccess { get; }

    /// <summary>All findings: errors of a failure, warnings of a success.</summary>
    public Values<Diagnostic> Diagnostics { get; }

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">This is a failure: a bug in the caller, who must ask first.</exception>
    public T Value => IsSuccess
        ? value!
        : throw new InvalidOperationException("A failed result has no value: " + string.Join("; ", Diagnostics));

    /// <summary>Applies <paramref name="map"/> to a value; passes a failure on.</summary>
    public Result<TNext> Map<TNext>(Func<T, TNext> map) =>
        IsSuccess ? new(map(value!), true, Diagnostics) : new(default, false, Diagnostics);

    /// <summary>Goes on with a step that may itself fail; diagnostics of both are kept.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
    {
        if (!IsSuccess)
        {
            return new(default, false, Diagnostics);
        }

        var result = next(value!);
        return new(result.value, result.IsSuccess, [.. Diagnostics, .. result.Diagnostics]);
    }

    /// <summary>One of two answers.</summary>
    public TAnswer Match<TAnswer>(Func<T, TAnswer> success, Func<Values<Diagnostic>, TAnswer> failure) =>
        IsSuccess ? success(value!) : failure(Diagnostics);
}

/// <summary>Makes results.</summary>
public static class Result
{
    /// <summary>A success.</summary>
    public static Result<T> Success<T>(T value) => new(value, true, []);

    /// <summary>A success with findings; a failure if one of them is an error.</summary>
    public static Result<T> Of<T>(T value, IEnumerable<Diagnostic> diagnostics)
    {
        Values<Diagnostic> all = [.. diagnostics];
        return all.Any(d => d.Severity == Severity.Error) ? new(default, false, all) : new(value, true, all);
    }

    /// <summary>A failure.</summary>
    public static Result<T> Failure<T>(params IEnumerable<Diagnostic> diagnostics) => new(default, false, [.. diagnostics]);
}
