using static OneRoster.Validation.RuleSeverity;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Catalogue;

/// <summary>What is noticed about the manifest, the set of files and their headers.</summary>
internal static class FileRules
{
    private const string Manifest = "CSV binding, manifest.csv";
    private const string Package = "CSV binding, ZIP archive";
    private const string Header = "CSV binding, header rows";
    private const string Delta = "CSV binding, delta files";
    private const string ReadAnyway = "It is read nevertheless; other programs may refuse it.";

    public static IReadOnlyList<RosterRule> All { get; } =
    [
        new(R.WrappingFolder, Warning, "The files are in a folder instead of at the root of the archive.", ReadAnyway, "Pack the files at the root.", Package),
        new(R.FileCase, Warning, "A file's name is in another case than the specification's.", ReadAnyway, "Spell the name as the specification does.", Package),
        new(R.FileUnneeded, Info, "A file is there that no roster needs; it is never opened.", "It may hold personal data that had better not travel.",
            "Leave it out of the export, demographics above all.", "data minimisation"),
        new(R.FileUnknown, Warning, "A file is there that the specification does not know; it is never opened.", "It may hold personal data that had better not travel.",
            "Leave it out of the export.", Package),
        new(R.ManifestHeaderMissing, Warning, "The manifest has no header row.", ReadAnyway, "Begin it with propertyName,value.", Manifest),
        new(R.ManifestHeaderRepeated, Warning, "The manifest repeats its header row.", ReadAnyway, "Write the header once.", Manifest),
        new(R.ManifestVersionMissing, Warning, "The manifest does not state manifest.version.", ReadAnyway, "Add the line manifest.version,1.0.", Manifest),
        new(R.ManifestFileMissing, Warning, "The manifest does not mention a file that is there.",
            "It is read as bulk; beside delta files as changes, which remove nobody.", "Add the file's line to the manifest.", Manifest),
        new(R.FileDeclaredAbsent, Warning, "The manifest calls a file absent that is there.", "The file is not read.", "Mark it bulk or delta, or leave it out.", Manifest),
        new(R.OptionalFileMissing, Warning, "The manifest promises a file that is not there and that no roster needs.", ReadAnyway, "Mark it absent.", Manifest),
        new(R.FileWithoutRows, Warning, "A file has a header and no row.", "The specification does not permit it.", "Mark the file absent, or export its rows.", "CSV binding, file format"),
        new(R.ColumnAlias, Warning, "A column goes by a name that is known from other systems but not from the specification.", ReadAnyway, "Name it as the specification does.", Header),
        new(R.ColumnCase, Warning, "A column's name is in another case than the specification's.", ReadAnyway, "Spell it as the specification does.", Header),
        new(R.ColumnUnknown, Warning, "A column is there that the specification does not know.", "It is skipped unread. It may hold personal data that had better not travel.",
            "Leave it out, or name it metadata.something if somebody needs it.", Header),
        new(R.ColumnAbsent, Warning, "A column of the specification is not there.", "Rows are read without its values; other programs may refuse the file.",
            "Write every column, empty ones too.", Header),
        new(R.ColumnOrder, Warning, "The columns are in another order than the specification's.", ReadAnyway, "Write them in the order of the specification, metadata columns last.", Header),
        new(R.ChangeWithoutStatus, Warning, "A row of a delta file has no status.", "It counts as active; if it was to be deleted, it is not.", "Write active or tobedeleted in each row.", Delta),
        new(R.ChangeWithoutDate, Warning, "A row of a delta file has no dateLastModified.", ReadAnyway, "Write the time of the change in each row.", Delta),
    ];
}
