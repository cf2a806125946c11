namespace Gateway.Privacy.Retention;

/// <summary>When something is deleted without anybody asking for it (P-2): what a person reads of it. What it does is in the two kinds of rules.</summary>
/// <param name="code">Its name in reports and in the audit trail; never renamed.</param>
/// <param name="requirement">The requirement that it keeps.</param>
/// <param name="what">What goes, in plain words.</param>
/// <param name="when">When it goes, in plain words.</param>
/// <param name="tables">The tables whose rows it deletes.</param>
internal abstract class RetentionRule(string code, string requirement, string what, string when, params string[] tables)
{
    public string Code => code;

    public string Requirement => requirement;

    public string What => what;

    public string When => when;

    public IReadOnlyList<string> Tables => tables;
}
