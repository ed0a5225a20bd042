using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// The map of all real numbers into a bounded box: tanh, stretched to the bounds. Policies and their learners count actions in −1..1
/// ("normal" actions); worlds get them stretched.
/// </summary>
/// <param name="Middle">The middle of the bounds.</param>
/// <param name="Half">Half their distance.</param>
public readonly record struct Squash(double Middle, double Half)
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>The map into a box that <see cref="Fits"/>.</summary>
    public static Squash Into(Box box) => new(((double)box.High + box.Low) / 2, ((double)box.High - box.Low) / 2);

    /// <summary>The box has finite bounds, one above the other.</summary>
    public static bool Fits(Box box) => float.IsFinite(box.Low) && float.IsFinite(box.High) && box.Low < box.High;

    /// <summary>tanh x, to the last bits of a double, the same on every machine.</summary>
    public static double Tanh(double x)
    {
        var t = Elementary.Exp(-2 * Math.Abs(x));
        return Math.CopySign((1 - t) / (1 + t), x);
    }

    /// <summary>ln (1 − tanh² x) = 2 (ln 2 − |x| − ln (1 + e^(−2|x|))): finite where tanh rounds to 1.</summary>
    public static double LogSlope(double x) => 2 * (Ln2 - Math.Abs(x) - Elementary.Log(1 + Elementary.Exp(-2 * Math.Abs(x))));

    /// <summary>What the world gets for a normal action.</summary>
    public float Stretch(double normal) => (float)(Middle + (Half * normal));

    /// <summary>The normal action of what the world got.</summary>
    public float Normal(float action) => (float)((action - Middle) / Half);
}
