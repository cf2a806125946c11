namespace OneRoster.Validation;

/// <summary>The ids of the rules that findings name. They are stable: reports, documentation and scripts use them.</summary>
public static class RosterRules
{
    /// <summary>A value without which the row has no meaning is missing or empty.</summary>
    public const string RequiredValueMissing = "row.required_value_missing";

    /// <summary>An id is longer than <see cref="Model.SourcedId.MaxLength"/>.</summary>
    public const string IdTooLong = "row.id_too_long";

    /// <summary>A value is not in the vocabulary of its field.</summary>
    public const string NotInVocabulary = "row.not_in_vocabulary";

    /// <summary>A date is not <c>YYYY-MM-DD</c>.</summary>
    public const string DateInvalid = "row.date_invalid";

    /// <summary>An end date is before its start.</summary>
    public const string EndBeforeStart = "row.end_before_start";

    /// <summary>A boolean is neither <c>true</c> nor <c>false</c>.</summary>
    public const string BooleanInvalid = "row.boolean_invalid";

    /// <summary>A school year is not a year of four digits.</summary>
    public const string SchoolYearInvalid = "row.school_year_invalid";

    /// <summary>A text is longer than 1,000 bytes.</summary>
    public const string TextTooLong = "row.text_too_long";

    /// <summary>A JSON field is of another kind than the specification says (an object for a text, …).</summary>
    public const string WrongKind = "row.wrong_kind";

    /// <summary>A record has more fields than the header has columns.</summary>
    public const string TooManyFields = "csv.too_many_fields";

    /// <summary>A record has fewer fields than the header has columns.</summary>
    public const string TooFewFields = "csv.too_few_fields";

    /// <summary>A column is spelled in another case than the specification spells it.</summary>
    public const string ColumnCase = "csv.column_case";

    /// <summary>A column goes by a name that is known from the field but not from the specification.</summary>
    public const string ColumnAlias = "csv.column_alias";

    /// <summary>A file name is spelled in another case than the specification spells it.</summary>
    public const string FileCase = "csv.file_case";

    /// <summary>The archive's files are in one folder instead of at its root.</summary>
    public const string WrappingFolder = "csv.wrapping_folder";

    /// <summary>The manifest repeats its header row.</summary>
    public const string ManifestHeaderRepeated = "csv.manifest_header_repeated";

    /// <summary>The manifest does not mention a file that is there; it is read as bulk.</summary>
    public const string ManifestFileMissing = "csv.manifest_file_unmentioned";

    /// <summary>A row of a delta file has no status; it counts as active.</summary>
    public const string ChangeWithoutStatus = "csv.change_without_status";

    /// <summary>A row of a delta file has no <c>dateLastModified</c>.</summary>
    public const string ChangeWithoutDate = "csv.change_without_date";

    /// <summary>The server refused to select or sort fields; whole records are received and read through the allow-list.</summary>
    public const string SelectionRefused = "rest.selection_refused";

    /// <summary>A record was received again on a later page and dropped.</summary>
    public const string RepeatedRow = "rest.repeated_row";

    /// <summary>More rows were received than <c>X-Total-Count</c> said.</summary>
    public const string MoreThanCounted = "rest.more_rows_than_counted";

    /// <summary><c>X-Total-Count</c> changed between pages: the roster changed while it was read.</summary>
    public const string CountChanged = "rest.count_changed";
}
