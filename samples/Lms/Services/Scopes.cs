namespace Samples.Lms.Services;

/// <summary>AGS 2.0, 3.1.</summary>
internal static class Scopes
{
    private const string Ags = "https://purl.imsglobal.org/spec/lti-ags/scope/";

    public const string LineItem = Ags + "lineitem";
    public const string LineItemReadOnly = Ags + "lineitem.readonly";
    public const string ResultReadOnly = Ags + "result.readonly";
    public const string Score = Ags + "score";

    public static readonly string[] All = [LineItem, LineItemReadOnly, ResultReadOnly, Score];
}
