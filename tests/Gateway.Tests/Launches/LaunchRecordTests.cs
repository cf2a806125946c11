using System.Text;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Launches;

/// <summary>What one launch does in the database.</summary>
public sealed class LaunchRecordTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Learners = "select count(*) from gateway.learner where district_id = @d";
    private const string Kinds = "select coalesce(string_agg(kind::text, ',' order by kind), '') from gateway.learner_identity where district_id = @d";
    private const string Feed = "select coalesce(string_agg(kind, ' ' order by sequence), '') from gateway.change where district_id = @d";

    [Fact]
    [Trait("Requirement", "T-1")]
    public async Task Three_ids_that_were_three_learners_stay_three_after_a_launch_that_carries_them_all()
    {
        var district = await database.AddDistrictAsync();
        var oldest = await LearnerAsync(district, subject: "sub of 1.1 days", legacy: "old id");
        var second = await LearnerAsync(district, subject: "another person's", sis: "student-9");
        var third = await LearnerAsync(district, subject: "new sub");
        Assert.Equal(3, new[] { oldest, second, third }.Distinct().Count());

        Assert.Equal(third, await LearnerAsync(district, subject: "new sub", sis: "student-9", legacy: "old id"));

        Assert.Equal(3, await database.AskAsync<long>(Learners, district));
        Assert.Equal("1,1,1,2,3", await database.AskAsync<string>(Kinds, district));
        Assert.Equal("added added added", await database.AskAsync<string>(Feed, district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.learner_conflict where district_id = @d and learner_id = {third} and other_id in ({oldest}, {second})", district));
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Learner_under_review_is_found_and_never_made()
    {
        var district = await database.AddDistrictAsync();
        var student = await LearnerAsync(district, subject: "student");

        var known = await RecordAsync(district, subject: "teacher", reviewed: "student");
        var unknown = await RecordAsync(district, subject: "teacher", reviewed: "nobody");
        var self = await RecordAsync(district, subject: "newcomer", reviewed: "newcomer");

        Assert.Equal(student, known!.Value.ReviewedLearner);
        Assert.Null(unknown!.Value.ReviewedLearner);
        Assert.Equal(self!.Value.Learner, self.Value.ReviewedLearner);
        Assert.Equal(3, await database.AskAsync<long>(Learners, district));
    }

    [Fact]
    [Trait("Requirement", "L-1.9")]
    public async Task Guest_spends_the_nonce_and_leaves_nothing_else()
    {
        var district = await database.AddDistrictAsync();
        var nonce = Guid.CreateVersion7();

        Assert.Equal(new RecordedLaunch(null, null), await RecordAsync(district, subject: null, nonce: nonce));
        Assert.Null(await RecordAsync(district, subject: null, nonce: nonce));

        Assert.Equal(0, await database.AskAsync<long>(Learners, district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.launch where district_id = @d", district));
        Assert.Equal("", await database.AskAsync<string>(Feed, district));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.spent_value where district_id = @d", district));
    }

    [Fact]
    public async Task Replicas_of_the_version_before_still_record_launches()
    {
        var district = await database.AddDistrictAsync();
        var registration = await Rostering.Launches.RegistrationAsync(database, district);

        var learner = await database.Gateway.InDistrictAsync(district, async session =>
        {
            await using var command = session.Command($"""
                select gateway.record_launch(gen_random_uuid(), now(), gen_random_uuid(), {registration}, null, 'LtiResourceLinkRequest', 'student',
                                             gen_random_uuid(), null, 1::smallint, now())
                """);
            return (long)(await command.ExecuteScalarAsync())!;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from gateway.launch where district_id = @d and learner_id = {learner}", district));
    }

    private async Task<long> LearnerAsync(int district, string subject, string? sis = null, string? legacy = null) =>
        (await RecordAsync(district, subject, sis, legacy))!.Value.Learner!.Value;

    private async Task<RecordedLaunch?> RecordAsync(
        int district, string? subject, string? sis = null, string? legacy = null, string? reviewed = null, Guid? nonce = null)
    {
        var keys = await database.Keys.GetAsync(district, TestContext.Current.CancellationToken);
        var now = database.Clock.GetUtcNow();
        return await new LaunchRecord(database.Gateway).WriteAsync(
            district,
            new LaunchToRecord(
                Guid.CreateVersion7(), nonce ?? Guid.CreateVersion7(), now.AddHours(1), await Rostering.Launches.RegistrationAsync(database, district), null, null,
                "LtiResourceLinkRequest", "student", Of(IdentifierKind.Subject, subject), Of(IdentifierKind.SisPerson, sis),
                Of(IdentifierKind.LegacyUser, legacy), Of(IdentifierKind.Subject, reviewed), keys.Version, [], now),
            TestContext.Current.CancellationToken);

        Pseudonym? Of(IdentifierKind kind, string? id) => id is null ? null : keys.Pseudonyms.Of(kind, "scope"u8, Encoding.UTF8.GetBytes(id));
    }
}
