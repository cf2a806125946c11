using System.Text.Json;
using Gateway.Stage;
using Samples.Lms.Services;

namespace Gateway.Tests.Grades;

/// <summary>Scores of a stage, seen from the engine, the database and the gradebook.</summary>
internal sealed record ScoreScene(TestStage Stage, TestEngine Engine)
{
    /// <summary>Hands in a score and gives its id.</summary>
    public async Task<Guid> SendAsync(string ticket, double points, string? gradingProgress = null, DateTimeOffset? at = null)
    {
        var answer = await Engine.PostScoreAsync(new(ticket, points, 10, gradingProgress, at?.ToString("O")), Guid.CreateVersion7(Stage.Clock.GetUtcNow()).ToString());
        return answer.Json.GetProperty("id").GetGuid();
    }

    public async Task<JsonElement> StatusAsync(Guid score) => (await Engine.GetScoreAsync(score)).Json;

    /// <summary>State and code as the engine sees them.</summary>
    public async Task<(string? State, string? Code)> StandsAsync(Guid score)
    {
        var status = await StatusAsync(score);
        return (status.GetProperty("state").GetString(), CodeOf(status));
    }

    public static string? CodeOf(JsonElement status) => status.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Waits until the condition holds for the score's row.</summary>
    public Task RowAsync(Guid score, string condition) =>
        Until.TrueAsync(() => Stage.Database.AskAsync<bool>($"select coalesce(bool_or({condition}), false) from gateway.score_delivery where id = '{score}'"), $"a score with {condition}");

    /// <summary>Waits until the score was tried so many times and is put off.</summary>
    public Task TriedAsync(Guid score, int times) => RowAsync(score, $"attempts >= {times} and code is not null and state = 'pending' and sent_at is distinct from 'infinity'");

    /// <summary>The clock goes to where the score is tried next.</summary>
    public async Task PassWaitAsync(Guid score)
    {
        var next = await Stage.Database.AskAsync<DateTime>($"select next_attempt_at from gateway.score_delivery where id = '{score}'");
        if (new DateTimeOffset(next, TimeSpan.Zero) - Stage.Clock.GetUtcNow() is { Ticks: > 0 } wait)
            Stage.Clock.Advance(wait);
    }

    /// <summary>What a person looking at the gradebook sees.</summary>
    public double? Shown(string login) => Stage.GradebookOf().ShownFor(Gradebook.FractionsId, Stage.PersonOf(login).UserId)?.ScoreGiven;
}
