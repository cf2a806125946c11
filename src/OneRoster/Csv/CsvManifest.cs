using System.Text;
using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>How a file takes part in a package (CSV binding, manifest).</summary>
internal enum ManifestMode
{
    Unmentioned,
    Absent,
    Bulk,
    Delta,
}

/// <summary>What <c>manifest.csv</c> says, as far as it is used: the version and the mode of each file that OneRoster knows.</summary>
internal sealed class CsvManifest
{
    private const int MostRows = 1000;
    private readonly Dictionary<string, ManifestMode> modes = [];

    public OneRosterVersion Version { get; private set; }

    public bool HeaderMissing { get; private set; } = true;

    public bool HeaderRepeated { get; private set; }

    public bool VersionMissing { get; private set; } = true;

    /// <summary>Whether any file holds changes instead of everything.</summary>
    public bool HasDelta => modes.ContainsValue(ManifestMode.Delta);

    public ManifestMode ModeOf(RosterCollection collection) => ModeOf(CsvSchema.FileStem(collection));

    /// <summary>The mode of a file by its name without <c>.csv</c>.</summary>
    public ManifestMode ModeOf(string stem) => modes.GetValueOrDefault(stem);

    public static (CsvManifest? Manifest, RosterRefusal? Refusal) Read(Stream stream)
    {
        var manifest = new CsvManifest();
        OneRosterVersion? version = null;
        using var reader = CsvReader.Create(stream, CsvParsing.Options(CsvLimitsOfManifest), leaveOpen: true);
        for (var row = 0; reader.Read(); row++)
        {
            var name = reader.GetSpan(0).Trim(" \t"u8);
            var value = reader.FieldCount > 1 ? reader.GetSpan(1).Trim(" \t"u8) : default;
            if (row > MostRows)
                return Invalid("has too many rows");
            if (Is(name, "propertyName"u8))
                manifest.NoteHeader(row);
            else if (Is(name, "manifest.version"u8) && !value.SequenceEqual("1.0"u8))
                return Invalid("is of another version than 1.0");
            else if (Is(name, "manifest.version"u8))
                manifest.VersionMissing = false;
            else if (Is(name, "oneroster.version"u8))
                version = value.SequenceEqual("1.1"u8) ? OneRosterVersion.V1P1 : value.SequenceEqual("1.2"u8) ? OneRosterVersion.V1P2 : null;
            else if (name.Length > 5 && Is(name[..5], "file."u8) && !manifest.Note(name[5..], value))
                return Invalid("marks a file as something else than absent, bulk or delta, or as two of them");
        }

        if (version is null)
            return (null, new RosterRefusal(RosterFailures.VersionUnsupported, "manifest.csv names no oneroster.version that is read here. Export OneRoster 1.1 or 1.2."));
        manifest.Version = version.Value;
        return (manifest, null);
    }

    private static CsvLimits CsvLimitsOfManifest { get; } = new() { RecordBytes = 1 << 16 };

    private void NoteHeader(int row)
    {
        HeaderMissing &= row > 0;
        HeaderRepeated |= row > 0;
    }

    private bool Note(ReadOnlySpan<byte> stem, ReadOnlySpan<byte> value)
    {
        ManifestMode? mode = Is(value, "bulk"u8) ? ManifestMode.Bulk : Is(value, "delta"u8) ? ManifestMode.Delta
            : Is(value, "absent"u8) ? ManifestMode.Absent : null;
        foreach (var known in CsvSchema.AllStems)
            if (Is(stem, known.Utf8))
                return mode is { } found && (modes.TryAdd(known.Name, found) || modes[known.Name] == found);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    private static (CsvManifest? Manifest, RosterRefusal? Refusal) Invalid(string what) =>
        (null, new RosterRefusal(RosterFailures.ManifestInvalid, $"manifest.csv {what}. Export the roster again."));
}
