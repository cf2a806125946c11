using System.Text.Json.Nodes;
using Lti.Messages;
using Lti.Tests.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Messages;

[Trait("Requirement", "L-1.8")]
public sealed class LtiRolesTests
{
    private const string Lis = "http://purl.imsglobal.org/vocab/lis/v2/";

    [Theory]
    [InlineData("instructor", Lis + "membership#Instructor")]
    [InlineData("learner", Lis + "membership#Learner")]
    [InlineData("instructor", "Instructor")]
    [InlineData("learner", "Learner")]
    [InlineData("learner", "urn:lti:role:ims/lis/Learner")]
    [InlineData("instructor assistant", Lis + "membership/Instructor#TeachingAssistant")]
    [InlineData("instructor assistant", "urn:lti:role:ims/lis/Instructor/TeachingAssistant")]
    [InlineData("instructor assistant", "TeachingAssistant")]
    [InlineData("instructor assistant", Lis + "membership#TeachingAssistant")]
    [InlineData("instructor assistant", Lis + "membership/instructor#TeachingAssistant")]
    [InlineData("instructor assistant", "urn:lti:role:ims/lis/TeachingAssistant")]
    [InlineData("instructor assistant", "urn:lti:role:ims/lis/TeachingAssistant/TeachingAssistant")]
    [InlineData("instructor", Lis + "membership/Instructor#Grader")]
    [InlineData("learner", Lis + "membership/Learner#Instructor")]
    [InlineData("mentor", Lis + "membership#Mentor")]
    [InlineData("developer", Lis + "membership#ContentDeveloper")]
    [InlineData("context-admin", Lis + "membership#Administrator")]
    [InlineData("institution-admin", Lis + "institution/person#Administrator")]
    [InlineData("institution-admin", Lis + "system/person#SysAdmin")]
    [InlineData("", Lis + "institution/person#Instructor")]
    [InlineData("", Lis + "institution/person#Student")]
    [InlineData("test", "http://purl.imsglobal.org/vocab/lti/system/person#TestUser")]
    [InlineData("instructor learner", Lis + "membership#Learner", Lis + "membership#Instructor", Lis + "institution/person#Staff")]
    [InlineData("learner", "https://lms.example/roles#Superuser", Lis + "membership#Learner")]
    [InlineData("")]
    [InlineData("", "")]
    [InlineData("", "instructor")]
    [InlineData("", " Instructor")]
    [InlineData("", "Instructor,Learner")]
    [InlineData("", "https://evil.example/membership#Instructor")]
    [InlineData("", Lis + "membership#Instructors")]
    [InlineData("", Lis + "membership/Learner#Made-Up")]
    public async Task Roles_grant_what_they_say_and_unknown_ones_nothing(string expected, params string[] roles)
    {
        Assert.Equal(expected, Describe(LtiRoles.Parse(roles)));

        // The same through a token.
        await using var scene = await Scene.StartAsync();
        var message = (await scene.LaunchAsync(claims => claims[Claims.Roles] = new JsonArray([.. roles]))).Accepted().Message;
        Assert.Equal(expected, Describe(message.Roles));
    }

    [Fact]
    public async Task Roles_that_are_not_a_list_of_text_launch_with_the_least_privilege()
    {
        await using var scene = await Scene.StartAsync();
        var message = (await scene.LaunchAsync(claims => claims[Claims.Roles] = new JsonArray(7, null, new JsonObject { ["a"] = 1 }))).Accepted().Message;
        Assert.Empty(message.Roles.Known);
        message = (await scene.LaunchAsync(claims => claims[Claims.Roles] = Claims.Instructor)).Accepted().Message;
        Assert.True(message.Roles.IsInstructor);
    }

    [Fact]
    public void Unknown_roles_leave_no_text_behind()
    {
        var roles = LtiRoles.Parse("canary#Instructor", Lis + "membership/Instructor#Lecturer");
        Assert.Equal("Context.Instructor Context.Instructor.Lecturer", roles.ToString());
    }

    private static string Describe(LtiRoles roles) => string.Join(' ', new (bool Has, string Name)[]
    {
        (roles.IsInstructor, "instructor"), (roles.IsTeachingAssistant, "assistant"), (roles.IsLearner, "learner"),
        (roles.IsMentor, "mentor"), (roles.IsContentDeveloper, "developer"), (roles.IsContextAdministrator, "context-admin"),
        (roles.IsInstitutionAdministrator, "institution-admin"), (roles.IsTestUser, "test"),
    }.Where(one => one.Has).Select(one => one.Name));
}
