using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.Launches;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Gateway.Tests.House;
using Lti.Launches;

namespace Gateway.Tests.EndToEnd;

/// <summary>
/// Every case that the requirements say must be refused or accepted, and one for every other refusal there is, over HTTP against a
/// whole gateway. What came of each stands in <c>artifacts/cases.md</c>.
/// </summary>
public sealed partial class CaseTableTests(CaseStage cases, ITestOutputHelper output) : IClassFixture<CaseStage>
{
    private static readonly IReadOnlyList<RefusedCase> Refused = [.. RefusedLogins.All, .. RefusedTokens.All, .. RefusedMessages.All];

    private readonly List<string> wrong = [];

    [Fact]
    [Trait("Requirement", "L-1.2")]
    [Trait("Requirement", "L-1.3")]
    [Trait("Requirement", "L-1.5")]
    [Trait("Requirement", "L-1.6")]
    [Trait("Requirement", "L-1.7")]
    [Trait("Requirement", "L-1.9")]
    [Trait("Requirement", "L-1.10")]
    [Trait("Requirement", "L-1.11")]
    public async Task Every_case_that_must_be_refused_is_refused_with_its_code_and_leaves_nothing()
    {
        foreach (var one in Refused)
        {
            var send = await one.PrepareAsync(cases);
            var (before, lines, counted) = (await cases.RowsAsync(), cases.Stage.Log.Entries.Count, cases.Outcomes.Count);
            var answer = await send();

            Row(one.Name, "refused", one.Code, answer.PageCode ?? "none", answer);
            Check(one.Name, "code", answer.PageCode == one.Code);
            Check(one.Name, "status", (int)answer.Status == one.Status);
            Check(one.Name, "metric", cases.Outcomes.Skip(counted).SequenceEqual([$"1 {one.Code}"]));
            var changed = Changed(before, await cases.RowsAsync(), one.Tells);
            Check(one.Name, $"tables {string.Join(", ", changed)}", changed.Count == 0);
            Check(one.Name, "answer", !$"{answer.Headers} {answer.Body}".Contains("canary", StringComparison.OrdinalIgnoreCase));
            CheckLog(one, answer, [.. cases.Stage.Log.Entries.Skip(lines)]);
        }

        Finish();
    }

    [Fact]
    [Trait("Requirement", "L-1.1")]
    [Trait("Requirement", "L-1.5")]
    [Trait("Requirement", "L-1.8")]
    [Trait("Requirement", "L-1.9")]
    public async Task Every_case_that_must_be_accepted_is_accepted_as_what_it_is()
    {
        foreach (var one in AcceptedCases.All)
        {
            var counted = cases.Outcomes.Count;
            var answer = await one.SendAsync(cases);
            var role = answer.Status == HttpStatusCode.SeeOther ? await RoleAsync(answer) : "refused";

            Row(one.Name, "accepted", one.Role, answer.PageCode ?? role, answer);
            Check(one.Name, "role", role == one.Role);
            Check(one.Name, "metric", cases.Outcomes.Skip(counted).LastOrDefault() == "1 accepted");
        }

        Finish();
    }

    [Fact]
    [Trait("Requirement", "L-1.10")]
    public void Every_refusal_there_is_has_a_case()
    {
        var all = LaunchRefusal.Catalogue.Concat(
            typeof(LaunchRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (LaunchRefusal)field.GetValue(null)!));
        Assert.Equal(all.Select(refusal => refusal.Code).Order(StringComparer.Ordinal), Refused.Select(one => one.Code).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<string> RoleAsync(Answer answer)
    {
        var claims = await cases.Engine.SignInAsync(answer.Location!);
        return claims.GetProperty("role").GetString() + (claims.TryGetProperty("guest", out var guest) && guest.GetBoolean() ? " guest" : "");
    }

    // What has expired may go meanwhile; nothing may come or change.
    private static List<string> Changed(string[] before, string[] after, IReadOnlyList<string> tells) =>
    [
        .. after.Except(before).Where(row => !tells.Contains(TableOf(row))).Select(row => $"{TableOf(row)} (came)"),
        .. before.Except(after).Where(row => !tells.Append("spent_value").Contains(TableOf(row))).Select(row => $"{TableOf(row)} (went)"),
    ];

    private static string TableOf(string row) => row.Split(' ')[0];

    private void CheckLog(RefusedCase one, Answer answer, IReadOnlyList<LoggedLine> lines)
    {
        var reference = Samples.Demo.Browser.TextOf(answer.Page, "reference") ?? "none";
        var own = lines.Where(line => line.IsOwn).ToList();
        Check(one.Name, "log", own.Count(line => line.Text.StartsWith($"Refused a launch: {one.Code} (support reference {reference}).", StringComparison.Ordinal)) == 1);
        Check(one.Name, "log has nothing else", own.All(line => Allowed().IsMatch(line.Text)));
        Check(one.Name, "log has no personal data", !own.Any(line => line.Text.Contains("canary", StringComparison.OrdinalIgnoreCase)));
    }

    private void Row(string name, string expected, string what, string got, Answer answer) =>
        cases.Table.Add($"| {name} | {expected}: `{what}` | `{got}` | {(int)answer.Status} |");

    private void Check(string name, string what, bool holds)
    {
        if (!holds)
            wrong.Add($"{name}: {what}");
    }

    private void Finish()
    {
        var text = string.Join('\n', cases.Table) + "\n";
        output.WriteLine(text);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        File.WriteAllText(Path.Combine(folder.FullName, "cases.md"), text);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [GeneratedRegex(
        @"^(Refused a launch: [a-z_.]+ \(support reference [0-9A-F]{8}\)\."
        + @"|Launch refused: [a-z_.]+ in [A-Za-z]+, registration ([0-9]+|\(null\))"
        + "|An incident of district [0-9]+: unknown_deployment, 1 in one go"
        + "|Fetched [0-9]+ keys from [0-9.]+|Keys not fetched from [0-9.]+: [a-z_.]+; [0-9]+ earlier keys stay in use) $")]
    private static partial Regex Allowed();
}
