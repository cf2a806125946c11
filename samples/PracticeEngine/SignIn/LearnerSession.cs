using System.Text.Json;
using Samples.PracticeEngine.Practice;

namespace Samples.PracticeEngine.SignIn;

/// <summary>All that the engine knows of somebody: what the id_token said.</summary>
internal sealed class LearnerSession
{
    public required string LearnerId { get; init; }

    public required string Role { get; init; }

    public required string District { get; init; }

    public required IReadOnlyList<string> ClaimNames { get; init; }

    /// <summary>The members of the <c>launch</c> claim that are texts.</summary>
    public required IReadOnlyDictionary<string, string> Launch { get; init; }

    /// <summary>The id never comes again: nothing is kept under it.</summary>
    public required bool IsGuest { get; init; }

    /// <summary>Without it nothing can be graded.</summary>
    public required string? ScoreTicket { get; init; }

    /// <summary>The way back to the course; null when the course's system gives none.</summary>
    public required string? ReturnUrl { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>The attempt whose form is shown: also the Idempotency-Key of its score.</summary>
    public string NextAttempt { get; set; } = Secrets.New();

    public Attempt? LastAttempt { get; set; }

    public static LearnerSession From(JsonElement claims, DateTimeOffset expires) => new()
    {
        LearnerId = Text(claims, "sub") ?? "",
        Role = Text(claims, "role") ?? "",
        District = Text(claims, "district") ?? "",
        ClaimNames = [.. claims.EnumerateObject().Select(c => c.Name)],
        Launch = claims.TryGetProperty("launch", out JsonElement launch) && launch.ValueKind == JsonValueKind.Object
            ? launch.EnumerateObject()
                .Where(m => m.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(m => m.Name, m => m.Value.GetString()!)
            : [],
        IsGuest = claims.TryGetProperty("guest", out JsonElement guest) && guest.ValueKind == JsonValueKind.True,
        ScoreTicket = Text(claims, "score_ticket"),
        ReturnUrl = Text(claims, "return_url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out Uri? back) && back.Scheme is "https" or "http" ? url : null,
        Expires = expires,
    };

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
