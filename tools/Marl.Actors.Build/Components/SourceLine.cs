using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Build.Components;

/// <summary>The line of C# where a property stands, from the symbols beside its assembly.</summary>
internal static class SourceLine
{
    /// <summary>The place; null where there are no symbols, or the source is not on this machine.</summary>
    public static SourceSpan? Of(PropertyInfo property)
    {
        var symbols = Path.ChangeExtension(property.Module.FullyQualifiedName, ".pdb");
        if (property.GetMethod is not { } getter || !File.Exists(symbols))
        {
            return null;
        }

        try
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
            var reader = provider.GetMetadataReader();
            var method = reader.GetMethodDebugInformation(((MethodDefinitionHandle)MetadataTokens.EntityHandle(getter.MetadataToken)).ToDebugInformationHandle());
            var point = method.GetSequencePoints().FirstOrDefault(p => !p.IsHidden);
            return point.Document.IsNil || reader.GetString(reader.GetDocument(point.Document).Name) is not { } file || !File.Exists(file)
                ? null
                : new SourceSpan(file, point.StartLine, point.StartColumn);
        }
        catch (BadImageFormatException)
        {
            return null; // symbols of another form
        }
    }
}
