using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Launches;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd;

/// <summary>Who is neither student nor teacher of a course gets in, and nothing is kept or graded of them.</summary>
[Trait("Requirement", "T-4")]
public sealed class CourseRoleTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private const string Lis = "http://purl.imsglobal.org/vocab/lis/v2/";
    private const string Institution = Lis + "institution/person#";

    [Theory]
    [InlineData("observer", Institution + "Observer", Lis + "membership#Mentor")]
    [InlineData("parent", Lis + "membership/Mentor#Auditor")]
    [InlineData("designer", Lis + "membership#ContentDeveloper")]
    [InlineData("course-administrator", Lis + "membership#Administrator")]
    [InlineData("manager", Lis + "membership#Manager")]
    [InlineData("account-administrator", Institution + "Administrator", Lis + "system/person#SysAdmin")]
    [InlineData("institution-observer", Institution + "Observer")]
    [InlineData("guest", Institution + "Guest")]
    [InlineData("other", Institution + "Other", Lis + "system/person#User")]
    [InlineData("designer-who-teaches-elsewhere", Lis + "membership#ContentDeveloper", Institution + "Instructor")]
    public async Task Person_without_a_part_in_the_course_is_let_in_without_a_record_or_a_score_ticket(string who, params string[] roles)
    {
        // The first graded launch of a registration teaches where its line items are.
        await OpenAsync("student-before", [Lis + "membership#Learner"]);
        var before = await cases.RowsAsync();
        var (first, second) = (await OpenAsync(who, roles), await OpenAsync(who, roles));
        var left = (await cases.RowsAsync()).Except(before);

        Assert.NotEqual(first.GetProperty("sub").GetString(), second.GetProperty("sub").GetString());
        Assert.True(first.GetProperty("guest").GetBoolean());
        Assert.False(first.TryGetProperty("role", out _));
        Assert.False(first.TryGetProperty("score_ticket", out _));
        Assert.All(left, row => Assert.StartsWith("spent_value ", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("student", true, Lis + "membership#Learner", Institution + "Administrator")]
    [InlineData("student", true, Lis + "membership#Learner", Lis + "membership#Instructor")]
    [InlineData("student", true, Lis + "membership#Learner", Lis + "membership#Mentor")]
    [InlineData("student", true, Institution + "Student")]
    [InlineData("student", true, "https://lms.example/roles#pupil")]
    [InlineData("teacher", false, Lis + "membership#Instructor", Lis + "membership#Administrator")]
    [InlineData("teacher", false, Lis + "membership/Instructor#TeachingAssistant")]
    [InlineData("teacher", false, "TeachingAssistant")]
    [InlineData("teacher", false, Institution + "Instructor")]
    [InlineData("teacher", false, Institution + "Faculty", Institution + "Staff")]
    // Open edX: an instructor, and its staff.
    [InlineData("teacher", false, Institution + "Instructor", Institution + "Student")]
    [InlineData("teacher", false, Lis + "system/person#Administrator", Institution + "Instructor", Institution + "Student")]
    public async Task Who_learns_or_teaches_is_known_again_and_only_students_are_graded(string role, bool graded, params string[] roles)
    {
        var subject = $"{role}-{roles.Length}-{roles[0].Length}-{roles[^1].Length}";
        var (first, second) = (await OpenAsync(subject, roles), await OpenAsync(subject, roles));

        Assert.Equal(first.GetProperty("sub").GetString(), second.GetProperty("sub").GetString());
        Assert.Equal(role, first.GetProperty("role").GetString());
        Assert.False(first.TryGetProperty("guest", out _));
        Assert.Equal(graded, first.TryGetProperty("score_ticket", out _));
    }

    [Fact]
    public async Task Canvas_names_the_course_so_a_teacher_of_another_one_is_no_teacher_there()
    {
        var client = await cases.RegisterAsync("case-canvas", () => CasePlatform.KeySet(Lti.Tests.Platform.SigningKey.First));
        await cases.Stage.Database.ExecuteAsync($"update gateway.registration set kind = 'canvas' where id = {cases.NumberOf(client)}");
        cases.Stage.Services.GetRequiredService<RegistrationDirectory>().Forget(cases.NumberOf(client));

        var elsewhere = await OpenAsync("canvas-elsewhere", [Institution + "Instructor", Lis + "system/person#User"], client);
        var here = await OpenAsync("canvas-here", [Lis + "membership#Instructor", Institution + "Instructor"], client);

        Assert.False(elsewhere.TryGetProperty("role", out _));
        Assert.True(elsewhere.GetProperty("guest").GetBoolean());
        Assert.Equal("teacher", here.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Learner_who_designs_another_course_keeps_the_record_untouched()
    {
        var student = await OpenAsync("two-courses", [Lis + "membership#Learner"]);
        await OpenAsync("two-courses", [Lis + "membership#ContentDeveloper"]);
        var again = await OpenAsync("two-courses", [Lis + "membership#Learner"]);

        Assert.Equal(student.GetProperty("sub").GetString(), again.GetProperty("sub").GetString());
        Assert.Equal(2, await cases.Stage.Database.AskAsync<long>($"select count(*) from gateway.launch where learner_id = {await cases.Stage.LearnerOfAsync(student)}"));
    }

    [Fact]
    public async Task Observer_who_is_blocked_is_refused_although_nothing_would_be_kept()
    {
        await cases.BlockAsync("blocked-observer");
        var launch = await cases.BeginAsync();
        var answer = await launch.SendAsync(launch.Sign(Claims("blocked-observer", [Lis + "membership#Mentor"])));

        Assert.Equal("launch.person_blocked", answer.PageCode);
    }

    [Theory]
    [InlineData("membership#Mentor")]
    [InlineData("membership#ContentDeveloper")]
    [InlineData("institution/person#Administrator")]
    public async Task Nobody_but_a_teacher_reviews_the_work_of_others(string role)
    {
        var launch = await cases.BeginAsync();
        var answer = await launch.SendAsync(launch.Sign(claims =>
        {
            Claims("reviewer", [Lis + role])(claims);
            claims[Claim.MessageType] = "LtiSubmissionReviewRequest";
            claims[Claim.ForUser] = new JsonObject { ["user_id"] = "somebody-else" };
        }));

        Assert.Equal("launch.review_not_yours", answer.PageCode);
    }

    [Theory]
    [Trait("Requirement", "T-23")]
    [InlineData("membership#Instructor", "reviewed-student")]
    [InlineData("membership#Learner", "reviewer-own")]
    public async Task Review_gives_no_right_to_send_a_score(string role, string user)
    {
        var launch = await cases.BeginAsync();
        var answer = await launch.SendAsync(launch.Sign(claims =>
        {
            Claims("reviewer-own", [Lis + role])(claims);
            claims[Claim.MessageType] = "LtiSubmissionReviewRequest";
            claims[Claim.ForUser] = new JsonObject { ["user_id"] = user };
        }));

        Assert.False((await cases.Engine.SignInAsync(answer.Location!)).TryGetProperty("score_ticket", out _));
    }

    private static Action<JsonObject> Claims(string subject, string[] roles) => claims =>
    {
        claims["sub"] = subject;
        claims[Claim.Roles] = new JsonArray([.. roles]);
        claims[Claim.Lis] = new JsonObject { ["person_sourcedid"] = $"sis-of-{subject}" };
    };

    private async Task<JsonElement> OpenAsync(string subject, string[] roles, string client = CaseStage.Main)
    {
        var launch = await cases.BeginAsync(client);
        var answer = await launch.SendAsync(launch.Sign(Claims(subject, roles)));
        return answer.Location is { } handOff
            ? await cases.Engine.SignInAsync(handOff)
            : throw new InvalidOperationException($"The launch was refused: {answer.PageCode}");
    }
}
