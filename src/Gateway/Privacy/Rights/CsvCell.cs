namespace Gateway.Privacy.Rights;

/// <summary>
/// Keeps a spreadsheet from taking a cell for a formula: a cell that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line
/// break gets an apostrophe in front, and so does a cell that begins with an apostrophe, so that taking one away from the front of a cell
/// gives back what was written (OWASP, CSV injection).
/// </summary>
internal static class CsvCell
{
    /// <summary>What stands in front of such a cell.</summary>
    public const char Mark = '\'';

    /// <summary>Whether a cell that begins with this letter gets the mark. The last four are the wide forms, which spreadsheets take for the plain ones.</summary>
    public static bool NeedsMark(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or Mark or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
}
