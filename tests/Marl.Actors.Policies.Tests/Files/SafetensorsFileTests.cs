using System.Buffers.Binary;
using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Tests.Files;

public class SafetensorsFileTests
{
    private static readonly SavedPolicy[] Two =
    [
        Policies.Make("team/agent-1", 3, [4, 2], 2, Activation.Relu, seed: 1),
        Policies.Make("team/agent-0", 5, [], 3, Activation.Tanh, seed: 2),
    ];

    [Fact]
    public void Policies_come_back_as_they_were()
    {
        var bounded = Two[0] with { Spec = Two[0].Spec with { Observation = new Box(3, -1.5f, float.PositiveInfinity) } };
        var read = SafetensorsFile.Read(SafetensorsFile.Write([bounded, Two[1]]), "policy.safetensors");
        Assert.True(read.IsSuccess, string.Join("; ", read.Diagnostics));
        Assert.Equal([Two[1].Spec, bounded.Spec], read.Value.Select(p => p.Spec)); // ordered by group
        Assert.Equal(Two[1].Parameters, read.Value[0].Parameters);
        Assert.Equal(bounded.Parameters, read.Value[1].Parameters);
    }

    [Fact]
    public void A_value_network_with_a_memory_comes_back_as_it_was()
    {
        var spec = new PolicySpec("team", new(5, [4], 2, Activation.Relu, Memory: 3), new(3), new Discrete(2), PolicyHead.ActionValue, Identities: 2);
        var saved = new SavedPolicy(spec, Initialisation.Uniform(spec.Network, new(1)));
        var read = SafetensorsFile.Read(SafetensorsFile.Write([saved]), "policy.safetensors").Value[0];
        Assert.Equal(spec, read.Spec);
        Assert.Equal(saved.Parameters, read.Parameters);
    }

    [Theory]
    [InlineData(PolicyHead.Deterministic, 2)]
    [InlineData(PolicyHead.SquashedGaussian, 4)]
    public void A_policy_in_a_box_comes_back_as_it_was(PolicyHead head, int outputs)
    {
        var spec = new PolicySpec("team", new(3, [4], outputs, Activation.Relu), new(3), new Box(2, -0.5f, 2), head);
        var saved = new SavedPolicy(spec, Initialisation.Uniform(spec.Network, new(1)));
        var bytes = SafetensorsFile.Write([saved]);
        var read = SafetensorsFile.Read(bytes, "policy.safetensors").Value[0];
        Assert.Equal(spec, read.Spec);
        Assert.Equal(saved.Parameters, read.Parameters);

        var unbounded = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("2,-0.5,2", "2,-0.5,-"));
        Assert.Equal("MARL3207", SafetensorsFile.Read(unbounded, "policy.safetensors").Diagnostics[0].Code); // bounds that are none
    }

    [Fact]
    public void The_file_is_what_the_format_says()
    {
        var bytes = SafetensorsFile.Write([Policies.Make("team", 1, [], 2, Activation.Relu)]);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"marl.policies.v1","team.activation":"relu","team.hidden":"","team.observation":"1,-Infinity,Infinity","team.action":"2"},"team.layers.0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"team.layers.0.bias":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""",
            Encoding.UTF8.GetString(bytes.AsSpan(8, (int)length)).TrimEnd());
        Assert.Equal(8 + length + 16, bytes.Length);
    }

    [Fact]
    public void The_same_policies_give_the_same_bytes_in_any_order() => Assert.Equal(SafetensorsFile.Write(Two), SafetensorsFile.Write(Two.Reverse()));

    [Fact]
    public void Every_truncated_file_is_refused()
    {
        var bytes = SafetensorsFile.Write(Two);
        for (var length = 0; length < bytes.Length; length++)
        {
            var read = SafetensorsFile.Read(bytes.AsSpan(0, length), "policy.safetensors");
            Assert.False(read.IsSuccess);
            Assert.Equal("MARL3201", read.Diagnostics[0].Code);
        }
    }

    [Theory]
    [InlineData("MARL3202", "\"dtype\"", "", 1L << 40)]                                      // a header longer than any file
    [InlineData("MARL3201", "\"dtype\"", "", 1L << 20)]                                      // … than this file
    [InlineData("MARL3203", "{\"__metadata__\"", "[\"__metadata__\"")]
    [InlineData("MARL3203", "\"dtype\":\"F32\",", "")]
    [InlineData("MARL3203", "\"shape\":[2]", "\"shape\":[-2]")]
    [InlineData("MARL3203", "\"shape\":[2]", "\"shape\":[2.5]")]
    [InlineData("MARL3203", "\"shape\":[2]", "\"shape\":2")]
    [InlineData("MARL3203", "[8,16]", "[8]")]
    [InlineData("MARL3203", "[8,16]", "[8,99999999999999999999]")]
    [InlineData("MARL3203", "\"team.hidden\":\"\"", "\"team.hidden\":7")]
    [InlineData("MARL3203", "\"team.hidden\":\"\"", "\"team.activation\":\"\"")]             // twice
    [InlineData("MARL3203", "\"team.hidden\":\"\"", "\"team.hidden\":\"\\ud800\"")]          // half a surrogate pair
    [InlineData("MARL3204", "\"dtype\":\"F32\"", "\"dtype\":\"F16\"")]
    [InlineData("MARL3205", "[8,16]", "[4,12]")]                                             // overlaps the weight
    [InlineData("MARL3205", "[8,16]", "[12,20]")]                                            // leaves a gap
    [InlineData("MARL3205", "[8,16]", "[16,8]")]
    [InlineData("MARL3205", "\"shape\":[2]", "\"shape\":[3]")]
    [InlineData("MARL3205", "\"shape\":[2]", "\"shape\":[2147483647,2147483647,2147483647]")]
    [InlineData("MARL3207", "marl.policies.v1", "pt")]
    [InlineData("MARL3207", "\"team.action\":\"2\"", "\"team.other\":\"2\"")]
    [InlineData("MARL3207", "\"team.action\":\"2\"", "\"team.action\":\"0\"")]
    [InlineData("MARL3207", "\"relu\"", "\"gelu\"")]
    [InlineData("MARL3207", "\"1,-Infinity,Infinity\"", "\"1,NaN,Infinity\"")]
    [InlineData("MARL3207", "team.activation", "team.activatio")]
    [InlineData("MARL3207", "\"team.hidden\":\"\"", "\"team.hidden\":\"1000000,1000000\"")]  // 4 TB
    [InlineData("MARL3208", "team.layers.0.bias", "team.layers.1.bias")]
    [InlineData("MARL3208", "\"team.hidden\":\"\"", "\"team.hidden\":\"4\"")]
    [InlineData("MARL3208", "\"shape\":[2,1]", "\"shape\":[1,2]")]
    public void A_damaged_header_is_refused(string code, string old, string changed, long? headerLength = null)
    {
        var bytes = SafetensorsFile.Write([Policies.Make("team", 1, [], 2, Activation.Relu)]);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = Encoding.UTF8.GetString(bytes.AsSpan(8, length));
        var position = header.LastIndexOf(old, StringComparison.Ordinal);
        Assert.True(position >= 0, $"{old} is not in {header}");
        header = header[..position] + changed + header[(position + old.Length)..];
        var damaged = (byte[])[.. BitConverter.GetBytes(headerLength ?? Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. bytes[(8 + length)..]];

        var read = SafetensorsFile.Read(damaged, "policy.safetensors");

        Assert.False(read.IsSuccess);
        Assert.Equal(code, read.Diagnostics[0].Code);
        Assert.StartsWith("policy.safetensors: error MARL", read.Diagnostics[0].ToString());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused(float number)
    {
        var bytes = SafetensorsFile.Write([Policies.Make("team", 1, [], 2, Activation.Relu)]);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(bytes.Length - 4), number);
        var diagnostic = Assert.Single(SafetensorsFile.Read(bytes, "p").Diagnostics);
        Assert.Equal("MARL3206", diagnostic.Code);
        Assert.Contains("'team.layers.0.bias'", diagnostic.Sentence);
        Assert.Contains("position 1", diagnostic.Sentence);
    }

    [Fact]
    public void Bytes_after_the_tensors_are_refused()
    {
        var bytes = SafetensorsFile.Write(Two);
        Assert.Equal("MARL3205", SafetensorsFile.Read([.. bytes, 0], "p").Diagnostics[0].Code);
    }

    /// <summary>Whatever single byte is damaged: either it is refused, or what is read is a whole set of finite policies.</summary>
    [Fact]
    public void No_damaged_byte_leads_to_an_exception()
    {
        var bytes = SafetensorsFile.Write(Two);
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var damage in (byte[])[0x00, 0x22, 0x39, 0x7B, 0x80, 0xFF])
            {
                var damaged = (byte[])bytes.Clone();
                damaged[i] = damage;
                var read = SafetensorsFile.Read(damaged, "p");
                Assert.True(read.IsSuccess ? read.Value.All(p => p.Parameters.All(float.IsFinite)) : read.Diagnostics.Count > 0);
            }
        }
    }

    [Fact]
    public void Two_policies_of_one_group_are_refused() => Assert.Throws<ArgumentException>(() => SafetensorsFile.Write([Two[0], Two[0]]));
}
