using Gateway.Rostering;
using Npgsql;

namespace Gateway.Tests.Rostering;

public sealed class RosterAndLaunchTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Learners = "select count(*) from gateway.learner where district_id = @d";

    [Fact]
    public async Task Launch_first_then_roster_is_one_learner()
    {
        var district = await database.AddDistrictAsync();
        var launched = await Launches.RecordAsync(database, district, "lms-user-1", "student-1");

        var outcome = await database.ImportAsync(district, new MadeUpRoster());

        Assert.Contains(new RosterChangeCount("learner", "added", 7), outcome.Changes);
        Assert.Contains(new RosterChangeCount("learner", "changed", 1), outcome.Changes);
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and learner_id = {launched}", district));
    }

    [Fact]
    public async Task Roster_first_then_launch_is_one_learner()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var launched = await Launches.RecordAsync(database, district, "lms-user-1", "student-1");

        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and learner_id = {launched}", district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task A_launch_that_turns_out_to_be_somebody_on_the_roster_leaves_one_learner_and_no_change_for_the_next_run()
    {
        var district = await database.AddDistrictAsync();
        var launched = await Launches.RecordAsync(database, district, "lms-user-1", sisId: null);
        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal(launched, await Launches.RecordAsync(database, district, "lms-user-1", "student-1"));

        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    [Trait("Requirement", "R-3.8")]
    public async Task Role_that_changes_with_a_launch_is_in_the_feed_once_and_the_rosters_role_stands()
    {
        var district = await database.AddDistrictAsync();
        const string feed = "select coalesce(string_agg(kind, ' ' order by sequence), '') from gateway.change where district_id = @d";

        var learner = await Launches.RecordAsync(database, district, "lms-user-1", "student-1");
        await Launches.RecordAsync(database, district, "lms-user-1", "student-1", role: "teacher");
        await Launches.RecordAsync(database, district, "lms-user-1", "student-1", role: "teacher");
        Assert.Equal("added changed", await database.AskAsync<string>(feed, district));

        await Launches.RecordAsync(database, district, "lms-user-1", "student-1");
        await database.ImportAsync(district, new MadeUpRoster());
        await Launches.RecordAsync(database, district, "lms-user-1", "student-1", role: "teacher");
        Assert.Equal("student", await database.AskAsync<string>($"select role from gateway.learner where district_id = @d and id = {learner}", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task A_launch_that_overtakes_the_comparison_is_not_made_a_second_learner()
    {
        var district = await database.AddDistrictAsync();
        await using var launch = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(launch, "select pg_advisory_lock(hashtextextended('gateway.learners', @d::bigint))", district);
        var run = database.ImportAsync(district, new MadeUpRoster());

        // The comparison is done: the run waits to write.
        await Eventually.TrueAsync(() => database.AskAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted)"));
        var learner = await database.AskAsync<long>("insert into gateway.learner (district_id, role, first_seen, last_seen) values (@d, 'student', '2026-10-05', '2026-10-05') returning id", district);
        await ExecuteAsync(launch, $"""
            insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
            values (@d, 2, '{await Launches.SisHashAsync(database, district, "student-1")}', 1, {learner})
            """, district);
        await ExecuteAsync(launch, "select pg_advisory_unlock(hashtextextended('gateway.learners', @d::bigint))", district);

        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and learner_id = {learner}", district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task A_launch_that_makes_two_learners_one_under_the_comparison_has_it_made_again()
    {
        var district = await database.AddDistrictAsync();
        var launched = await Launches.RecordAsync(database, district, "lms-user-1", sisId: null);
        await database.ImportAsync(district, new MadeUpRoster());
        var rostered = await database.AskAsync<long>(
            $"select learner_id from gateway.learner_identity where district_id = @d and hash = '{await Launches.SisHashAsync(database, district, "student-1")}'", district);
        await using var launch = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(launch, "select pg_advisory_lock(hashtextextended('gateway.learners', @d::bigint))", district);
        var run = database.ImportAsync(district, new MadeUpRoster().Enroll("student-1", "class-2"));

        // The comparison is done: the run waits to write an enrollment of somebody who is part of another by then.
        await Eventually.TrueAsync(() => database.AskAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted)"));
        await ExecuteAsync(launch, "select set_config('gateway.district', @d::text, false)", district);
        await ExecuteAsync(launch, $"select gateway.merge_learners({launched}, {rostered}, '2026-10-05Z')", district);
        await ExecuteAsync(launch, "select pg_advisory_unlock(hashtextextended('gateway.learners', @d::bigint))", district);

        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(3, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and learner_id = {launched} and ended_on is null", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task Two_roster_persons_who_are_one_learner_do_not_collide()
    {
        var district = await database.AddDistrictAsync();
        var one = await Launches.RecordAsync(database, district, "lms-user-1", "student-1");
        var other = await Launches.RecordAsync(database, district, "lms-user-2", "student-2");
        await new JoinPeople(database.Gateway, database.Trail, database.Clock).RunAsync(district, one, other, confirmed: true, TestContext.Current.CancellationToken);

        var outcome = await database.ImportAsync(district, new MadeUpRoster());

        Assert.Contains(new RosterChangeCount("enrollment", "added", 12), outcome.Changes);
        Assert.Equal(7, await database.AskAsync<long>(Learners, district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, int district)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("d", district);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
