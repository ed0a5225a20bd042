namespace Marl.Actors.Policies.Agents;

/// <summary>Choices from the values of actions.</summary>
public static class ActionValues
{
    /// <summary>The allowed action of greatest value; the first of several equal ones.</summary>
    /// <param name="values">[actions].</param>
    /// <param name="mask">[actions], 0 where forbidden; empty when everything is allowed.</param>
    /// <exception cref="ArithmeticException">The greatest value is not finite: the network has diverged.</exception>
    /// <exception cref="InvalidOperationException">Every action is forbidden: a bug in the world.</exception>
    public static int Best(ReadOnlySpan<float> values, ReadOnlySpan<float> mask)
    {
        var best = -1;
        for (var action = 0; action < values.Length; action++)
        {
            if ((mask.Length == 0 || mask[action] != 0) && (best < 0 || !(values[action] <= values[best])))
            {
                best = action;
            }
        }

        if (best < 0)
        {
            throw new InvalidOperationException("The world forbids every action in a row of its mask.");
        }

        return float.IsFinite(values[best])
            ? best
            : throw new ArithmeticException($"The action values are not finite ({string.Join(", ", values.ToArray())}): the network has diverged.");
    }

    /// <summary>Any allowed action, each as likely as the others.</summary>
    /// <param name="mask">[actions], 0 where forbidden; empty when everything is allowed.</param>
    /// <param name="count">Actions.</param>
    /// <param name="share">A draw in [0, 1).</param>
    /// <exception cref="InvalidOperationException">Every action is forbidden: a bug in the world.</exception>
    public static int Any(ReadOnlySpan<float> mask, int count, double share)
    {
        if (mask.Length == 0)
        {
            return (int)(share * count);
        }

        var left = (int)(share * (mask.Length - mask.Count(0f)));
        for (var action = 0; action < mask.Length; action++)
        {
            if (mask[action] != 0 && left-- == 0)
            {
                return action;
            }
        }

        throw new InvalidOperationException("The world forbids every action in a row of its mask.");
    }
}
