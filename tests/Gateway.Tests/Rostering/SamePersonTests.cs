using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-3.7")]
public sealed class SamePersonTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Learners = "select count(*) from gateway.learner where district_id = @d and on_roster";

    [Fact]
    public async Task Records_with_one_master_identifier_are_one_learner_where_the_district_says_so()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "master-identifier" });

        await database.ImportAsync(district, Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1")));

        Assert.Equal(7, await database.AskAsync<long>(Learners, district));
        Assert.Equal(await LearnerOfAsync(district, "student-1"), await LearnerOfAsync(district, "student-4"));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner_identity where district_id = @d and kind not in (1, 2)", district));
    }

    [Fact]
    public async Task Without_the_setting_every_record_is_a_person()
    {
        var district = await database.AddDistrictAsync();

        await database.ImportAsync(district, Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1")));

        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
    }

    [Theory]
    [InlineData("after:@", "north@77", "south@77")]
    [InlineData("before:/", "77/north", "77/south")]
    public async Task A_part_of_the_sourced_id_may_say_who_is_one_person(string rule, string one, string other)
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = rule });

        await database.ImportAsync(district, new MadeUpRoster().Person(one, "student", "north").Enroll(one, "class-1").Person(other, "student", "south").Enroll(other, "class-3"));

        Assert.Equal(9, await database.AskAsync<long>(Learners, district));
        Assert.Equal(await LearnerOfAsync(district, one), await LearnerOfAsync(district, other));
    }

    [Fact]
    public async Task Two_learners_that_turn_out_to_be_one_become_the_older_one_and_the_next_run_changes_nothing()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var (first, second) = (await LearnerOfAsync(district, "student-1"), await LearnerOfAsync(district, "student-4"));
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "master-identifier" });
        MadeUpRoster Roster() => Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1"));

        await database.ImportAsync(district, Roster());

        Assert.Equal(Math.Min(first, second), await LearnerOfAsync(district, "student-1"));
        Assert.Equal(Math.Min(first, second), await LearnerOfAsync(district, "student-4"));
        Assert.Equal(7, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.change where district_id = @d and kind = 'merged'", district));
        Assert.Empty((await database.ImportAsync(district, Roster())).Changes);
    }

    [Fact]
    public async Task A_further_record_of_somebody_known_leads_to_the_known_learner()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "after:@" });
        MadeUpRoster Roster() => new MadeUpRoster().Person("south@77", "student", "south").Enroll("south@77", "class-3");
        await database.ImportAsync(district, Roster());
        var known = await LearnerOfAsync(district, "south@77");

        await database.ImportAsync(district, Roster().Person("north@77", "student", "north").Enroll("north@77", "class-1"));

        Assert.Equal(9, await database.AskAsync<long>(Learners, district));
        Assert.Equal((known, known), (await LearnerOfAsync(district, "south@77"), await LearnerOfAsync(district, "north@77")));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and learner_id = {known} and ended_on is null", district));
    }

    [Fact]
    public async Task A_dry_run_merges_nobody()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "master-identifier" });
        var before = await database.PictureAsync(district);

        await database.ImportAsync(district, Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1")), dryRun: true);

        Assert.Equal(before, await database.PictureAsync(district));
    }

    /// <summary>Gives each record a master identifier: the one that is named, or one of its own.</summary>
    private static MadeUpRoster Masters(MadeUpRoster roster, params (string User, string Master)[] masters)
    {
        foreach (var user in Enumerable.Range(1, 6).Select(n => $"student-{n}").Concat(["teacher-1", "teacher-2", "guardian-1"]))
            roster.ReplaceIn("users", $"{user},", MadeUpRoster.Personal("master"), masters.FirstOrDefault(one => one.User == user).Master ?? $"own-{user}");
        return roster;
    }

    private async Task<long> LearnerOfAsync(int district, string sourcedId) => await database.AskAsync<long>(
        $"select learner_id from gateway.learner_identity where district_id = @d and kind = 2 and hash = '{await Launches.SisHashAsync(database, district, sourcedId)}'", district);
}
