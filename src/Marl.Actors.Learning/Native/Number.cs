using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// Numbers on their way into Torch and out of it. TorchSharp 0.107 hands libtorch the address of a Scalar's number and keeps
/// nobody from collecting it meanwhile (an implicit one, or that of item): now and then another number is read, or none.
/// </summary>
public static class Number
{
    private static readonly ConcurrentDictionary<double, Scalar> constants = [];

    /// <summary>A constant, kept for good. One that changes as learning goes on belongs into a tensor.</summary>
    public static Scalar Constant(double value) => constants.GetOrAdd(value, v => v.ToScalar());

    /// <summary>The sum, element by element: the operator + of TorchSharp gives libtorch an implicit 1.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Constant(1));

    /// <inheritdoc cref="Plus(Tensor, Tensor)"/>
    public static Tensor Plus(this Tensor left, double constant) => left.add(Constant(constant), Constant(1));

    /// <summary>The one number of a tensor of 32-bit floats on the CPU.</summary>
    public static float Of(Tensor tensor) => MemoryMarshal.Read<float>(tensor.bytes);
}
