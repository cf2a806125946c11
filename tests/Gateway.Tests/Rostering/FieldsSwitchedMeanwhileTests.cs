using System.Text;
using Gateway.Privacy;
using Gateway.Rostering;
using Npgsql;
using OneRoster.Csv;
using OneRoster.Model;

namespace Gateway.Tests.Rostering;

/// <summary>What a district switches on or off while a run is under way, waits, or brings changes only.</summary>
[Trait("Requirement", "P-1.4")]
public sealed class FieldsSwitchedMeanwhileTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string WaitsForALock = "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))";

    private static readonly SharedField[] Every = Enum.GetValues<SharedField>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_switched_off_while_a_run_reads_is_not_stored_by_it()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        var run = database.Pipeline.RunAsync(Request(district), slow, Cancellation);
        await slow.Reading;

        await database.ShareAsync(district, SharedField.School, SharedField.Role);
        slow.Release();

        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.Equal(["school.name"], await KeptFields.AnyAsync(database, district));
        await database.ShareAsync(district, Every);
        Assert.Null((await database.ImportAsync(district, new MadeUpRoster())).SameAs);
        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    public async Task What_is_switched_off_between_the_comparison_and_the_switch_is_not_stored_and_counts_as_no_change()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ShareAsync(district, Every);
        await using var launch = await database.Owner.OpenConnectionAsync(Cancellation);
        await ExecuteAsync(launch, "select pg_advisory_lock(hashtextextended('gateway.learners', @d::bigint))", district);
        var run = database.ImportAsync(district, new MadeUpRoster());

        // The comparison is done: the run waits to write.
        await Eventually.TrueAsync(() => database.AskAsync<bool>(WaitsForALock));
        await database.ShareAsync(district, SharedField.Subjects);
        await ExecuteAsync(launch, "select pg_advisory_unlock(hashtextextended('gateway.learners', @d::bigint))", district);

        var outcome = await run;
        Assert.Equal(["class changed 3"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
        Assert.Equal(["class.subjects"], await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    public async Task A_run_waits_for_whoever_is_changing_what_is_given_and_then_looks_again()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await using var change = await database.Owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await change.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(change, "select pg_advisory_xact_lock(hashtextextended('gateway.mappings', @d::bigint))", district);
        await database.ShareAsync(change, district);
        var run = database.ImportAsync(district, new MadeUpRoster());

        await Eventually.TrueAsync(() => database.AskAsync<bool>(WaitsForALock));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.class where district_id = @d", district));
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.Empty(await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    public async Task Whoever_changes_what_is_given_waits_until_the_run_has_written()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, new MadeUpRoster());
        await using var blocker = await database.Owner.OpenConnectionAsync(Cancellation);
        await using var row = await blocker.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(blocker, "select id from gateway.school where district_id = @d for update", district);
        var run = database.ImportAsync(district, new MadeUpRoster().Replace("orgs", MadeUpRoster.Personal("name"), "North"));
        await Eventually.TrueAsync(() => database.AskAsync<bool>("select exists (select from pg_locks where locktype = 'transactionid' and not granted)"));

        Assert.False(await database.AskAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended('gateway.mappings', @d::bigint))", district));

        await row.CommitAsync(Cancellation);
        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.True(await database.AskAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended('gateway.mappings', @d::bigint))", district));
    }

    [Fact]
    public async Task What_is_switched_on_while_a_run_reads_comes_with_the_next_one()
    {
        var district = await database.AddDistrictAsync();
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        var run = database.Pipeline.RunAsync(Request(district), slow, Cancellation);
        await slow.Reading;

        await database.ShareAsync(district, Every);
        slow.Release();

        Assert.Equal(RosterRunState.Applied, (await run).State);
        Assert.Empty(await KeptFields.AnyAsync(database, district));
        await database.ImportAsync(district, new MadeUpRoster());
        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    [Trait("Requirement", "R-3.3")]
    public async Task A_roster_that_waits_is_held_without_what_was_switched_off_before_and_without_the_grades_of_adults()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ShareAsync(district, Every);
        using var folder = new TemporaryFolder();
        Fewer().ReplaceIn("users", "teacher-1,", ",09,", ",Teaching,").ReplaceIn("users", "student-2,", ",09,", ",Learning,").WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        var run = database.Pipeline.RunAsync(Request(district), slow, Cancellation);
        await slow.Reading;
        await database.ShareAsync(district, SharedField.School, SharedField.Grades);
        slow.Release();

        Assert.Equal(RosterRunState.Waiting, (await run).State);
        Assert.True(await IsHeldAsync(district, MadeUpRoster.Personal("name")));
        Assert.True(await IsHeldAsync(district, "Learning"));
        Assert.False(await IsHeldAsync(district, "Teaching"));
        Assert.False(await IsHeldAsync(district, MadeUpRoster.Personal("title")));
        Assert.False(await IsHeldAsync(district, "Algebra"));
    }

    [Fact]
    [Trait("Requirement", "R-3.3")]
    public async Task An_approval_stores_of_what_was_held_only_what_is_given_by_then()
    {
        var (district, other) = (await database.AddDistrictAsync(), await database.AddDistrictAsync());
        foreach (var each in new[] { district, other })
        {
            await database.ImportAsync(each, new MadeUpRoster());
            await database.ShareAsync(each, Every);
            Assert.Equal(RosterRunState.Waiting, (await database.ImportAsync(each, Fewer(), approved: false)).State);
        }

        await database.ShareAsync(other, SharedField.Grades);

        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);
        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(other)).State);
        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
        Assert.Equal(["class.grades", "learner.grades"], await KeptFields.AnyAsync(database, other));
    }

    [Fact]
    [Trait("Requirement", "R-3.3")]
    public async Task Additions_that_go_ahead_of_a_waiting_run_bring_their_fields()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { AdditionsAhead = true });
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ShareAsync(district, Every);

        var outcome = await database.ImportAsync(district, Fewer().Person("new", "student", "north").Enroll("new", "class-1"), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(["learner.grades"], await KeptFields.AnyAsync(database, district));
        Assert.Equal(("09", "none"), (await KeptFields.GradesOfAsync(database, district, "new"), await KeptFields.GradesOfAsync(database, district, "student-2")));
        await database.ApproveAsync(district);
        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task A_roster_is_not_recognised_after_a_field_was_switched_on_and_is_the_night_after()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster().Replace("classes", "Algebra", ""));
        await database.ShareAsync(district, SharedField.Subjects);

        // Not a value is read of the field: what is staged is the same as the night before.
        var next = await database.ImportAsync(district, new MadeUpRoster().Replace("classes", "Algebra", ""));
        var last = await database.ImportAsync(district, new MadeUpRoster().Replace("classes", "Algebra", ""));

        Assert.Equal((null, next.RunId), (next.SameAs, last.SameAs));
    }

    [Fact]
    [Trait("Requirement", "R-1.6")]
    public async Task Changes_only_leave_what_they_do_not_name_and_bring_what_they_do()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await database.PictureAsync(district);
        Assert.Empty((await ApplyChangesAsync(district, Nothing())).Changes);
        Assert.Equal(before, await database.PictureAsync(district));

        var outcome = await ApplyChangesAsync(district, Nothing()
            .Class("class-1", "north").ReplaceIn("classes", "class-1,", MadeUpRoster.Personal("title"), "Algebra 1")
            .User("student-3").ReplaceIn("users", "student-3,", ",09,", ",10,"));

        Assert.Equal(["class changed 1", "learner changed 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
        Assert.Equal(("10", "09"), (await KeptFields.GradesOfAsync(database, district, "student-3"), await KeptFields.GradesOfAsync(database, district, "student-2")));
    }

    [Fact]
    [Trait("Requirement", "R-1.6")]
    public async Task Changes_only_complete_nothing_with_what_was_switched_off()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ShareAsync(district, SharedField.ClassTitle);

        await ApplyChangesAsync(district, Nothing());

        Assert.Equal(["class.title"], await KeptFields.AnyAsync(database, district));
    }

    private static RosterRunRequest Request(int district) => new(district, RosterTrigger.Command, DryRun: false);

    /// <summary>Without one of the students, which of so few is a share to approve.</summary>
    private static MadeUpRoster Fewer() => new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal));

    private static MadeUpRoster Nothing()
    {
        var roster = new MadeUpRoster();
        foreach (var file in new[] { "academicSessions", "orgs", "courses", "classes", "users", "roles", "enrollments" })
            roster.Remove(file, _ => true);
        return roster;
    }

    private async Task<RosterRunOutcome> ApplyChangesAsync(int district, MadeUpRoster roster)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        await using var source = new PartialSource(CsvRosterSource.Open(folder.Path, new CsvLimits()).Source!, _ => RosterExtent.Changes);
        return await database.Pipeline.RunAsync(Request(district) with { Approved = true }, source, Cancellation);
    }

    private Task<bool> IsHeldAsync(int district, string text) => database.AskAsync<bool>(
        $"select coalesce(bool_or(position('\\x{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}'::bytea in bytes) > 0), false) from gateway.roster_held where district_id = @d", district);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, int district)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("d", district);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
