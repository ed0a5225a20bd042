using System.Runtime.Intrinsics;
using Marl.Actors.Learning.Losses;

namespace Marl.Actors.Learning.Tests.Losses;

public sealed class ExpLogTests
{
    [Fact]
    public void Exp_is_right_to_two_units_in_the_last_place()
    {
        for (var x = -86.9f; x < 87.9f; x += 0.0137f)
        {
            var exact = Math.Exp(x);
            Assert.InRange(Math.Abs(ExpLog.Exp(Vector256.Create(x))[3] - exact) / exact, 0, 2 * 1.2e-7);
        }
    }

    [Fact]
    public void Log_is_right_to_two_units_in_the_last_place()
    {
        for (var x = 1e-6f; x < 1e6f; x *= 1.0037f)
        {
            var exact = Math.Log(x);
            Assert.InRange(Math.Abs(ExpLog.Log(Vector256.Create(x))[5] - exact), 0, Math.Max(Math.Abs(exact) * 2 * 1.2e-7, 1e-7));
        }
    }

    [Fact]
    public void Ends_are_as_stated()
    {
        Assert.Equal(0, ExpLog.Exp(Vector256.Create(-1e30f))[0]);
        Assert.Equal(1, ExpLog.Exp(Vector256.Create(0f))[0]);
        Assert.True(float.IsFinite(ExpLog.Exp(Vector256.Create(1e30f))[0]));
        Assert.Equal(0, ExpLog.Log(Vector256.Create(1f))[0]);
        Assert.True(float.IsNaN(ExpLog.Exp(Vector256.Create(float.NaN))[0]));
        Assert.True(float.IsNaN(ExpLog.Log(Vector256.Create(float.NaN))[0]));
    }
}
