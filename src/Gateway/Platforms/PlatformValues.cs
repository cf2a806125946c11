namespace Gateway.Platforms;

/// <summary>The exact values to enter at a platform, under that platform's own field names (L-2.2, L-2.3), and what to know of it.</summary>
internal sealed class PlatformValues(ToolFacts tool)
{
    // Of a platform that may leave lis.person_sourcedid out.
    private const string SisChoice = $"Where launches are to meet the roster, add --sis-id custom:{ToolFacts.SisParameter} and mind its warning.";

    public Outcome<PlatformForm> Of(string kind, string district)
    {
        if (PlatformKinds.Find(kind) is not { } known)
            return PlatformFailures.KindUnknown;
        var form = known.Form(tool, district);
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
