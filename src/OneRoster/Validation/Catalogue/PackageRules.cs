using static OneRoster.Validation.RuleSeverity;
using F = OneRoster.Validation.RosterFailures;

namespace OneRoster.Validation.Catalogue;

/// <summary>What makes a package or a whole file unreadable.</summary>
internal static class PackageRules
{
    private const string Zip = "CSV binding, ZIP archive; APPNOTE";
    private const string Ours = "of this reader, for safety";
    private const string Manifest = "CSV binding, manifest.csv";
    private const string Format = "CSV binding, file format; RFC 4180";
    private const string NotOpened = "The package is not opened.";
    private const string Stops = "The reading ends there and nothing is applied.";

    public static IReadOnlyList<RosterRule> All { get; } =
    [
        new(F.NotFound, Error, "There is no file or folder at the path.", NotOpened, "Check the path, and that the account may read it.", Ours),
        new(F.NotAZip, Error, "The file is not a ZIP archive, or a damaged one.", NotOpened, "Export or upload it again.", Zip),
        new(F.Inconsistent, Error, "The archive contradicts itself: two ends, two names or sizes of one entry, entries that are not where they should be.",
            "Two programs would read two different rosters out of it.", "Export it again, or pack it with another program.", "APPNOTE 4.3"),
        new(F.TooManyEntries, Error, "The archive or folder has more than 256 files.", NotOpened, "Pack the CSV files of the roster and nothing else.", Ours),
        new(F.Encrypted, Error, "The archive is encrypted.", NotOpened, "Export it without a password and send it over a protected channel.", Zip),
        new(F.Link, Error, "The archive or folder holds a link.", "A link could lead the reader to files that it must not read.", "Put the files themselves there.", Ours),
        new(F.Nested, Error, "The archive holds another archive.", NotOpened, "Upload the inner one.", Zip),
        new(F.MethodUnsupported, Error, "A file is packed by another method than Deflate.", NotOpened, "Pack an ordinary ZIP archive.", "APPNOTE 4.4.5"),
        new(F.Bomb, Error, "A file unpacks to more than 200 times its size, or files share their bytes.", "That is how archives are built that fill a disk.", "Export it again.", Ours),
        new(F.PathTraversal, Error, "A file's name points out of the archive.", NotOpened, "Pack the files anew, without paths.", Ours),
        new(F.FileTwice, Error, "Two files have the same name, perhaps in another case.", "Nobody can say which one is meant.", "Pack each file once.", "CSV binding, ZIP archive"),
        new(F.ManifestMissing, Error, "There is no manifest.csv.", "Without it nobody knows the version, nor which files are whole.", "Export a OneRoster package with its manifest.", Manifest),
        new(F.ManifestInvalid, Error, "The manifest cannot be understood: an unknown manifest.version, a mode other than absent, bulk and delta, or two modes of one file.",
            NotOpened, "Correct the line in the manifest.", Manifest),
        new(F.VersionUnsupported, Error, "The manifest names no oneroster.version that is read.", NotOpened, "Export OneRoster 1.1 or 1.2.", Manifest),
        new(F.RequiredFileMissing, Error, "A file that a roster needs is missing, or marked absent in a package without a delta file.",
            "Read as an empty file it would remove everybody.", "Export all files in bulk, or mark the changed ones as delta.", Manifest),
        new(F.TooLarge, Error, "A file, or all together, are larger than allowed or than the archive says.", Stops, "Check the export; raise the limit if the roster is that large.", Ours),
        new(F.EncodingUtf16, Error, "A file is in UTF-16 or UTF-32.", Stops, "Export in UTF-8. In Excel: \"CSV UTF-8\".", Format),
        new(F.EncodingNotUtf8, Error, "A file is not in UTF-8; most likely in Windows-1252.", "Names with accents would be read wrongly. " + Stops,
            "Export in UTF-8. In Excel: \"CSV UTF-8\".", Format),
        new(F.ColumnMissing, Error, "A column without which there are no rows is missing, or the file has no header row.", "The file is not read.",
            "Write the header as the specification has it.", Format),
        new(F.ColumnTwice, Error, "A column is there twice.", "Nobody can say which one is meant.", "Write each column once.", Format),
        new(F.QuotingBroken, Error, "The quoting of a record is broken.", "Where the next record begins cannot be known. " + Stops,
            "Put values with commas, quotes or line breaks into quotes, and double the quotes inside.", Format),
        new(F.RecordTooLong, Error, "A record is longer than 1 MiB; most likely a quote is never closed.", Stops, "Close the quote in the record that begins at the line.", Ours),
        new(F.ReadFailed, Error, "A file cannot be read to its end, or its checksum is wrong.", "What was read may be half a roster. " + Stops, "Export or upload the package again.", "APPNOTE 4.4.7"),
    ];
}
