using System.Text;
using System.Text.Json.Nodes;
using Lti.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

/// <summary>Numbers where texts belong and a text where a list belongs: taken where there is one meaning, else refused in the right words.</summary>
[Trait("Requirement", "T-10")]
public sealed class ClaimTypeTests
{
    private static readonly Dictionary<string, Action<JsonObject, JsonNode?>> Ids = new()
    {
        ["sub"] = (claims, value) => claims["sub"] = value,
        ["deployment_id"] = (claims, value) => claims[Claims.DeploymentId] = value,
        ["resource_link.id"] = (claims, value) => claims[Claims.ResourceLink] = new JsonObject { ["id"] = value },
        ["context.id"] = (claims, value) => claims[Claims.Context] = new JsonObject { ["id"] = value },
        ["aud"] = (claims, value) => claims["aud"] = value,
        ["azp"] = (claims, value) => claims["azp"] = value,
        ["for_user.user_id"] = (claims, value) =>
        {
            claims[Claims.MessageType] = "LtiSubmissionReviewRequest";
            claims[Claims.ForUser] = new JsonObject { ["user_id"] = value };
        },
    };

    public static TheoryData<string, string> NoTexts =>
    [
        .. from name in Ids.Keys
           from value in new[] { "1.0", "1.5", "1e3", "-0", "9007199254740992", "123456789012345678901234567890", "true", "{}", "[[]]" }
           select (name, value),
    ];

    [Theory]
    [InlineData("4711")]
    [InlineData("0")]
    [InlineData("-7")]
    [InlineData("9007199254740991")]
    public async Task Whole_number_is_its_own_text(string number)
    {
        await using var scene = await Scene.StartAsync();
        var (text, accepted) = (Encoding.UTF8.GetBytes(number), (await scene.LaunchAsync(claims =>
        {
            foreach (var name in new[] { "sub", "resource_link.id", "context.id" }) Ids[name](claims, JsonNode.Parse(number));
        })).Accepted());

        Assert.Equal(text, accepted.Message.Subject!.ExposeUtf8().ToArray());
        Assert.Equal((number, number), (accepted.Message.ResourceLinkId, accepted.Message.Context!.Id));
    }

    [Fact]
    public async Task Deployment_client_and_learner_under_review_may_be_numbers()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Clear();
        scene.Store.Add(scene.Registration with { DeploymentIds = ["7"], ClientId = "10000000000042" });
        var begun = await scene.BeginAsync(login => login["client_id"] = "10000000000042");
        var outcome = await scene.LaunchAsync(begun, begun.Sign(claims =>
        {
            foreach (var name in new[] { "aud", "azp" }) Ids[name](claims, 10000000000042);
            Ids["deployment_id"](claims, 7);
            Ids["for_user.user_id"](claims, 33);
        }));

        Assert.Equal("33"u8.ToArray(), outcome.Accepted().Message.SubmissionUser!.ExposeUtf8().ToArray());
    }

    [Theory]
    [MemberData(nameof(NoTexts))]
    public async Task What_has_no_text_of_its_own_is_refused_with_the_claims_name(string name, string value)
    {
        await using var scene = await Scene.StartAsync();
        var refusal = (await scene.LaunchAsync(claims => Ids[name](claims, JsonNode.Parse(value)))).Refusal();

        Assert.Equal(("lti.claim_type_invalid", name), (refusal.Code, refusal.Detail));
    }

    [Fact]
    public async Task Id_that_is_too_long_is_not_called_missing()
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(LaunchRefusal.ClaimsMalformed, (await scene.LaunchAsync(claims => claims["sub"] = new string('s', 1025))).Refusal());
    }

    [Theory]
    [InlineData("https://purl.imsglobal.org/spec/lti-ags/scope/score")]
    [InlineData("https://other.example/scope https://purl.imsglobal.org/spec/lti-ags/scope/score")]
    public async Task Scopes_may_be_one_text(string scope)
    {
        await using var scene = await Scene.StartAsync();
        var accepted = (await scene.LaunchAsync(claims => claims[Claims.GradeService]!["scope"] = scope)).Accepted();
        Assert.Equal(["https://purl.imsglobal.org/spec/lti-ags/scope/score"], accepted.Message.GradeService!.Scopes);
    }

    [Fact]
    public async Task Role_may_be_one_text()
    {
        await using var scene = await Scene.StartAsync();
        Assert.True((await scene.LaunchAsync(claims => claims[Claims.Roles] = Claims.Instructor)).Accepted().Message.Roles.IsInstructor);
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("azp")]
    [InlineData(Claims.Context)]
    [InlineData(Claims.Custom)]
    [InlineData(Claims.Lis)]
    [InlineData(Claims.GradeService)]
    public async Task Optional_claim_that_is_null_is_absent(string name)
    {
        await using var scene = await Scene.StartAsync();
        (await scene.LaunchAsync(claims => claims[name] = null)).Accepted();
    }

    [Theory]
    [InlineData("sub", "lti.subject_missing")]
    [InlineData("exp", "lti.times_missing")]
    [InlineData(Claims.DeploymentId, "lti.deployment_missing")]
    [InlineData(Claims.ResourceLink, "lti.resource_link_missing")]
    public async Task Required_claim_that_is_null_is_missing(string name, string code)
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(code, (await scene.LaunchAsync(claims => claims[name] = null)).Refusal().Code);
    }

    [Fact]
    public async Task Number_where_an_address_belongs_is_no_address()
    {
        await using var scene = await Scene.StartAsync();
        Assert.Null((await scene.LaunchAsync(claims => claims[Claims.GradeService]!["lineitem"] = 7)).Accepted().Message.GradeService!.LineItem);
    }
}
