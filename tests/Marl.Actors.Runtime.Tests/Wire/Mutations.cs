namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>Makes hostile bytes of honest ones.</summary>
public static class Mutations
{
    /// <summary>Some bytes changed, inserted, cut or doubled; or random altogether.</summary>
    public static byte[] Of(Random random, byte[] bytes)
    {
        if (random.Next(20) == 0)
        {
            var any = new byte[random.Next(200)];
            random.NextBytes(any);
            return any;
        }

        var mutated = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && mutated.Count > 0; changes--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    mutated.Insert(at, random.Next(2) == 0 ? (byte)255 : (byte)random.Next(256));
                    break;
                case 3:
                    mutated.RemoveRange(at, random.Next(mutated.Count - at));
                    break;
                default:
                    mutated.InsertRange(at, mutated.Skip(at).Take(8).ToArray());
                    break;
            }
        }

        return [.. mutated];
    }
}
