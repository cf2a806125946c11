using System.Text.RegularExpressions;

namespace Gateway.Platforms;

/// <summary>
/// Where a registration's launches carry the person's id in the student information system: the claim <c>lis.person_sourcedid</c>, or one
/// custom parameter. Only the chosen place is read.
/// </summary>
internal sealed partial record SisSource
{
    private const string LisWord = "lis";
    private const string CustomPrefix = "custom:";

    private SisSource(string? parameter) => Parameter = parameter;

    public static SisSource Lis { get; } = new((string?)null);

    /// <summary>The custom parameter's name; null: the claim <c>lis.person_sourcedid</c>.</summary>
    public string? Parameter { get; }

    /// <param name="text"><c>lis</c> or <c>custom:NAME</c>.</param>
    /// <returns>The source, or <c>platform.sis_source_invalid</c>.</returns>
    public static Outcome<SisSource> Parse(string text)
    {
        if (text == LisWord)
            return Lis;
        // "path" says which page of the engine opens.
        return text.StartsWith(CustomPrefix, StringComparison.Ordinal) && text[CustomPrefix.Length..] is var name && Name().IsMatch(name)
            && !name.Equals(Launches.EngineTarget.PathParameter, StringComparison.OrdinalIgnoreCase)
            ? new SisSource(name)
            : new Failure("platform.sis_source_invalid",
                $"The SIS id is read from `{LisWord}` (the claim lis.person_sourcedid) or from `{CustomPrefix}NAME`, where NAME is the custom parameter's: "
                + "1 to 100 letters, digits, and the signs . _ -, and not `path`.");
    }

    public static SisSource Of(string? parameter) => new(parameter);

    /// <summary>What the operator should know of this choice at a platform of a kind; null: nothing.</summary>
    public string? WarningFor(string kind)
    {
        var platform = PlatformKinds.Of(kind);
        if (Parameter is null)
        {
            return platform.LisClaimNeedsNames
                ? $"{platform.Title} sends lis.person_sourcedid only where the tool gets names. Where it gets none, no launch meets the roster: `{CustomPrefix}{ToolFacts.SisParameter}` reads the field that comes with the tool."
                : null;
        }

        return platform.LinksOverrideCustomParameters switch
        {
            true =>
                $"Warning: in {platform.Title} the custom field of a link overrides the tool's. Everybody who may add a link, a teacher too, can put another person's id there and open the link under it.",
            false =>
                $"Warning: {platform.Title} takes the tool's value where the tool has this parameter. Where the tool has none, everybody who may add an activity, a teacher too, can set it to another person's id. Set it in the tool.",
            null =>
                "Warning: find out whether a link's own custom parameter overrides the tool's at this platform. Where it does, everybody who may add a link, a teacher too, can put another person's id there and open the link under it.",
        };
    }

    /// <summary>As <see cref="Parse"/> takes it.</summary>
    public override string ToString() => Parameter is null ? LisWord : CustomPrefix + Parameter;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
