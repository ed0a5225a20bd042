namespace Marl.Actors.Environments.Navigation;

/// <summary>The two nearest of those seen so far; of several equally near the one with the lowest number.</summary>
internal struct TwoNearest()
{
    private double near = double.PositiveInfinity;
    private double far = double.PositiveInfinity;

    /// <summary>The nearest; −1 if nobody was seen.</summary>
    public int First { get; private set; } = -1;

    /// <summary>The next one; −1 if there is none.</summary>
    public int Second { get; private set; } = -1;

    /// <summary>Sees one.</summary>
    /// <param name="which">Its number.</param>
    /// <param name="distance">How far it is, squared.</param>
    public void See(int which, double distance)
    {
        if (distance < near || (distance == near && which < First))
        {
            (far, Second) = (near, First);
            (near, First) = (distance, which);
        }
        else if (distance < far || (distance == far && which < Second))
        {
            (far, Second) = (distance, which);
        }
    }
}
