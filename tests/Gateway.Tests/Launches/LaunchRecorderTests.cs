using System.Text;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Tests.Rostering;
using Npgsql;

namespace Gateway.Tests.Launches;

/// <summary>Many launches at once: written together, decided each for itself.</summary>
[Trait("Requirement", "L-1.3")]
public sealed class LaunchRecorderTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IAsyncLifetime
{
    private const string Recorded = "select count(*) from gateway.launch where district_id = @d";
    private KnownLaunches known = null!;
    private LaunchRecorder recorder = null!;

    public ValueTask InitializeAsync()
    {
        known = new KnownLaunches(database.Gateway);
        recorder = new LaunchRecorder(known, new LaunchRecord(database.Gateway), TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => known.DisposeAsync();

    [Fact]
    public async Task Launches_of_known_people_at_the_same_time_share_a_commit_and_keep_their_learners()
    {
        int[] districts = [await database.AddDistrictAsync(), await database.AddDistrictAsync()];
        var people = Enumerable.Range(0, 64).Select(n => (District: districts[n % 2], Subject: $"student-{n}")).ToList();
        var first = await Task.WhenAll(people.Select(person => WriteAsync(person.District, person.Subject)));
        Assert.Equal(64, first.Select(launch => launch!.Value.Learner).Distinct().Count());

        var launches = await Task.WhenAll(people.Select(person => LaunchAsync(person.District, person.Subject)));
        var second = await Task.WhenAll(people.Zip(launches, (person, launch) => recorder.WriteAsync(person.District, launch, TestContext.Current.CancellationToken)));

        Assert.Equal(first, second);
        Assert.All(districts, district => Assert.Equal(64, database.AskAsync<long>(Recorded, district).Result));
        var commits = await database.AskAsync<long>($"select count(distinct xmin::text) from gateway.launch where district_id in ({districts[0]}, {districts[1]})");
        Assert.InRange(commits, 65, 64 + 32);
    }

    [Fact]
    public async Task Of_many_copies_of_a_nonce_exactly_one_is_recorded()
    {
        var district = await database.AddDistrictAsync();
        var learner = (await WriteAsync(district, "student"))!.Value.Learner;
        var nonce = Guid.CreateVersion7();

        var launches = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => LaunchAsync(district, "student")));
        var copies = await Task.WhenAll(launches.Select(launch => recorder.WriteAsync(district, launch with { Nonce = nonce }, TestContext.Current.CancellationToken)));

        Assert.Equal(learner, Assert.Single(copies, copy => copy is not null)!.Value.Learner);
        Assert.Equal(2, await database.AskAsync<long>(Recorded, district));
    }

    [Fact]
    public async Task Launch_whose_learner_another_transaction_is_changing_holds_nobody_else_up()
    {
        var district = await database.AddDistrictAsync();
        var held = (await WriteAsync(district, "held"))!.Value.Learner;
        await WriteAsync(district, "free");
        await database.AskAsync<int>($"update gateway.learner set last_launch = '2020-01-01' where district_id = @d returning 1", district);
        await using var other = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var changing = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (NpgsqlCommand change = new($"update gateway.learner set role = role where id = {held}", other, changing))
            await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var waiting = WriteAsync(district, "held");
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteAsync(district, "free")));

        Assert.All(others, launch => Assert.NotNull(launch));
        Assert.False(waiting.IsCompleted);
        await changing.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(held, (await waiting)!.Value.Learner);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and last_launch <> last_seen", district));
    }

    [Fact]
    public async Task Launches_go_on_after_the_connection_was_lost()
    {
        var district = await database.AddDistrictAsync();
        var learner = (await WriteAsync(district, "student"))!.Value.Learner;
        await WriteAsync(district, "student");
        // The latest such query is this recorder's; connections of earlier tests wait in the pool.
        var ended = await database.AskAsync<long>($"""
            select count(pg_terminate_backend(pid)) from (
              select pid from pg_stat_activity where usename = '{database.ApplicationRole}' and query like '%record_known_launches%' order by query_start desc limit 1) a
            """);
        Assert.Equal(1, ended);

        Assert.Equal(learner, (await WriteAsync(district, "student"))!.Value.Learner);
        Assert.Equal(learner, (await WriteAsync(district, "student"))!.Value.Learner);
        Assert.Equal(4, await database.AskAsync<long>(Recorded, district));
    }

    [Fact]
    public async Task Launch_that_was_written_before_its_answer_got_lost_is_no_replay()
    {
        var district = await database.AddDistrictAsync();
        var launch = await LaunchAsync(district, "student");
        var first = await recorder.WriteAsync(district, launch, TestContext.Current.CancellationToken);

        Assert.Equal(first, await new LaunchRecord(database.Gateway).WriteAsync(district, launch, TestContext.Current.CancellationToken));
        Assert.Null(await recorder.WriteAsync(district, launch with { Launch = Guid.CreateVersion7() }, TestContext.Current.CancellationToken));
        Assert.Equal(1, await database.AskAsync<long>(Recorded, district));
    }

    [Fact]
    [Trait("Requirement", "L-1.11")]
    public async Task Known_subject_with_an_id_that_is_new_or_leads_elsewhere_is_not_just_recorded()
    {
        var district = await database.AddDistrictAsync();
        var learner = (await WriteAsync(district, "student"))!.Value.Learner;
        var sis = (await WriteAsync(district, "other", sis: "s-1"))!.Value.Learner;
        Assert.NotEqual(learner, sis);

        Assert.Equal(new RecordedLaunch(learner, null, Conflict: "subject_taken"), await WriteAsync(district, "student", sis: "s-1", legacy: "old"));
        Assert.Equal(new RecordedLaunch(learner, null), await WriteAsync(district, "student", legacy: "old"));

        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from gateway.learner_identity where district_id = @d and kind = 3 and learner_id = {learner}", district));
        Assert.Equal(4, await database.AskAsync<long>(Recorded, district));
    }

    [Fact]
    [Trait("Requirement", "L-1.8")]
    public async Task Known_person_whose_role_has_changed_has_the_new_one_afterwards()
    {
        var district = await database.AddDistrictAsync();
        await WriteAsync(district, "person");
        await recorder.WriteAsync(district, await LaunchAsync(district, "person") with { Role = "teacher" }, TestContext.Current.CancellationToken);
        Assert.Equal("teacher", await database.AskAsync<string>("select role from gateway.learner where district_id = @d", district));
    }

    private async Task<RecordedLaunch?> WriteAsync(int district, string subject, string? sis = null, string? legacy = null) =>
        await recorder.WriteAsync(district, await LaunchAsync(district, subject, sis, legacy), TestContext.Current.CancellationToken);

    private async Task<LaunchToRecord> LaunchAsync(int district, string subject, string? sis = null, string? legacy = null)
    {
        var keys = await database.Keys.GetAsync(district, TestContext.Current.CancellationToken);
        var now = database.Clock.GetUtcNow();
        return new LaunchToRecord(
            Guid.CreateVersion7(), Guid.CreateVersion7(), now.AddHours(1), await Rostering.Launches.RegistrationAsync(database, district), null, null,
            "LtiResourceLinkRequest", "student", Of(IdentifierKind.Subject, subject), Of(IdentifierKind.SisPerson, sis),
            Of(IdentifierKind.LegacyUser, legacy), null, keys.Version, [], now);

        Pseudonym? Of(IdentifierKind kind, string? id) => id is null ? null : keys.Pseudonyms.Of(kind, "scope"u8, Encoding.UTF8.GetBytes(id));
    }
}
