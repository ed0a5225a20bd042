using System.Numerics;

namespace Marl.Actors.Environments.Particles;

/// <summary>
/// The dynamics of the multi-agent particle environments: soft contacts, damping, explicit Euler steps. Lowe et al., NeurIPS
/// 2017; the constants and the order of operations are those of <c>mpe2</c> (<c>core.py</c>, class <c>World</c>). All masses
/// are 1. Element-wise across copies, so a copy's numbers depend neither on its neighbours nor on the vector width.
/// </summary>
internal sealed class ParticlePhysics
{
    /// <summary>Seconds a step.</summary>
    public const double TimeStep = 0.1;

    /// <summary>Share of the velocity lost in a step.</summary>
    public const double Damping = 0.25;

    /// <summary>Force per unit of penetration.</summary>
    public const double ContactForce = 100;

    /// <summary>Softness of contacts, world units.</summary>
    public const double ContactMargin = 1e-3;

    // Farther apart than 40 margins the softplus is below e⁻⁴⁰: its force, under 5e-19, would vanish in any sum.
    private const double Reach = 40 * ContactMargin;

    private readonly IntegrationOrder order;
    private readonly Mover[] movers;
    private readonly Contact[] contacts;

    public ParticlePhysics(ParticleScene scene, IntegrationOrder order)
    {
        this.order = order;
        var bodies = scene.Bodies;
        movers = [.. Enumerable.Range(0, bodies.Count).Where(i => bodies[i].Moves).Select(i => new Mover(i, bodies[i].HasMaxSpeed, bodies[i].MaxSpeed))];
        contacts =
        [
            .. from a in Enumerable.Range(0, bodies.Count)
               from b in Enumerable.Range(a + 1, bodies.Count - a - 1)
               where bodies[a].Collides && bodies[b].Collides && (bodies[a].Moves || bodies[b].Moves)
               select new Contact(a, b, bodies[a].Radius + bodies[b].Radius),
        ];
    }

    /// <summary>One step: adds contact forces to the forces already there and moves the bodies.</summary>
    public void Step(ParticleState state)
    {
        foreach (var contact in contacts)
        {
            Push(state, contact);
        }

        foreach (var (body, isLimited, maxSpeed) in movers)
        {
            if (order == IntegrationOrder.PositionFirst)
            {
                Move(state.Vectors(state.X, body), state.Vectors(state.VelocityX, body));
                Move(state.Vectors(state.Y, body), state.Vectors(state.VelocityY, body));
            }

            Accelerate(state.Vectors(state.VelocityX, body), state.Vectors(state.ForceX, body));
            Accelerate(state.Vectors(state.VelocityY, body), state.Vectors(state.ForceY, body));
            if (isLimited)
            {
                Limit(state.Vectors(state.VelocityX, body), state.Vectors(state.VelocityY, body), maxSpeed);
            }

            if (order == IntegrationOrder.VelocityFirst)
            {
                Move(state.Vectors(state.X, body), state.Vectors(state.VelocityX, body));
                Move(state.Vectors(state.Y, body), state.Vectors(state.VelocityY, body));
            }
        }
    }

    /// <summary>How deep two bodies are in each other, softened: k · log(1 + exp((touching − distance) / k)), k the margin.</summary>
    internal static double Penetration(double distance, double touching)
    {
        var depth = -(distance - touching) / ContactMargin;
        return (Math.Max(0, depth) + LogOnePlus(Math.Exp(-Math.Abs(depth)))) * ContactMargin;
    }

    // x ← x + v·dt
    private static void Move(Span<Vector<double>> position, Span<Vector<double>> velocity)
    {
        for (var i = 0; i < position.Length; i++)
        {
            position[i] += velocity[i] * TimeStep;
        }
    }

    // v ← v·(1 − damping) + F·dt
    private static void Accelerate(Span<Vector<double>> velocity, Span<Vector<double>> force)
    {
        for (var i = 0; i < velocity.Length; i++)
        {
            velocity[i] = (velocity[i] * (1 - Damping)) + (force[i] * TimeStep);
        }
    }

    // v ← v / |v| · limit, where |v| > limit
    private static void Limit(Span<Vector<double>> velocityX, Span<Vector<double>> velocityY, double maxSpeed)
    {
        var limit = new Vector<double>(maxSpeed);
        for (var i = 0; i < velocityX.Length; i++)
        {
            var (x, y) = (velocityX[i], velocityY[i]);
            var speed = Vector.SquareRoot((x * x) + (y * y));
            var isTooFast = Vector.GreaterThan(speed, limit);
            velocityX[i] = Vector.ConditionalSelect(isTooFast, x / speed * limit, x);
            velocityY[i] = Vector.ConditionalSelect(isTooFast, y / speed * limit, y);
        }
    }

    // Contacts are rare: whole vectors are tested for one, single lanes computed.
    private static void Push(ParticleState state, Contact contact)
    {
        var xa = state.Vectors(state.X, contact.A);
        var xb = state.Vectors(state.X, contact.B);
        var ya = state.Vectors(state.Y, contact.A);
        var yb = state.Vectors(state.Y, contact.B);
        var reach = new Vector<double>((contact.Touching + Reach) * (contact.Touching + Reach));
        for (var i = 0; i < xa.Length; i++)
        {
            var (dx, dy) = (xa[i] - xb[i], ya[i] - yb[i]);
            if (Vector.LessThanAny((dx * dx) + (dy * dy), reach))
            {
                for (var lane = i * Vector<double>.Count; lane < (i + 1) * Vector<double>.Count; lane++)
                {
                    PushLane(state, contact, lane);
                }
            }
        }
    }

    // F = contact force · penetration along the line of centres. Two bodies on one point have no such line: no force.
    private static void PushLane(ParticleState state, Contact contact, int lane)
    {
        var (a, b) = (state.At(contact.A, lane), state.At(contact.B, lane));
        var (dx, dy) = (state.X[a] - state.X[b], state.Y[a] - state.Y[b]);
        var distance = Math.Sqrt((dx * dx) + (dy * dy));
        if (distance >= contact.Touching + Reach || distance == 0)
        {
            return;
        }

        var penetration = Penetration(distance, contact.Touching);
        var (fx, fy) = (ContactForce * dx / distance * penetration, ContactForce * dy / distance * penetration);
        state.ForceX[a] += fx;
        state.ForceY[a] += fy;
        state.ForceX[b] -= fx;
        state.ForceY[b] -= fy;
    }

    // log(1 + u) for 0 ≤ u ≤ 1, exact to rounding (Kahan): the error of 1 + u cancels in the quotient.
    private static double LogOnePlus(double u)
    {
        var sum = 1 + u;
        return sum == 1 ? u : Math.Log(sum) * u / (sum - 1);
    }

    private readonly record struct Mover(int Body, bool IsLimited, double MaxSpeed);

    private readonly record struct Contact(int A, int B, double Touching);
}
