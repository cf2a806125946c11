namespace Samples.Sis.Rest;

internal static class Scopes
{
    private const string V11 = "https://purl.imsglobal.org/spec/or/v1p1/scope/";
    private const string V12 = "https://purl.imsglobal.org/spec/or/v1p2/scope/";

    public static readonly string[] All =
    [
        V12 + "roster-core.readonly", V12 + "roster.readonly", V12 + "roster-demographics.readonly",
        V11 + "roster-core.readonly", V11 + "roster.readonly", V11 + "roster-demographics.readonly",
    ];

    /// <summary>What a client has that needs no token.</summary>
    public static readonly string[] Core = [V12 + "roster-core.readonly", V11 + "roster-core.readonly"];

    // roster-core covers the bulk collections, roster adds the nested ones (which this server does not have); both suffice.
    public static bool Allows(IReadOnlyCollection<string> granted, OneRosterVersion version, bool demographics)
    {
        string prefix = version == OneRosterVersion.V12 ? V12 : V11;
        return demographics
            ? granted.Contains(prefix + "roster-demographics.readonly")
            : granted.Contains(prefix + "roster-core.readonly") || granted.Contains(prefix + "roster.readonly");
    }
}
