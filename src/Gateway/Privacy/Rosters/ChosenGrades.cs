namespace Gateway.Privacy.Rosters;

/// <summary>
/// The grades that a district chose, compared as people write them: <c>9</c>, <c>09</c>, <c>Grade 9</c> and <c>Ninth grade</c> are one
/// (the first two are CEDS codes, the last was seen in the field).
/// </summary>
internal sealed class ChosenGrades
{
    private static readonly string[] Ordinals =
        ["FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH", "ELEVENTH", "TWELFTH", "THIRTEENTH"];

    private static readonly string[] Suffixes = ["ST", "ND", "RD", "TH"];

    private readonly HashSet<string> codes;

    private ChosenGrades(HashSet<string> codes) => this.codes = codes;

    /// <summary>No choice: every student is taken in, also one without a grade.</summary>
    public static ChosenGrades Every { get; } = new([]);

    public bool All => codes.Count == 0;

    public static ChosenGrades Of(IEnumerable<string>? grades) =>
        grades is null ? Every : new([.. grades.Select(CodeOf).Where(code => code.Length > 0)]);

    /// <summary>Whether one of a person's grades was chosen.</summary>
    public bool Holds(IReadOnlyList<string> grades)
    {
        if (All)
            return true;
        foreach (var grade in grades)
            if (codes.Contains(CodeOf(grade)))
                return true;
        return false;
    }

    /// <summary>The code of a grade: upper case, without the word "grade", leading zeros and ordinal endings.</summary>
    public static string CodeOf(string grade)
    {
        var code = grade.ToUpperInvariant().Replace("GRADE", "", StringComparison.Ordinal).Trim(' ', '-', '.');
        if (Array.IndexOf(Ordinals, code) is >= 0 and var index)
            return (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var suffix in Suffixes)
            if (code.Length > 2 && char.IsAsciiDigit(code[0]) && code.EndsWith(suffix, StringComparison.Ordinal))
                code = code[..^2];
        code = code switch { "K" or "KINDERGARTEN" => "KG", "PREKINDERGARTEN" or "PRE-K" or "PREK" => "PK", _ => code };
        return code.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : code;
    }
}
