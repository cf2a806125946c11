namespace Gateway.Hosting;

/// <summary>Problem details (RFC 9457) with the stable codes of what failed.</summary>
internal static class Problems
{
    /// <param name="failures">What failed; the first gives title and code.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="more">Further members.</param>
    public static IResult Of(IReadOnlyList<Failure> failures, int status, params (string Name, object Value)[] more) => Results.Problem(
        title: failures[0].Message,
        detail: failures.Count > 1 ? string.Join(' ', failures.Select(f => f.Message)) : null,
        statusCode: status,
        extensions: new Dictionary<string, object?>(more.Select(member => KeyValuePair.Create(member.Name, (object?)member.Value)))
        {
            ["code"] = failures[0].Code,
            ["errors"] = failures.Count > 1 ? failures.Select(f => new { f.Code, f.Message }).ToArray() : null,
        });
}
