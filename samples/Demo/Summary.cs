using System.Text.Json;

namespace Samples.Demo;

/// <summary>What the person who started it gets to read.</summary>
internal static class Summary
{
    public static void Roster(JsonElement run, JsonElement district)
    {
        var counts = district.GetProperty("counts");
        Console.WriteLine();
        Console.WriteLine($"district         {district.GetProperty("district").GetProperty("name").GetString()} ({district.GetProperty("district").GetProperty("slug").GetString()})");
        Console.WriteLine($"rows pulled      {string.Join(", ", run.GetProperty("rows").EnumerateObject().Select(r => $"{r.Name} {r.Value}"))}");
        Console.WriteLine($"changes          {Changes(run)}");
        Console.WriteLine($"learners stored  {counts.GetProperty("learners")} (students {counts.GetProperty("students")}, teachers {counts.GetProperty("teachers")}); classes {counts.GetProperty("classes")}, enrollments {counts.GetProperty("enrollments")}");
    }

    public static void Launch(LaunchSeen launch)
    {
        Console.WriteLine($"launch           {launch.Milliseconds:F0} ms from the click to the id_token");
        Console.WriteLine($"id_token claims  {string.Join(", ", launch.ClaimNames)}");
        Console.WriteLine($"the engine sees  {launch.LearnerId} ({launch.Role})");
    }

    public static void Score(ScoreSeen score)
    {
        Console.WriteLine($"score sent       {score.InTheEngine}");
        Console.WriteLine($"in the gradebook {score.InTheGradebook}");
    }

    public static void Copy(JsonElement copy)
    {
        var district = copy.GetProperty("districts")[0];
        Console.WriteLine($"engine's copy    {district.GetProperty("classes")} classes with titles, {district.GetProperty("learners")} learners, {district.GetProperty("memberships")} places in classes; changes followed {district.GetProperty("changes")}, webhooks taken {copy.GetProperty("webhooks")}");
    }

    public static void WhereToClick(DemoSettings settings) => Console.WriteLine(
        $"""

        Running. Click through it:
          1. {settings.Lms}/  the LMS: sign in as a student (everybody's password is on the page), open "Fractions practice"
          2. answer the three questions in the practice engine, which opens by itself
          3. sign in to the LMS as the teacher and look at the gradebook
          4. as anybody, open "Your classes" in the practice engine: it knows them from the roster
        Also there:
          {settings.Gateway}/openapi                           the engine's API, to read
          {settings.Gateway}/openapi/v1.json                   the same for machines
          {settings.Gateway}/.well-known/openid-configuration  the OpenID provider
        Logs: {settings.DirectoryPath}/*.log. Ctrl-C ends everything.
        """);

    private static string Changes(JsonElement run)
    {
        var changes = run.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("entity").GetString()} {c.GetProperty("kind").GetString()} {c.GetProperty("count")}").ToList();
        return changes.Count == 0 ? "none: the roster is as it was" : string.Join(", ", changes);
    }
}
