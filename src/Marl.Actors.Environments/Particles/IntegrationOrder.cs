namespace Marl.Actors.Environments.Particles;

/// <summary>Which of position and velocity a particle world advances first. Published figures differ by it.</summary>
public enum IntegrationOrder
{
    /// <summary>The position moves with the velocity before this step's forces: mpe2 and PettingZoo from 1.23 on ("v3 physics").</summary>
    PositionFirst,

    /// <summary>The position moves with the new velocity: OpenAI's original and PettingZoo up to 1.22.</summary>
    VelocityFirst,
}

/// <summary>What the actions of a particle world are.</summary>
public enum ActionForm
{
    /// <summary>One of: stay, left, right, down, up; or one word.</summary>
    Discrete,

    /// <summary>Numbers in 0..1: five pushes (stay, left, right, down, up), or one number a word.</summary>
    Continuous,
}
