using Gateway.Launches;
using Gateway.Rostering;
using Gateway.Storage.Migrations;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Launches;

/// <summary>A SIS id from a launch attaches, it never steals.</summary>
[Trait("Requirement", "T-1")]
public sealed class AttachedIdentityTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Lms = Rostering.Launches.Lms;
    private const string OtherLms = Rostering.Launches.OtherLms;
    private const string Conflicts = "select coalesce(string_agg(concat_ws(' ', reason, learner_id, other_id, seen), ', ' order by id), '') from gateway.learner_conflict where district_id = @d";
    private const string Feed = "select coalesce(string_agg(kind, ' ' order by sequence), '') from gateway.change where district_id = @d and entity = 'learner'";
    private const string Identities = "select coalesce(string_agg(concat_ws(' ', kind, hash, learner_id), E'\n' order by kind, hash), '') from gateway.learner_identity where district_id = @d";

    [Fact]
    public async Task Sis_id_attaches_a_subject_to_a_record_that_has_none_of_its_platform()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await OfSisAsync(district, "student-1");

        Assert.Equal(record, await LaunchAsync(district, "a", "student-1"));
        Assert.Equal(record, await LaunchAsync(district, "a", "student-1", platform: OtherLms));
        Assert.Equal(record, await LaunchAsync(district, "a"));

        Assert.Equal("", await ConflictsAsync(district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(distinct registration_id) from gateway.learner_identity where district_id = @d and learner_id = {record}", district));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Second_subject_of_a_platform_with_the_same_sis_id_goes_in_as_itself_and_nothing_moves(bool launchedBefore)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await LaunchAsync(district, "the student", "student-1");
        var own = launchedBefore ? await LaunchAsync(district, "somebody else") : 0;
        var before = launchedBefore ? await database.AskAsync<string>(Identities, district) : null;

        var somebody = await LaunchAsync(district, "somebody else", "student-1");
        await LaunchAsync(district, "somebody else", "student-1");

        Assert.NotEqual(record, somebody);
        if (launchedBefore)
            Assert.Equal((own, before), (somebody, await database.AskAsync<string>(Identities, district)));
        Assert.Equal($"subject_taken {somebody} {record} 2", await ConflictsAsync(district));
        Assert.Equal(record, await LaunchAsync(district, "the student", "student-1"));
        Assert.DoesNotContain("merged", await database.AskAsync<string>(Feed, district), StringComparison.Ordinal);
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task Subject_that_has_a_sis_id_is_never_pointed_to_another()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await LaunchAsync(district, "a", "student-1");
        var before = await database.AskAsync<string>(Identities, district);

        Assert.Equal(record, await LaunchAsync(district, "a", "student-2"));
        Assert.Equal(record, await LaunchAsync(district, "a", "nobody's id"));

        Assert.Equal(before, await database.AskAsync<string>(Identities, district));
        Assert.Equal($"sis_differs {record} {await OfSisAsync(district, "student-2")} 1, sis_differs {record} 1", await ConflictsAsync(district));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Launch_only_record_joins_a_roster_only_record_and_the_older_survives(bool launchFirst)
    {
        var district = await database.AddDistrictAsync();
        var launched = launchFirst ? await LaunchAsync(district, "a") : 0;
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await OfSisAsync(district, "student-1");
        if (!launchFirst)
            launched = await LaunchAsync(district, "a");

        Assert.Equal(Math.Min(launched, record), await LaunchAsync(district, "a", "student-1"));

        Assert.Equal("", await ConflictsAsync(district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task Two_records_that_both_launched_are_not_joined_by_a_launch_though_their_platforms_differ()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await LaunchAsync(district, "a", "student-1");
        var other = await LaunchAsync(district, "b", platform: OtherLms);

        Assert.Equal(other, await LaunchAsync(district, "b", "student-1", platform: OtherLms));

        Assert.Equal($"both_launched {other} {record} 1", await ConflictsAsync(district));
    }

    [Fact]
    [Trait("Requirement", "L-1.11")]
    public async Task Legacy_id_attaches_at_another_platform_and_steals_at_none()
    {
        var district = await database.AddDistrictAsync();
        var record = await LaunchAsync(district, "a", legacy: "old id");

        Assert.Equal(record, await LaunchAsync(district, "a", legacy: "old id", platform: OtherLms));
        Assert.Equal(record, await LaunchAsync(district, "a", legacy: "an older id"));
        var second = await LaunchAsync(district, "b", legacy: "old id");

        Assert.NotEqual(record, second);
        Assert.Equal($"subject_taken {second} {record} 1", await ConflictsAsync(district));
    }

    [Fact]
    public async Task Legacy_and_sis_id_that_lead_to_two_people_make_nobody_one()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var (record, other) = (await OfSisAsync(district, "student-1"), await LaunchAsync(district, "a", "student-2", legacy: "old id"));

        Assert.Equal(record, await LaunchAsync(district, "b", "student-1", platform: OtherLms, legacy: "old id"));

        Assert.Equal($"sis_differs {record} {other} 1", await ConflictsAsync(district));
    }

    [Fact]
    public async Task District_that_follows_its_platform_has_the_new_account_join_and_is_told()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.SetAsync(district, new RosterSettingsCommand { FollowPlatform = true });
        var record = await LaunchAsync(district, "old account", "student-1");
        var own = await LaunchAsync(district, "newer account");

        Assert.Equal(record, await LaunchAsync(district, "new account", "student-1"));
        Assert.Equal(record, await LaunchAsync(district, "newer account", "student-1"));

        Assert.Equal($"followed {record} 2", await ConflictsAsync(district));
        Assert.Equal(0, await database.AskAsync<long>($"select count(*) from gateway.learner where id = {own}"));
        Assert.Equal(record, await LaunchAsync(district, "old account", "student-1"));
        // What leads elsewhere stays there all the same, and so do roles.
        Assert.Equal(record, await LaunchAsync(district, "new account", "student-2"));
        Assert.NotEqual(record, await LaunchAsync(district, "a teacher", "student-1", "teacher"));
    }

    [Fact]
    public async Task Sis_id_of_a_custom_parameter_is_followed_by_nobody()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.SetAsync(district, new RosterSettingsCommand { FollowPlatform = true });
        var record = await LaunchAsync(district, "a", "student-1");
        await database.ExecuteAsync($"update gateway.registration set sis_parameter = 'person_sourcedid' where district_id = {district}");

        Assert.NotEqual(record, await LaunchAsync(district, "b", "student-1"));
        var refused = await database.Settings.ChangeAsync(district, new RosterSettingsCommand { FollowPlatform = true }, TestContext.Current.CancellationToken);
        Assert.Equal("roster.follow_platform_unsafe", Assert.Single(refused.Failures).Code);
    }

    [Theory]
    [Trait("Requirement", "T-2")]
    [InlineData("teacher", "student-1", true)]
    [InlineData("teacher", "student-1", false)]
    [InlineData("student", "teacher-1", true)]
    [InlineData("student", "teacher-1", false)]
    public async Task Launch_in_the_other_role_never_attaches_to_a_record_of_the_roster(string role, string sisId, bool launchedBefore)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await OfSisAsync(district, sisId);
        if (launchedBefore)
            await LaunchAsync(district, "a", role: role);

        var own = await LaunchAsync(district, "a", sisId, role);

        Assert.NotEqual(record, own);
        Assert.Equal($"role {own} {record} 1", await ConflictsAsync(district));
        Assert.Equal(role, await database.AskAsync<string>($"select role from gateway.learner where id = {own}"));
        Assert.Equal(role == "teacher" ? "student" : "teacher", await database.AskAsync<string>($"select role from gateway.learner where id = {record}"));
    }

    [Fact]
    [Trait("Requirement", "T-2")]
    public async Task Record_of_a_teacher_does_not_join_a_students_though_this_launch_is_a_students()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await OfSisAsync(district, "student-1");
        var own = await LaunchAsync(district, "a", role: "teacher");

        Assert.Equal(own, await LaunchAsync(district, "a", "student-1"));

        Assert.Equal($"role {own} {record} 1", await ConflictsAsync(district));
    }

    [Theory]
    [Trait("Requirement", "T-2")]
    [InlineData("teacher", "student-1", "student")]
    [InlineData("student", "teacher-1", "teacher")]
    public async Task Sis_id_that_the_other_role_had_claimed_before_the_roster_came_is_the_rosters(string role, string sisId, string rostered)
    {
        var district = await database.AddDistrictAsync();
        var claimed = await LaunchAsync(district, "a", sisId, role);

        await database.ImportAsync(district, new MadeUpRoster());

        var record = await OfSisAsync(district, sisId);
        Assert.NotEqual(claimed, record);
        Assert.Equal($"role {claimed} {record} 1", await ConflictsAsync(district));
        Assert.Equal((role, rostered), (await RoleAsync(claimed), await RoleAsync(record)));
        Assert.Equal(claimed, await LaunchAsync(district, "a", sisId, role));
        Assert.Equal(record, await LaunchAsync(district, "b", sisId, rostered));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster", district));
    }

    [Fact]
    public async Task Subject_whose_platform_is_not_known_counts_as_of_every_platform_until_it_launches()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await LaunchAsync(district, "a", "student-1");
        await database.ExecuteAsync($"update gateway.learner_identity set registration_id = null where district_id = {district}");

        var other = await LaunchAsync(district, "b", "student-1", platform: OtherLms);
        Assert.Equal($"subject_taken {other} {record} 1", await ConflictsAsync(district));

        await using var known = new KnownLaunches(database.Gateway);
        var launch = new WaitingLaunch(district, await Rostering.Launches.OfAsync(database, district, "a", "student-1"));
        Assert.Empty(await known.WriteAsync([launch]));
        Assert.Equal(record, await LaunchAsync(district, "a"));
        Assert.Equal(record, await LaunchAsync(district, "c", "student-1", platform: "https://third-lms.example"));
        Assert.Equal(record, (await known.WriteAsync([launch]))[launch.Launch.Launch]);
    }

    [Fact]
    public async Task Subjects_of_before_get_the_platform_that_their_launches_prove()
    {
        var one = await database.AddDistrictAsync();
        await LaunchAsync(one, "a");
        var two = await database.AddDistrictAsync();
        var (single, both) = (await LaunchAsync(two, "a", "s-1"), await LaunchAsync(two, "b", "s-2"));
        await LaunchAsync(two, "c", "s-2", platform: OtherLms);
        var unused = await LaunchAsync(two, "d");
        await database.ExecuteAsync($"update gateway.learner_identity set registration_id = null; delete from gateway.launch where learner_id = {unused}");

        foreach (var statement in SqlMigration.Read("0022_identities_with_namespaces").Split(';').Where(part => part.Contains("update gateway.learner_identity", StringComparison.Ordinal)))
            await database.ExecuteAsync(statement);

        const string known = "select coalesce(string_agg(coalesce(registration_id::text, 'unknown'), ' ' order by hash), '') from gateway.learner_identity where kind = 1 and ";
        var registration = await Rostering.Launches.RegistrationAsync(database, two);
        Assert.Equal($"{await Rostering.Launches.RegistrationAsync(database, one)}", await database.AskAsync<string>($"{known} district_id = @d", one));
        Assert.Equal($"{registration}", await database.AskAsync<string>($"{known} learner_id = {single}"));
        Assert.Equal("unknown unknown", await database.AskAsync<string>($"{known} learner_id = {both}"));
        Assert.Equal("unknown", await database.AskAsync<string>($"{known} learner_id = {unused}"));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner_identity where kind <> 1 and registration_id is not null"));
    }

    [Fact]
    public async Task Of_launches_at_the_same_time_one_attaches_and_the_others_are_conflicts()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var record = await OfSisAsync(district, "student-1");
        await using var known = new KnownLaunches(database.Gateway);
        var recorder = new LaunchRecorder(known, new LaunchRecord(database.Gateway), TimeProvider.System);
        var launches = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Rostering.Launches.OfAsync(database, district, $"account {n}", "student-1")));

        var recorded = await Task.WhenAll(launches.Select(launch => recorder.WriteAsync(district, launch, TestContext.Current.CancellationToken)));

        Assert.Single(recorded, launch => launch!.Value.Learner == record);
        Assert.Equal(12, recorded.Select(launch => launch!.Value.Learner).Distinct().Count());
        Assert.Equal(11, recorded.Count(launch => launch!.Value.Conflict == "subject_taken"));
        Assert.Equal(11, await database.AskAsync<long>($"select count(*) from gateway.learner_conflict where district_id = @d and other_id = {record}", district));
    }

    [Fact]
    public async Task Conflict_that_stands_waits_for_no_roster()
    {
        var district = await database.AddDistrictAsync();
        await LaunchAsync(district, "a", "s-1");
        var other = await LaunchAsync(district, "b", "s-1");
        await using var switching = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = new Npgsql.NpgsqlCommand($"select pg_advisory_lock(hashtextextended('gateway.learners', {district}))", switching);
        await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal(other, await LaunchAsync(district, "b", "s-1"));
    }

    [Theory]
    [InlineData("select l.id from gateway.learner_identity i join gateway.learner l on l.id = i.learner_id where i.district_id = 1 and i.kind = 1 and i.hash = gen_random_uuid() and i.registration_id is not null and (l.on_roster or l.role = 'student')")]
    [InlineData("select from gateway.learner_identity a join gateway.learner_identity b on b.learner_id = 2 and b.kind = 1 left join gateway.registration ra on ra.id = a.registration_id where a.learner_id = 1 and a.kind = 1")]
    [InlineData("select from gateway.learner_conflict c where c.reason = 'split' and ((c.learner_id = 1 and c.other_id = 2) or (c.learner_id = 2 and c.other_id = 1))")]
    [InlineData("select from gateway.learner_join j where j.kept_id = 1")]
    public async Task What_the_rule_asks_is_found_by_index(string question)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var explain = new Npgsql.NpgsqlCommand($"set enable_seqscan = off; explain {question}", connection);
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            Assert.DoesNotContain("Seq Scan", reader.GetString(0), StringComparison.Ordinal);
    }

    private Task<long> LaunchAsync(int district, string subject, string? sisId = null, string role = "student", string platform = Lms, string? legacy = null) =>
        Rostering.Launches.RecordAsync(database, district, subject, sisId, role, platform, legacy);

    private Task<string> ConflictsAsync(int district) => database.AskAsync<string>(Conflicts, district);

    private Task<string> RoleAsync(long learner) => database.AskAsync<string>($"select role from gateway.learner where id = {learner}");

    private async Task<long> OfSisAsync(int district, string sourcedId) => await database.AskAsync<long>(
        $"select learner_id from gateway.learner_identity where district_id = @d and kind = 2 and hash = '{await Rostering.Launches.SisHashAsync(database, district, sourcedId)}'", district);
}
