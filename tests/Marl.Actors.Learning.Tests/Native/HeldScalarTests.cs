using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Marl.Actors.Learning.Tests.Native;

/// <summary>
/// TorchSharp lets go of a Scalar before libtorch reads it (<see cref="Learning.Native.Number"/>). Looks into the compiled code, since
/// many of its methods make one that nobody sees: a + b of two tensors does.
/// </summary>
public sealed class HeldScalarTests
{
    private const string Scalar = "TorchSharp.Scalar";

    [Fact]
    public void Nobody_gives_libtorch_a_scalar_that_may_be_collected()
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using var torch = Read(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"), resolver);
        var makers = Makers(torch);
        Assert.Contains("TorchSharp.torch/Tensor TorchSharp.torch/Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", makers);
        Assert.DoesNotContain("TorchSharp.torch/Tensor TorchSharp.torch/Tensor::op_Multiply(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", makers);
        var found = Directory.GetFiles(AppContext.BaseDirectory, "Marl.Actors*.dll").SelectMany(file => Uses(file, resolver, makers)).ToArray();
        Assert.True(found.Length == 0, $"Hold these with Number:\n{string.Join('\n', found)}");
    }

    /// <summary>All methods of TorchSharp that make a Scalar, themselves or through others.</summary>
    private static HashSet<string> Makers(AssemblyDefinition torch)
    {
        var calls = Methods(torch).Select(m => (m.FullName, Called: Called(m).ToArray())).ToArray();
        var makers = calls.SelectMany(c => c.Called).Where(name => name.Contains($"{Scalar}::.ctor", StringComparison.Ordinal)).ToHashSet();
        while (true)
        {
            var more = calls.Where(c => !makers.Contains(c.FullName) && c.Called.Any(makers.Contains)).Select(c => c.FullName).ToArray();
            if (more.Length == 0)
            {
                return makers;
            }

            makers.UnionWith(more);
        }
    }

    private static string[] Uses(string file, IAssemblyResolver resolver, HashSet<string> makers)
    {
        using var assembly = Read(file, resolver);
        return [.. Methods(assembly)
            .Where(m => !m.DeclaringType.FullName.StartsWith(typeof(Learning.Native.Number).FullName!, StringComparison.Ordinal))
            .SelectMany(m => Called(m).Where(makers.Contains).Select(called => $"{m.FullName} calls {called}"))];
    }

    private static AssemblyDefinition Read(string file, IAssemblyResolver resolver) => AssemblyDefinition.ReadAssembly(file, new() { AssemblyResolver = resolver });

    private static IEnumerable<MethodDefinition> Methods(AssemblyDefinition assembly) => assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody);

    /// <summary>What a method calls of TorchSharp, by the names it has there.</summary>
    private static IEnumerable<string> Called(MethodDefinition method) => method.Body.Instructions
        .Where(i => i.OpCode.FlowControl == FlowControl.Call && i.Operand is MethodReference)
        .Select(i => (MethodReference)i.Operand)
        .Where(m => m.DeclaringType.FullName.StartsWith("TorchSharp.", StringComparison.Ordinal))
        .Select(m => (m.Resolve() ?? m).FullName);
}
