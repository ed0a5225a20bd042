using System.Buffers.Binary;
using System.Text;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// The symbol versions a 64-bit little-endian ELF library demands of others (section type SHT_GNU_verneed). A demand flagged
/// weak no longer stops the loader when the version is missing. Source: Linux Standard Base Core 5.0, "Symbol Versioning", and
/// elf(5).
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>Flags every demand for <paramref name="version"/> as weak, in place.</summary>
    /// <returns>How many demands were changed; 0 as well when the bytes are not such a library.</returns>
    public static int Weaken(Span<byte> file, string version)
    {
        if (file.Length < 64 || !file[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            return 0;
        }

        var sections = new SectionTable(file);
        var changed = 0;
        for (var i = 0; i < sections.Count; i++)
        {
            var section = sections[file, i];
            if (section.Type == SectionTypeVersionNeeds && section.Link < sections.Count)
            {
                changed += Weaken(file, section, sections[file, (int)section.Link], version);
            }
        }

        return changed;
    }

    /// <summary>Walks the Verneed entries (one a library) and their Vernaux entries (one a version).</summary>
    private static int Weaken(Span<byte> file, Section needs, Section names, string version)
    {
        var changed = 0;
        var library = (long)needs.Offset;
        for (var i = 0; i < needs.Info && library >= 0 && library + 16 <= file.Length; i++)
        {
            var versions = Half(file, library + 2);
            var entry = library + Word(file, library + 8);
            for (var j = 0; j < versions && entry + 16 <= file.Length; j++)
            {
                var flags = Half(file, entry + 4);
                if ((flags & Weak) == 0 && Text(file, (long)names.Offset + Word(file, entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(file[(int)(entry + 4)..], (ushort)(flags | Weak));
                    changed++;
                }

                entry += Word(file, entry + 12);
            }

            library += Word(file, library + 12);
        }

        return changed;
    }

    private static ushort Half(ReadOnlySpan<byte> file, long at) => BinaryPrimitives.ReadUInt16LittleEndian(file[(int)at..]);

    private static uint Word(ReadOnlySpan<byte> file, long at) => BinaryPrimitives.ReadUInt32LittleEndian(file[(int)at..]);

    private static ulong Long(ReadOnlySpan<byte> file, long at) => BinaryPrimitives.ReadUInt64LittleEndian(file[(int)at..]);

    private static string Text(ReadOnlySpan<byte> file, long at)
    {
        var rest = at >= 0 && at < file.Length ? file[(int)at..] : [];
        var end = rest.IndexOf((byte)0);
        return end < 0 ? "" : Encoding.ASCII.GetString(rest[..end]);
    }

    /// <summary>What the file header says of the section table (e_shoff, e_shentsize, e_shnum).</summary>
    private readonly struct SectionTable(ReadOnlySpan<byte> file)
    {
        private readonly ulong offset = Long(file, 0x28);
        private readonly ushort size = Half(file, 0x3a);

        public int Count { get; } = Long(file, 0x28) + ((ulong)Half(file, 0x3a) * Half(file, 0x3c)) <= (ulong)file.Length && Half(file, 0x3a) >= 64
            ? Half(file, 0x3c)
            : 0;

        public Section this[ReadOnlySpan<byte> bytes, int index]
        {
            get
            {
                var at = (long)offset + ((long)index * size);
                return new(Word(bytes, at + 4), Long(bytes, at + 24), Word(bytes, at + 40), Word(bytes, at + 44));
            }
        }
    }

    /// <summary>sh_type, sh_offset, sh_link, sh_info.</summary>
    private readonly record struct Section(uint Type, ulong Offset, uint Link, uint Info);
}
