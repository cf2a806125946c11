using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

/// <summary>People who are joined by a person or by a launch, and split again.</summary>
[Trait("Requirement", "T-1")]
public sealed class JoinedPeopleTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Feed = "select coalesce(string_agg(concat_ws(' ', kind, entity_id, other_id), ', ' order by sequence), '') from gateway.change where district_id = @d and entity = 'learner' and sequence > ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_joins_two_whom_the_rule_permits_and_the_engines_are_told()
    {
        var (district, record) = await RosterAsync("student-1");
        var own = await LaunchAsync(district, "a");

        var joined = (await JoinAsync(district, own, record)).Value;

        Assert.Equal((record, own), (joined.Kept, joined.Dropped));
        Assert.Equal(record, await LaunchAsync(district, "a"));
        Assert.Equal(record, await LaunchAsync(district, "a", "student-1"));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task Two_accounts_of_a_platform_or_two_sis_ids_are_joined_only_when_confirmed()
    {
        var (district, record) = await RosterAsync("student-1");
        await LaunchAsync(district, "old account", "student-1");
        var anew = await LaunchAsync(district, "new account", "student-1");
        var other = await OfSisAsync(district, "student-2");

        Assert.Equal(["subject_taken"], (await JoinAsync(district, record, anew)).Value.Reasons);
        Assert.Equal(["sis_differs"], (await JoinAsync(district, record, other)).Value.Reasons);
        Assert.Null((await JoinAsync(district, record, anew)).Value.Join);
        Assert.NotEqual(record, await LaunchAsync(district, "new account", "student-1"));

        Assert.NotNull((await JoinAsync(district, record, anew, confirmed: true)).Value.Join);
        Assert.Equal(record, await LaunchAsync(district, "new account", "student-1"));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner_conflict where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "T-2")]
    public async Task Teacher_and_student_are_never_joined_nor_is_anybody_of_another_district()
    {
        var (district, record) = await RosterAsync("student-1");
        var (other, stranger) = await RosterAsync("student-1");

        Assert.Equal("people.roles_differ", Code(await JoinAsync(district, record, await OfSisAsync(district, "teacher-1"), confirmed: true)));
        Assert.Equal("people.unknown", Code(await JoinAsync(district, record, stranger, confirmed: true)));
        Assert.Equal("people.same", Code(await JoinAsync(other, stranger, stranger, confirmed: true)));
    }

    [Fact]
    public async Task Split_undoes_what_a_launch_joined_and_the_two_stay_apart()
    {
        var (district, record) = await RosterAsync("student-1");
        var own = await LaunchAsync(district, "a");
        await ScoreAsync(district, own);
        await LaunchAsync(district, "a", "student-1");
        await LaunchAsync(district, "a", "student-1");
        Assert.Equal((3, 0), (await CountAsync("launch", record), await CountAsync("launch", own)));
        var (position, enrollments) = (await PositionAsync(district), await CountAsync("enrollment", record));

        var split = (await SplitAsync(district, await LastJoinAsync(district))).Value;

        Assert.Equal(new SplitLearner(own, record), split);
        Assert.Equal($"split {own} {record}", await database.AskAsync<string>(Feed + position, district));
        Assert.Equal((3, 0), (await CountAsync("launch", own), await CountAsync("launch", record)));
        Assert.Equal((1, 0), (await CountAsync("score_delivery", own), await CountAsync("score_delivery", record)));
        Assert.Equal((0, enrollments), (await CountAsync("enrollment", own), await CountAsync("enrollment", record)));
        Assert.Equal("student false true, student true false", await database.AskAsync<string>(
            $"select string_agg(concat_ws(' ', role, on_roster::text, (last_launch is not null)::text), ', ' order by on_roster) from gateway.learner where id in ({own}, {record})"));

        Assert.Equal(own, await LaunchAsync(district, "a", "student-1"));
        Assert.Equal($"split {own} {record} 1", await database.AskAsync<string>("select string_agg(concat_ws(' ', reason, learner_id, other_id, seen), ', ') from gateway.learner_conflict where district_id = @d", district));
        Assert.Equal(record, await LaunchAsync(district, "b", "student-1"));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task Split_gives_a_subject_that_was_attached_a_learner_of_its_own()
    {
        var (district, record) = await RosterAsync("student-1");
        await LaunchAsync(district, "a", "student-1");
        await LaunchAsync(district, "a", "student-1", Launches.OtherLms);
        await LaunchAsync(district, "a", "student-1", Launches.OtherLms);

        var split = (await SplitAsync(district, await LastJoinAsync(district))).Value;

        Assert.Equal(record, split.From);
        Assert.Equal((2, 1), (await CountAsync("launch", split.Learner), await CountAsync("launch", record)));
        Assert.Equal(split.Learner, await LaunchAsync(district, "a", "student-1", Launches.OtherLms));
        Assert.Equal(record, await LaunchAsync(district, "a", "student-1"));
    }

    [Fact]
    public async Task Split_of_two_sis_ids_gives_each_its_classes_back()
    {
        var (district, one) = await RosterAsync("student-1");
        var two = await OfSisAsync(district, "student-2");
        var picture = await ClassesAsync(one, two);
        var join = (await JoinAsync(district, one, two, confirmed: true)).Value.Join!.Value;
        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal(Math.Max(one, two), (await SplitAsync(district, join)).Value.Learner);
        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal(picture, await ClassesAsync(one, two));
        Assert.Equal((one, two), (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-2")));
    }

    [Fact]
    public async Task Join_before_the_one_that_is_undone_goes_back_with_it()
    {
        var (district, record) = await RosterAsync("student-2");
        var first = await LaunchAsync(district, "a");
        await LaunchAsync(district, "a", "student-2");
        var attached = await LastJoinAsync(district);
        var other = await LaunchAsync(district, "b", platform: Launches.OtherLms);
        var join = (await JoinAsync(district, record, other)).Value.Join!.Value;

        Assert.Equal(first, (await SplitAsync(district, attached)).Value.Learner);
        Assert.Equal(other, (await SplitAsync(district, join)).Value.Learner);
        Assert.Equal((first, other), (await LaunchAsync(district, "a"), await LaunchAsync(district, "b", platform: Launches.OtherLms)));
        Assert.Equal("people.join_unknown", Code(await SplitAsync(district, join)));
    }

    [Fact]
    public async Task After_thirty_days_nothing_is_remembered_and_what_a_person_split_stays_apart()
    {
        var (district, _) = await RosterAsync("student-1");
        await LaunchAsync(district, "a", "student-1");
        await LaunchAsync(district, "b", "student-2");
        await LaunchAsync(district, "c", "student-1");
        var (first, second) = (await database.AskAsync<long>("select min(id) from gateway.learner_join where district_id = @d", district), await LastJoinAsync(district));
        var apart = (await SplitAsync(district, first)).Value.Learner;
        var later = new FakeClock(database.Clock.GetUtcNow().AddDays(30));

        Assert.Equal("people.join_unknown", Code(await new SplitPeople(database.Gateway, database.Trail, later).RunAsync(district, second, Cancellation)));
        await database.RetentionAt(later).RunAsync(dryRun: false, Cancellation);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner_join where district_id = @d", district));
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.learner_conflict where district_id = @d", district));
        await database.RetentionAt(new FakeClock(database.Clock.GetUtcNow().AddDays(92))).RunAsync(dryRun: false, Cancellation);
        Assert.Equal("split", await database.AskAsync<string>("select string_agg(reason, ' ') from gateway.learner_conflict where district_id = @d", district));
        Assert.Equal(apart, await LaunchAsync(district, "a", "student-1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roster_makes_nobody_one_who_both_launched_from_a_platform_or_of_whom_one_teaches(bool teacher)
    {
        var (district, one) = await RosterAsync("student-1");
        var sourcedId = teacher ? "teacher-1" : "student-2";
        var other = await OfSisAsync(district, sourcedId);
        if (!teacher)
        {
            await LaunchAsync(district, "a", "student-1");
            await LaunchAsync(district, "b", "student-2");
        }

        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "master-identifier" });
        var roster = new MadeUpRoster();
        foreach (var user in Enumerable.Range(1, 6).Select(n => $"student-{n}").Concat(["teacher-1", "teacher-2", "guardian-1"]))
            roster.ReplaceIn("users", $"{user},", MadeUpRoster.Personal("master"), user == "student-1" || user == sourcedId ? "m-1" : $"own-{user}");
        var picture = await ClassesAsync(one, other);
        await database.ImportAsync(district, roster);

        Assert.Equal((one, other), (await OfSisAsync(district, "student-1"), await OfSisAsync(district, sourcedId)));
        Assert.Equal(picture, await ClassesAsync(one, other));
        Assert.Equal(teacher ? "role" : "subject_taken", await database.AskAsync<string>("select string_agg(reason, ' ') from gateway.learner_conflict where district_id = @d", district));
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster", district));
    }

    [Fact]
    public async Task Person_under_two_versions_of_the_key_becomes_one_and_two_people_do_not()
    {
        var district = await database.AddDistrictAsync();
        var (one, other) = (await LaunchAsync(district, "a", "old hash"), await LaunchAsync(district, "b", "new hash"));
        var (third, fourth) = (await LaunchAsync(district, "c"), await LaunchAsync(district, "d", platform: Launches.OtherLms));
        await database.Gateway.InDistrictAsync(district, async session =>
        {
            await using var rekey = session.Command($"""
                select gateway.rekey_people(array[2]::smallint[], array['{await Launches.SisHashAsync(database, district, "old hash")}']::uuid[],
                                            array['{await Launches.SisHashAsync(database, district, "new hash")}']::uuid[], 2::smallint, now());
                select gateway.rekey_people(array[1]::smallint[], array(select hash from gateway.learner_identity where learner_id = {third}),
                                            array(select hash from gateway.learner_identity where learner_id = {fourth}), 2::smallint, now())
                """);
            await rekey.ExecuteNonQueryAsync(Cancellation);
        }, Cancellation);

        Assert.Equal((one, other), (await LaunchAsync(district, "a"), await LaunchAsync(district, "b")));
        Assert.Equal(one, await OfSisAsync(district, "new hash"));
        Assert.Equal($"subject_taken {one} {other}", await database.AskAsync<string>("select string_agg(concat_ws(' ', reason, learner_id, other_id), ', ') from gateway.learner_conflict where district_id = @d", district));
        Assert.Equal(third, await LaunchAsync(district, "d", platform: Launches.OtherLms));
        Assert.Equal(0, await database.AskAsync<long>($"select count(*) from gateway.learner where id = {fourth}"));
    }

    [Fact]
    [Trait("Requirement", "P-3.3")]
    public async Task Erasing_one_of_two_who_were_split_leaves_the_other_and_erasing_the_joined_leaves_nothing()
    {
        var (district, record) = await RosterAsync("student-1");
        var own = await LaunchAsync(district, "a");
        await LaunchAsync(district, "a", "student-1");
        await SplitAsync(district, await LastJoinAsync(district));
        var (joined, dropped) = (await OfSisAsync(district, "student-2"), await LaunchAsync(district, "b"));
        await LaunchAsync(district, "b", "student-2");
        var position = await PositionAsync(district);

        await EraseAsync(district, record);
        Assert.Equal($"erased {record}", await database.AskAsync<string>(Feed + position, district));
        Assert.Equal(own, await LaunchAsync(district, "a"));
        await EraseAsync(district, joined);

        Assert.Equal($"erased {record}, erased {joined}, erased {dropped}", await database.AskAsync<string>(Feed + position, district));
        Assert.Equal(0, await database.AskAsync<long>("select (select count(*) from gateway.learner_join where district_id = @d) + (select count(*) from gateway.learner_conflict where district_id = @d)", district));
    }

    [Fact]
    public async Task Conflicts_are_audited_once_and_told_in_one_mail_a_day_without_a_number_of_anybody()
    {
        var clock = new FakeClock(database.Clock.GetUtcNow());
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        await using var replica = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);
        await LaunchAsync(district, "a", "student-1");
        await LaunchAsync(district, "b", "student-1");

        await Task.WhenAll(RoundAsync(rosters), RoundAsync(replica));
        await LaunchAsync(district, "b", "student-1");
        await LaunchAsync(district, "c", "student-1");
        await RoundAsync(rosters);

        var mail = Assert.Single(rosters.MailsOf(district).Concat(replica.MailsOf(district)));
        Assert.EndsWith("SIS ids that lead to different people", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("    1  subject_taken  another account", mail.Body, StringComparison.Ordinal);
        Assert.Matches("gateway roster people made-up-[0-9]+ conflicts", mail.Body);
        Assert.Equal(["1", "1"], await AuditedAsync());
        clock.Advance(TimeSpan.FromDays(1));
        await RoundAsync(rosters);
        Assert.Equal(2, rosters.MailsOf(district).Concat(replica.MailsOf(district)).Count(one => one.Subject == mail.Subject));
        clock.Advance(TimeSpan.FromDays(1));
        await RoundAsync(rosters);
        Assert.Equal(2, rosters.MailsOf(district).Concat(replica.MailsOf(district)).Count(one => one.Subject == mail.Subject));
        Assert.Equal(["1", "1"], await AuditedAsync());

        async Task RoundAsync(RunningRosters one)
        {
            await one.Get<ConflictRound>().RunAsync(Cancellation);
            await one.RoundAsync();
        }

        async Task<string[]> AuditedAsync() => [.. (await new ListAudit(database.Gateway).RunAsync(district, 100, Cancellation))
            .Where(line => line.Action == "people.conflicts").Select(line => line.Details["subject_taken"])];
    }

    private async Task<(int District, long Record)> RosterAsync(string sourcedId)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        return (district, await OfSisAsync(district, sourcedId));
    }

    private Task<Outcome<JoinedPeople>> JoinAsync(int district, long one, long other, bool confirmed = false) =>
        new JoinPeople(database.Gateway, database.Trail, database.Clock).RunAsync(district, one, other, confirmed, Cancellation);

    private Task<Outcome<SplitLearner>> SplitAsync(int district, long join) => new SplitPeople(database.Gateway, database.Trail, database.Clock).RunAsync(district, join, Cancellation);

    private Task EraseAsync(int district, long learner) => database.Gateway.InDistrictAsync(district, async session =>
    {
        await using var erase = session.Command($"select count(*) from gateway.erase_learner({learner}, gen_random_uuid(), 'request', now())");
        await erase.ExecuteNonQueryAsync(Cancellation);
    }, Cancellation);

    private Task<long> LaunchAsync(int district, string subject, string? sisId = null, string platform = Launches.Lms) =>
        Launches.RecordAsync(database, district, subject, sisId, platform: platform);

    private Task ScoreAsync(int district, long learner) => database.ExecuteAsync($"""
        insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at)
        values ('engine', 'https://e.example', '{"{}"}', '\x00', '\x00', now()) on conflict do nothing;
        insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, state, next_attempt_at, accepted_at)
        select gen_random_uuid(), {district}, 'engine', gen_random_uuid(), gen_random_uuid(), {learner}, min(id), gen_random_uuid(), 'pending', now(), now() from gateway.registration where district_id = {district}
        """);

    private async Task<int> CountAsync(string table, long learner) => (int)await database.AskAsync<long>($"select count(*) from gateway.{table} where learner_id = {learner}");

    private Task<long> PositionAsync(int district) => database.AskAsync<long>("select last_sequence from gateway.feed_position where district_id = @d", district);

    private Task<long> LastJoinAsync(int district) => database.AskAsync<long>("select max(id) from gateway.learner_join where district_id = @d", district);

    private Task<string> ClassesAsync(long one, long other) => database.AskAsync<string>(
        $"select string_agg(concat_ws(' ', learner_id, class_id, role), ', ' order by learner_id, class_id) from gateway.enrollment where learner_id in ({one}, {other}) and ended_on is null");

    private async Task<long> OfSisAsync(int district, string sourcedId) => await database.AskAsync<long>(
        $"select learner_id from gateway.learner_identity where district_id = @d and kind = 2 and hash = '{await Launches.SisHashAsync(database, district, sourcedId)}'", district);

    private static string Code<T>(Outcome<T> outcome) => Assert.Single(outcome.Failures).Code;
}
