using System.Diagnostics.CodeAnalysis;

namespace Lti.Grades;

/// <summary>Addresses below a line item.</summary>
internal static class LineItemUrl
{
    /// <summary>AGS 3.4.1: <c>/scores</c> goes to the end of the path, before the query that Moodle and others put into the URL.</summary>
    public static bool TryScores(string lineItem, [NotNullWhen(true)] out Uri? scores)
    {
        scores = null;
        if (!Uri.TryCreate(lineItem, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return false;
        // Cut out of the text, so that the rest of the URL stays as the platform wrote it.
        var fragment = lineItem.IndexOf('#', StringComparison.Ordinal);
        var bare = fragment < 0 ? lineItem : lineItem[..fragment];
        var query = bare.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (bare, "") : (bare[..query], bare[query..]);
        return Uri.TryCreate(path.TrimEnd('/') + "/scores" + rest, UriKind.Absolute, out scores);
    }
}
