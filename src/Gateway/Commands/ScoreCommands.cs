using System.CommandLine;
using System.Globalization;
using Gateway.Grades;

namespace Gateway.Commands;

/// <summary><c>score list|retry</c></summary>
internal static class ScoreCommands
{
    public static Command Create() => new("score", "Scores on their way to gradebooks.") { List(), Retry() };

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "Those in one state: pending, delivered, parked or superseded.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. ScoreState.All]);
        var last = new Option<int>("--last") { Description = "How many, the newest first.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("list", "How a district's scores stand, and why.") { DistrictCommands.District, state, last };
        command.Validators.Add(given =>
        {
            if (given.GetResult(last) is { Implicit: false } && given.GetValue(last) < 1)
                given.AddError("--last is 1 or more.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            var scores = await invocation.Get<ScoreList>().RunAsync(
                district.Id, invocation.Parsed.GetValue(state), invocation.Parsed.GetValue(last), invocation.Cancellation);
            return invocation.Output.Done(scores, scores.Select(LineOf));
        });
    }

    private static Command Retry()
    {
        var id = new Argument<Guid?>("id") { Description = "The score, as `score list` shows it.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All parked scores of the district." };
        var command = new Command("retry", "Hand parked scores in again, once the cause is mended.") { DistrictCommands.District, id, all };
        command.Validators.Add(given =>
        {
            if (given.GetResult(id) is { Tokens.Count: > 0 } == given.GetValue(all))
                given.AddError("Give the ID of a score or --all.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            var retried = await invocation.Get<RetryScores>().RunAsync(
                district.Id, invocation.Parsed.GetValue(all) ? null : invocation.Parsed.GetValue(id), invocation.Cancellation);
            return retried.Succeeded
                ? invocation.Output.Done(new { retried = retried.Value }, $"{retried.Value} scores wait again: a gateway that serves sends them within seconds.")
                : invocation.Output.Failed(retried.Failures);
        });
    }

    private static string LineOf(ListedScore score) =>
        $"{score.Id} {At(score.AcceptedAt)} {score.Engine} platform {score.Platform.ToString(CultureInfo.InvariantCulture)} {score.State}, tries {score.Attempts.ToString(CultureInfo.InvariantCulture)}"
        + (score.NextAttemptAt is { } next ? $", next {At(next)}" : "")
        + (score.FinishedAt is { } finished ? $", {At(finished)}" : "")
        + (score.Code is { } code ? $", {code}" : "")
        + (score.PlatformStatus is { } status ? $", HTTP {status.ToString(CultureInfo.InvariantCulture)}" : "")
        + (score.PlatformReason is { } reason ? $": {reason}" : "")
        + (score is { State: ScoreState.Parked, CanRetry: false } ? " (content erased)" : "");

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
