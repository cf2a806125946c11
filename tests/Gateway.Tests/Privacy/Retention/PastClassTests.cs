using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Privacy.Retention;

[Trait("Requirement", "P-2.3")]
public sealed class PastClassTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    // In the fall of 2025, which was over on 16 January 2026.
    private static MadeUpRoster WithPast => new MadeUpRoster()
        .Record("academicSessions", "last-fall", "", "", "semester", "2025-08-01", "2026-01-16", "year", "2026")
        .Class("class-past", "north", terms: "last-fall").Enroll("student-1", "class-past").Person("student-past", "student", "north").Enroll("student-past", "class-past");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_of_a_year_ago_is_deleted_told_to_engines_and_not_taken_in_again()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, WithPast);
        Assert.Equal((4, 3), (await CountAsync(district, "class"), await CountAsync(district, "term")));
        var feed = await FeedAsync(district);

        var clock = new FakeClock(new DateTimeOffset(2027, 1, 16, 12, 0, 0, TimeSpan.Zero));
        await database.RetentionAt(clock).RunAsync(dryRun: false, Cancellation);

        Assert.Equal((3, 2), (await CountAsync(district, "class"), await CountAsync(district, "term")));
        Assert.Equal(["enrollment ended", "enrollment ended", "learner ended", "class ended"], await ToldAsync(district, feed));
        // One student was in that class alone.
        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from gateway.learner where district_id = {district} and roster_ended = '2027-01-16' and not on_roster"));

        // The SIS goes on to name it, byte for byte as before.
        database.Clock.Advance(clock.GetUtcNow() - database.Clock.GetUtcNow());
        var picture = await database.PictureAsync(district);
        var again = await database.ImportAsync(district, WithPast, approved: false);
        Assert.Equal((RosterRunState.Applied, (long?)null), (again.State, again.SameAs));
        Assert.Equal((1, 1), (again.LeftOut["classes"], again.LeftOut["academicSessions"]));
        Assert.Equal(picture, await database.PictureAsync(district));
        Assert.NotNull((await database.ImportAsync(district, WithPast, approved: false)).SameAs);
        database.Clock.Advance(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero) - database.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_student_who_left_the_last_class_is_deleted_after_a_month_with_all_that_leads_there()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster().Person("student-leaves", "student", "north").Enroll("student-leaves", "class-1"));
        await Gateway.Tests.Rostering.Launches.RecordAsync(database, district, "subject", "student-leaves");
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await CountAsync(district, "learner");
        var feed = await FeedAsync(district);

        await database.RetentionAt(new FakeClock(new DateTimeOffset(2026, 11, 4, 12, 0, 0, TimeSpan.Zero))).RunAsync(dryRun: false, Cancellation);
        Assert.Equal(before, await CountAsync(district, "learner"));
        await database.RetentionAt(new FakeClock(new DateTimeOffset(2026, 11, 5, 12, 0, 0, TimeSpan.Zero))).RunAsync(dryRun: false, Cancellation);

        Assert.Equal(before - 1, await CountAsync(district, "learner"));
        Assert.Equal((0, before - 1), (await CountAsync(district, "launch"), await CountAsync(district, "learner_identity")));
        Assert.Equal(["learner ended"], await ToldAsync(district, feed));
        // Who launches after that is somebody new.
        Assert.True(await Gateway.Tests.Rostering.Launches.RecordAsync(database, district, "subject", "student-leaves") > 0);
    }

    private Task<long> CountAsync(int district, string table) => database.AskAsync<long>($"select count(*) from gateway.{table} where district_id = {district}");

    private Task<long> FeedAsync(int district) => database.AskAsync<long>($"select last_sequence from gateway.feed_position where district_id = {district}");

    private Task<string[]> ToldAsync(int district, long after) => database.AskAsync<string[]>(
        $"select coalesce(array_agg(entity || ' ' || kind order by sequence), '{{}}') from gateway.change where district_id = {district} and sequence > {after}");
}
