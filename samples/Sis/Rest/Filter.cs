using System.Text.RegularExpressions;

namespace Samples.Sis.Rest;

/// <summary>One or two comparisons: <c>status='active' AND role='student'</c>.</summary>
internal sealed partial class Filter
{
    private readonly List<(string Field, string Operator, string Value)> _terms = [];
    private bool _or;

    public IEnumerable<string> Fields => _terms.Select(t => t.Field);

    public static bool TryParse(string text, out Filter filter)
    {
        filter = new Filter();
        Match match = Form().Match(text);
        if (!match.Success)
            return false;
        for (int i = 0; i < match.Groups["field"].Captures.Count; i++)
        {
            filter._terms.Add((
                match.Groups["field"].Captures[i].Value,
                match.Groups["op"].Captures[i].Value,
                match.Groups["value"].Captures[i].Value));
        }
        filter._or = match.Groups["logic"].Value.Equals("OR", StringComparison.OrdinalIgnoreCase);
        return true;
    }

    /// <summary>True when the filter is only that rows be active: where nothing was marked there is nothing to look through.</summary>
    public bool IsActiveOnly => _terms is [("status", "=", "active")];

    public bool Matches(Func<string, string?> value) => _or
        ? _terms.Exists(t => Holds(value(t.Field), t.Operator, t.Value))
        : _terms.TrueForAll(t => Holds(value(t.Field), t.Operator, t.Value));

    private static bool Holds(string? actual, string op, string wanted)
    {
        if (actual is null)
            return op == "!=";
        int order = string.CompareOrdinal(actual, wanted);
        return op switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            "<=" => order <= 0,
            _ => actual.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        };
    }

    [GeneratedRegex(
        "^\\s*(?<field>[A-Za-z.]+)\\s*(?<op>!=|>=|<=|=|>|<|~)\\s*'(?<value>[^']*)'"
        + "(?:\\s+(?<logic>AND|OR)\\s+(?<field>[A-Za-z.]+)\\s*(?<op>!=|>=|<=|=|>|<|~)\\s*'(?<value>[^']*)')?\\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
