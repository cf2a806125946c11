using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Tests.Engine;
using Gateway.Tests.Rostering;
using Npgsql;

namespace Gateway.Tests.Privacy.Rights;

[Collection(RightsStage.Name)]
[Trait("Requirement", "P-3.5")]
public sealed class BlockTests(EngineStage stage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Later_launches_of_whoever_is_blocked_are_refused_and_store_nothing_until_unblocked()
    {
        var learner = await stage.LaunchAsync("student-8");
        var person = await stage.OfLmsAsync("student-8");
        await stage.EraseAsync(person, block: true);
        Assert.All((await stage.RowsOfAsync(learner)).Where(row => row.Key != "erasure"), row => Assert.Equal((row.Key, 0), (row.Key, row.Value)));
        await using var held = await stage.Stage.HoldJobsAsync();
        var rows = await CountsAsync();

        Assert.Equal("launch.person_blocked", await stage.CodeAsync("student-8"));
        Assert.Equal("launch.person_blocked", await stage.CodeAsync("student-8"));
        Assert.Equal(rows, await CountsAsync());
        Assert.NotNull((await stage.Get<AccessPerson>().RunAsync(stage.District(), person, Cancellation)).Value.Blocked);

        Assert.True((await stage.Get<BlockedPeople>().UnblockAsync(stage.District(), person, Cancellation)).Succeeded);
        Assert.NotEqual(learner, await stage.LaunchAsync("student-8"));
        Assert.Equal("person.not_blocked", Assert.Single((await stage.Get<BlockedPeople>().UnblockAsync(stage.District(), person, Cancellation)).Failures).Code);
    }

    [Fact]
    public async Task Rows_of_whoever_is_blocked_are_not_stored_whichever_way_the_roster_comes()
    {
        await stage.EraseAsync(Rights.OfSis("student-2"), block: true);
        await stage.ImportAsync(new MadeUpRoster());
        await stage.ImportAsync(new MadeUpRoster().Person("student-8", "student", "south").Enroll("student-8", "class-3"));
        Assert.Null(await stage.LearnerOfSisAsync("student-2"));
        Assert.NotNull(await stage.LearnerOfSisAsync("student-8"));

        // The roster has not changed since, and the person is on it.
        Assert.True((await stage.Get<BlockedPeople>().UnblockAsync(stage.District(), Rights.OfSis("student-2"), Cancellation)).Succeeded);
        await stage.ImportAsync(new MadeUpRoster().Person("student-8", "student", "south").Enroll("student-8", "class-3"));
        Assert.NotNull(await stage.LearnerOfSisAsync("student-2"));
        await stage.ImportAsync(new MadeUpRoster());
    }

    [Fact]
    public async Task Somebody_of_whom_nothing_is_held_can_be_blocked_before_the_first_launch()
    {
        var person = await stage.OfLmsAsync("student-9");
        var blocked = await stage.EraseAsync(person, block: true);

        Assert.Null(blocked.Erasure);
        Assert.Equal("launch.person_blocked", await stage.CodeAsync("student-9"));
        Assert.True((await stage.Get<BlockedPeople>().UnblockAsync(stage.District(), person, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Whatever_led_to_the_person_is_blocked_and_unblocked_as_one()
    {
        var learner = await stage.LaunchAsync("student-10");
        var other = Guid.CreateVersion7();
        await stage.Stage.Database.ExecuteAsync($"insert into gateway.learner_identity values ({stage.District}, 2, '{other}', 1, {learner})");
        var person = await stage.OfLmsAsync("student-10");
        await stage.EraseAsync(person, block: true);

        var together = await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.blocked_person where block_id = (select block_id from gateway.blocked_person where hash = '{other}')");
        Assert.True(together >= 2);
        Assert.Equal(together, (await stage.Get<BlockedPeople>().UnblockAsync(stage.District(), person, Cancellation)).Value);
    }

    [Fact]
    [Trait("Requirement", "P-3.1")]
    public async Task Under_a_new_version_of_the_key_people_are_found_and_stay_blocked()
    {
        var district = (await stage.Get<AddDistrict>().RunAsync("rotated", "Rotated", "UTC", null, false, Cancellation)).Value;
        await ImportAsync();
        await EraseAsync("student-1");
        Assert.True((await stage.Get<RotateDistrictKey>().RunAsync(district.Id, Cancellation)).Succeeded);
        stage.Stage.Clock.Advance(TimeSpan.FromMinutes(15));

        // Nobody has come since.
        var report = (await stage.Get<AccessPerson>().RunAsync(district, Rights.OfSis("student-2"), Cancellation)).Value;
        Assert.Equal(1, report.Tables["learner_identity"][0]!["key_version"]!.GetValue<int>());
        Assert.NotNull((await stage.Get<AccessPerson>().RunAsync(district, Rights.OfSis("student-1"), Cancellation)).Value.Blocked);
        await EraseAsync("student-3");

        await ImportAsync();
        Assert.Equal(6, await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.learner where district_id = {district.Id}"));
        foreach (var blocked in new[] { "student-1", "student-3" })
            Assert.Empty((await stage.Get<AccessPerson>().RunAsync(district, Rights.OfSis(blocked), Cancellation)).Value.Tables["learner"]);

        async Task ImportAsync()
        {
            using var folder = new TemporaryFolder();
            new MadeUpRoster().WriteTo(folder.Path);
            Assert.Null((await stage.Get<RosterImport>().RunAsync(district.Id, folder.Path, dryRun: false, approved: true, Cancellation)).Failure);
        }

        async Task EraseAsync(string person) =>
            Assert.True((await stage.Get<ErasePerson>().RunAsync(district, Rights.OfSis(person), block: true, ErasePerson.Objection, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task The_database_itself_lets_no_blocked_pseudonym_become_a_learners()
    {
        var hash = Guid.CreateVersion7();
        await stage.Stage.Database.ExecuteAsync($"insert into gateway.blocked_person values ({stage.District}, 2, '{hash}', 1, gen_random_uuid(), now())");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => stage.Stage.Database.ExecuteAsync(
            $"insert into gateway.learner_identity select {stage.District}, 2, '{hash}', 1, min(id) from gateway.learner where district_id = {stage.District}"));

        Assert.Equal(BlockedPeople.Refused, refused.SqlState);
        await stage.Stage.Database.ExecuteAsync($"delete from gateway.blocked_person where hash = '{hash}'");
    }

    private async Task<string> CountsAsync() => string.Join(' ', (await stage.Stage.Database.RowCountsAsync()).Select(table => $"{table.Key} {table.Value}"));
}
