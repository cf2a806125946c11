using static OneRoster.Validation.RuleSeverity;
using R = OneRoster.Validation.RosterRules;

namespace OneRoster.Validation.Catalogue;

/// <summary>What is wrong with a row by itself. A required value that is bad costs the row, an optional one the value.</summary>
internal static class RowRules
{
    private const string Types = "CSV binding, data types";
    private const string Columns = "CSV binding, columns of each file";
    private const string Costs = "A bad required value costs the row, a bad optional one the value.";

    public static IReadOnlyList<RosterRule> All { get; } =
    [
        new(R.TooManyFields, Error, "A record has more fields than the header has columns.", "A stray comma moves every value behind it; the row is dropped.",
            "Put values with commas into quotes.", "RFC 4180"),
        new(R.TooFewFields, Warning, "A record has fewer fields than the header has columns.", "The missing ones count as empty.", "Write every column, empty ones too.", "RFC 4180"),
        new(R.RequiredValueMissing, Error, "A required value is empty.", Costs, "Fill in the value.", Columns),
        new(R.UnreadValueMissing, Warning, "A value that the specification requires is empty; it is not read here.", "Other programs may refuse the row.", "Fill in the value.", Columns),
        new(R.IdTooLong, Error, "An id is longer than 255 bytes.", Costs, "Use shorter ids.", "information model, GUID"),
        new(R.IdPlaceholder, Error, "What stands where a person's id belongs is nobody's id: blanks, 0, null, none, n/a, a dash, a variable that nobody filled in.",
            "Taken as an id, it would make many people one. As sourcedId, or as the user of a role or enrollment, it costs the row, as userMasterIdentifier the value.",
            "Send each person's own id, and no row for a person without one.", "information model, GUID"),
        new(R.IdCharacters, Warning, "An id holds spaces, commas, quotes, control characters or letters outside ASCII.", "In lists and addresses such ids break.",
            "Use letters, digits and . - _ / @.", "information model, GUID"),
        new(R.NotInVocabulary, Error, "A value is none of the words of its field. In another case it is read, with a warning.", Costs,
            "Use one of the words; own words begin with ext: and exist in 1.2 only.", "information model, vocabularies"),
        new(R.WordOfOtherVersion, Warning, "A role belongs to the other version of the specification.", "It is read; other programs may refuse it.",
            "Use the roles of the version that the manifest names.", "information model, vocabularies"),
        new(R.DateInvalid, Error, "A date is not YYYY-MM-DD, or there is no such day.", Costs, "Write dates as YYYY-MM-DD.", Types),
        new(R.DateWithTime, Warning, "A date carries a time of day, which is ignored.", "Near midnight it may be another day than meant.", "Write dates as YYYY-MM-DD.", Types),
        new(R.TimeInvalid, Warning, "A dateLastModified is not ISO 8601 in UTC.", "It is not read here; other programs may refuse the row.", "Write times as 2026-08-15T04:30:00.000Z.", Types),
        new(R.EndBeforeStart, Error, "An end is before its begin.", Costs, "Give an end after the begin. Ends are exclusive: the day after the last one.", "information model, dates"),
        new(R.SpanWithoutDays, Warning, "Begin and end are the same day, so that no day is left.", "Ends are exclusive: the day after the last one.",
            "Give the day after the last one as end.", "information model, dates"),
        new(R.BooleanInvalid, Error, "A value is neither true nor false.", Costs, "Write true or false.", Types),
        new(R.SchoolYearInvalid, Error, "A school year is not a year of four digits.", "The value is dropped.", "Give the year in which the school year ends.", Types),
        new(R.TextTooLong, Warning, "A title or name is longer than 1,000 bytes.", "The value is dropped where it is read.", "Shorten it.", "of this reader"),
        new(R.TextCharacters, Warning, "A title or name holds control characters, line breaks, or characters that turn the direction of text around.",
            "The value is dropped where it is read.", "Use letters, digits and signs on one line.", "of this reader, for safety"),
        new(R.ListTooLong, Warning, "A list of grades or subjects has more than 50 values.", "Those behind are dropped where the list is read.", "Give those that apply.", "of this reader, for safety"),
        new(R.ListMalformed, Warning, "A list has an empty place, or is separated by something else than commas.", "With another separator the whole list is read as one value.",
            "Separate the values by commas, in quotes, with no empty place.", Types),
        new(R.GradeUnknown, Warning, "A grade is none of the codes of CEDS.", "Grades cannot be compared across schools.",
            "Use IT, PR, PK, TK, KG, 01 to 13, PS, UG or Other.", "information model, grades; CEDS entry grade level"),
        new(R.PasswordSent, Warning, "The password column is filled.", "Passwords have no place in a roster. They are not read here, but they travelled.", "Leave the column empty.", "data minimisation"),
        new(R.WrongKind, Error, "A JSON field is of another kind than the specification says (an object for a text).", Costs, "Send the field as the specification says.", "REST binding"),
    ];
}
