namespace Gateway.Platforms;

/// <summary>The kinds of learning management system that are told apart. The names are those of <c>registration.kind</c>.</summary>
internal static class PlatformKinds
{
    public const string Canvas = "canvas";
    public const string Schoology = "schoology";
    public const string Moodle = "moodle";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Canvas, Schoology, Moodle, Other];

    /// <summary>By the <c>product_family_code</c> that a platform gives of itself.</summary>
    public static string OfProduct(string? productFamily) =>
        productFamily is { } code && All.FirstOrDefault(kind => kind.Equals(code, StringComparison.OrdinalIgnoreCase)) is { } known ? known : Other;
}
