namespace Gateway.Platforms;

/// <summary>The exact values to enter at a platform, under that platform's own field names (L-2.2, L-2.3), and what to know of it.</summary>
internal sealed class PlatformValues(ToolFacts tool, ToolKeySets keySets)
{
    // Of a platform that may leave lis.person_sourcedid out.
    private const string SisChoice = $"Where launches are to meet the roster, add --sis-id custom:{ToolFacts.SisParameter} and mind its warning.";

    /// <summary>The form of a kind for a district; the address of the tool's keys is made with it.</summary>
    public async Task<Outcome<PlatformForm>> OfAsync(string kind, int district, string slug, CancellationToken cancellation)
    {
        if (PlatformKinds.Find(kind) is not { } known)
            return PlatformFailures.KindUnknown;
        var form = known.Form(tool, slug, await keySets.OfKindAsync(district, known.Name, cancellation));
        return form with { Next = [.. form.Next, .. NotesOf(known)] };
    }

    private static IEnumerable<string> NotesOf(PlatformKind kind)
    {
        if (kind.MayLeaveLisOut)
            yield return SisChoice;
        if (kind.ScoreNeedsLineItem)
            yield return "A link gets scores only where it was made with a grade column of its own.";
    }
}
