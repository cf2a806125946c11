using System.Buffers.Text;
using System.Text;
using OneRoster.Model;
using static OneRoster.Validation.FindingSeverity;

namespace OneRoster.Validation;

/// <summary>
/// Turns the text of a record's fields into values and reports what cannot be turned: a required one costs the row (null is
/// returned and the caller drops it), an optional one costs the value.
/// </summary>
internal sealed class FieldReader(RowFields fields, FindingSite site, OneRosterVersion version)
{
    public SourcedId? RequiredId(RosterField field) => Id(field, RowDropped);

    /// <summary>The id of a person: one that many people share would make them one.</summary>
    public SourcedId? PersonId(RosterField field)
    {
        if (!IsPlaceholder(fields.Get(field)))
            return RequiredId(field);
        site.Report(RosterRules.IdPlaceholder, RowDropped, field, "Send each person's own id, and no row for a person without one.");
        return null;
    }

    public SourcedId? OptionalId(RosterField field) => Id(field, ValueDropped);

    public bool Has(RosterField field) => fields.Count(field) > 0;

    public IReadOnlyList<SourcedId> Ids(RosterField field)
    {
        var count = fields.Count(field);
        var ids = new List<SourcedId>(count);
        for (var i = 0; i < count; i++)
        {
            if (SourcedId.TryCreate(fields.Get(field, i), out var id))
                ids.Add(id);
            else
                site.Report(RosterRules.IdTooLong, ValueDropped, field, $"Use ids of at most {SourcedId.MaxLength} bytes.");
        }

        return ids;
    }

    public UserMasterIdentifier? MasterIdentifier() =>
        IsPersonValue(RosterField.UserMasterIdentifier) && UserMasterIdentifier.TryCreate(fields.Get(RosterField.UserMasterIdentifier), out var identifier) ? identifier : null;

    public UserIdentifier? Identifier() =>
        IsPersonValue(RosterField.Identifier) && UserIdentifier.TryCreate(fields.Get(RosterField.Identifier), out var identifier) ? identifier : null;

    /// <summary>The status; blank, as in bulk CSV, means active.</summary>
    public RosterStatus Status() => Optional(RosterField.Status, Vocabularies.Status) ?? RosterStatus.Active;

    public T? Required<T>(RosterField field, Vocabulary<T> vocabulary)
        where T : struct, Enum => Word(field, vocabulary, RowDropped);

    public T? Optional<T>(RosterField field, Vocabulary<T> vocabulary)
        where T : struct, Enum => Word(field, vocabulary, ValueDropped);

    public DateOnly? RequiredDate(RosterField field) => Date(field, RowDropped);

    public DateOnly? OptionalDate(RosterField field) => Date(field, ValueDropped);

    public bool? RequiredBoolean(RosterField field) => Boolean(field, RowDropped);

    public bool? OptionalBoolean(RosterField field) => Boolean(field, ValueDropped);

    /// <summary>A school year, four digits. The specification requires it, but a session is of use without it.</summary>
    public int? SchoolYear()
    {
        var text = fields.Get(RosterField.SchoolYear);
        if (Utf8Parser.TryParse(text, out int year, out var consumed) && consumed == text.Length && text.Length == 4)
            return year;
        var rule = text.IsEmpty ? RosterRules.RequiredValueMissing : RosterRules.SchoolYearInvalid;
        site.Report(rule, ValueDropped, RosterField.SchoolYear, "Give the year in which the school year ends, with four digits.");
        return null;
    }

    public string? Text(RosterField field) => fields.Count(field) == 0 ? null : TextAt(field, 0);

    public IReadOnlyList<string> Texts(RosterField field)
    {
        var count = fields.Count(field);
        if (count == 0)
            return [];
        if (count > PlainText.MostValues)
        {
            site.Report(RosterRules.ListTooLong, ValueDropped, field, $"Give at most {PlainText.MostValues} values.");
            count = PlainText.MostValues;
        }

        var texts = new List<string>(count);
        for (var i = 0; i < count; i++)
            if (TextAt(field, i) is { } text)
                texts.Add(text);
        return texts;
    }

    /// <summary>Reports that a required value is missing or unusable.</summary>
    public void Missing(RosterField field, FindingSeverity severity = RowDropped) =>
        site.Report(RosterRules.RequiredValueMissing, severity, field, "Fill in the value: it is required.");

    /// <summary>Drops an end that is before its begin.</summary>
    public DateOnly? EndAfter(DateOnly? begin, DateOnly? end, RosterField field, FindingSeverity severity)
    {
        if (begin is null || end is null || end >= begin)
            return end;
        site.Report(RosterRules.EndBeforeStart, severity, field, "Give an end after the begin. End dates are exclusive: the day after the last day.");
        return null;
    }

    /// <summary>What says that several records are one person: one that many people share would make them one.</summary>
    private bool IsPersonValue(RosterField field)
    {
        var text = fields.Get(field);
        if (IsPlaceholder(text))
            site.Report(RosterRules.IdPlaceholder, ValueDropped, field, "Leave it empty for a person without one.");
        else if (text.Length > SourcedId.MaxLength)
            site.Report(RosterRules.IdTooLong, ValueDropped, field, $"Use ids of at most {SourcedId.MaxLength} bytes.");
        else
            return !text.IsEmpty;
        return false;
    }

    private static bool IsPlaceholder(ReadOnlySpan<byte> text) => !text.IsEmpty && PlaceholderId.Is(text);

    private SourcedId? Id(RosterField field, FindingSeverity severity)
    {
        var text = fields.Get(field);
        if (SourcedId.TryCreate(text, out var id))
            return id;
        if (!text.IsEmpty)
            site.Report(RosterRules.IdTooLong, severity, field, $"Use ids of at most {SourcedId.MaxLength} bytes.");
        else if (severity == RowDropped)
            Missing(field);
        return null;
    }

    private T? Word<T>(RosterField field, Vocabulary<T> vocabulary, FindingSeverity severity)
        where T : struct, Enum
    {
        var text = fields.Get(field);
        if (text.IsEmpty)
        {
            if (severity == RowDropped)
                Missing(field);
            return null;
        }

        var value = vocabulary.Find(text, version, out var exact);
        if (!exact)
            site.Report(RosterRules.NotInVocabulary, value is null ? severity : Warning, field, $"Use one of: {vocabulary.Words}.");
        return value;
    }

    private DateOnly? Date(RosterField field, FindingSeverity severity)
    {
        var text = fields.Get(field);
        if (text.IsEmpty)
        {
            if (severity == RowDropped)
                Missing(field);
            return null;
        }

        // REST servers also send a date-time; its date part is meant.
        if (text.Length > 10 && text[10] == (byte)'T')
            text = text[..10];
        if (text.Length == 10 && text[4] == (byte)'-' && text[7] == (byte)'-'
            && Number(text[..4]) is { } year and > 0 && Number(text[5..7]) is { } month and >= 1 and <= 12
            && Number(text[8..]) is { } day and >= 1 && day <= DateTime.DaysInMonth(year, month))
            return new DateOnly(year, month, day);
        site.Report(RosterRules.DateInvalid, severity, field, "Write dates as YYYY-MM-DD.");
        return null;
    }

    private bool? Boolean(RosterField field, FindingSeverity severity)
    {
        var text = fields.Get(field);
        if (text.IsEmpty)
        {
            if (severity == RowDropped)
                Missing(field);
            return null;
        }

        if (Ascii.EqualsIgnoreCase(text, "true"u8))
            return true;
        if (Ascii.EqualsIgnoreCase(text, "false"u8))
            return false;
        site.Report(RosterRules.BooleanInvalid, severity, field, "Write true or false.");
        return null;
    }

    private string? TextAt(RosterField field, int index)
    {
        var text = fields.Get(field, index);
        if (text.Length > PlainText.Longest)
            site.Report(RosterRules.TextTooLong, ValueDropped, field, $"Use at most {PlainText.Longest} bytes.");
        else if (!PlainText.Is(text))
            site.Report(RosterRules.TextCharacters, ValueDropped, field, "Use letters, digits and signs on one line.");
        else
            return Encoding.UTF8.GetString(text);
        return null;
    }

    private static int? Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return null;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
