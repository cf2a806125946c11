using System.Text.Json.Nodes;
using Lti.Messages;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

public sealed class AcceptedLaunchTests
{
    private static readonly string[] Personal =
        ["given_name", "family_name", "name", "email", "picture", Claims.Lis, Claims.Custom, "https://lms.example/extension"];

    private static readonly Dictionary<string, Action<JsonObject>> Variants = new()
    {
        ["plain"] = _ => { },
        ["no personal data"] = claims => Remove(claims, Personal),
        ["only e-mail"] = claims => Remove(claims, [.. Personal.Except(["email"])]),
        ["only names"] = claims => Remove(claims, [.. Personal.Except(["given_name", "family_name"])]),
        ["e-mail without context"] = claims => Remove(claims, [.. Personal.Except(["email"]), Claims.Context]),
        ["several audiences with azp"] = claims =>
        {
            claims["aud"] = new JsonArray("other", Scene.ClientId);
            claims["azp"] = Scene.ClientId;
        },
        ["audience as an array of one"] = claims => claims["aud"] = new JsonArray(Scene.ClientId),
        ["platform's clock 45 s ahead"] = claims => Shift(claims, 45),
        ["platform's clock 45 s behind, token lives for a minute"] = claims =>
        {
            Shift(claims, -45);
            claims["exp"] = claims["iat"]!.GetValue<long>() + 60;
        },
        ["platform's clock 45 s behind and exp just passed"] = claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 45,
        ["times with a fraction"] = claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 0.5,
        ["optional claims null"] = claims =>
        {
            foreach (var name in new[] { Claims.Context, Claims.Custom, Claims.Lis, Claims.GradeService, "azp" }) claims[name] = null;
        },
        ["optional claims of the wrong type"] = claims =>
        {
            claims[Claims.Context] = 5;
            claims[Claims.Custom] = new JsonArray("grade");
            claims[Claims.Lis] = "text";
        },
    };

    public static TheoryData<string, string> VariantsByPerson =>
        [.. Variants.Keys.SelectMany(variant => new[] { (variant, Claims.Learner), (variant, Claims.Instructor) })];

    [Theory]
    [MemberData(nameof(VariantsByPerson))]
    [Trait("Requirement", "L-1.5")]
    public async Task Launch_is_accepted(string variant, string role)
    {
        await using var scene = await Scene.StartAsync();
        var outcome = await scene.LaunchAsync(claims =>
        {
            claims[Claims.Roles] = new JsonArray(role);
            Variants[variant](claims);
        });
        var message = outcome.Accepted().Message;
        Assert.Equal(role == Claims.Instructor, message.Roles.IsInstructor);
        Assert.Equal(role == Claims.Learner, message.Roles.IsLearner);
        Assert.Equal("canary-subject-4711"u8, message.Subject!.ExposeUtf8());
    }

    [Fact]
    public async Task Launch_message_carries_what_the_allow_list_names()
    {
        await using var scene = await Scene.StartAsync();
        var message = (await scene.LaunchAsync()).Accepted().Message;
        Assert.Equal(LtiMessageType.ResourceLink, message.MessageType);
        Assert.Equal(Scene.Issuer, message.Issuer);
        Assert.Equal(Scene.DeploymentId, message.DeploymentId);
        Assert.Equal(Scene.Target, message.TargetLinkUri);
        Assert.Equal("link-1", message.ResourceLinkId);
        Assert.Equal(new LaunchContext("course-1", null, "Mathematics 5"), message.Context);
        Assert.Equal("canary-sis-1"u8, message.SisPersonId!.ExposeUtf8());
        Assert.Equal("5", Assert.Single(message.Custom).Value);
        Assert.Equal("https://lms.example/lineitems/1", message.GradeService!.LineItem);
        Assert.Equal("https://purl.imsglobal.org/spec/lti-ags/scope/score", Assert.Single(message.GradeService.Scopes));
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Deep_linking_request_without_target_or_resource_link_is_accepted()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var claims = Claims.DeepLinkingRequest(begun.Nonce, scene.Clock.Now);
        claims.Remove(Claims.TargetLinkUri);
        var message = (await scene.LaunchAsync(begun, Begun.Sign(claims.ToJsonString()))).Accepted().Message;
        Assert.Equal(LtiMessageType.DeepLinking, message.MessageType);
        Assert.Null(message.TargetLinkUri);
        Assert.Equal("https://lms.example/deep-links", message.DeepLinking!.ReturnUrl);
        Assert.Equal("opaque \u00e9", message.DeepLinking.Data);
        Assert.Equal(["ltiResourceLink", "html"], message.DeepLinking.AcceptTypes);
        Assert.True(message.DeepLinking.AcceptMultiple);
        Assert.Null(message.DeepLinking.AcceptLineItem);
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Submission_review_request_names_the_learner()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var claims = Claims.SubmissionReviewRequest(begun.Nonce, scene.Clock.Now);
        var message = (await scene.LaunchAsync(begun, Begun.Sign(claims.ToJsonString()))).Accepted().Message;
        Assert.Equal(LtiMessageType.SubmissionReview, message.MessageType);
        Assert.Equal("canary-learner-9"u8, message.SubmissionUser!.ExposeUtf8());
    }

    [Fact]
    [Trait("Requirement", "L-1.9")]
    public async Task Anonymous_launch_reaches_the_admission_where_the_tool_allows_it()
    {
        await using var scene = await Scene.StartAsync(options => options.AllowAnonymousLaunches = true);
        Assert.Null((await scene.LaunchAsync(claims => claims.Remove("sub"))).Accepted().Message.Subject);
    }

    [Theory]
    [InlineData("pss", true)]
    [InlineData("pss", false)]
    [InlineData("elliptic", true)]
    [InlineData("elliptic", false)]
    [InlineData("first", false)]
    [Trait("Requirement", "L-1.5")]
    public async Task Launch_is_accepted_with_each_algorithm_also_when_the_key_names_none(string keyId, bool withAlgorithm)
    {
        await using var scene = await Scene.StartAsync();
        var key = new[] { SigningKey.First, SigningKey.Pss, SigningKey.Elliptic }.Single(one => one.KeyId == keyId);
        scene.Platform.Keys.Add(SigningKey.Pss);
        scene.Platform.Keys.Add(SigningKey.Elliptic);
        scene.Platform.PublishesAlgorithms = withAlgorithm;
        (await scene.LaunchAsync(key: key)).Accepted();
    }

    [Fact]
    public async Task Login_without_target_takes_the_signed_one_if_it_is_ours()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync(parameters => parameters.Remove("target_link_uri"));
        Assert.Equal(Scene.Target, (await scene.LaunchAsync(begun, begun.Sign())).Accepted().Message.TargetLinkUri);

        begun = await scene.BeginAsync(parameters => parameters.Remove("target_link_uri"));
        var token = begun.Sign(claims => claims[Claims.TargetLinkUri] = "https://evil.example/");
        Assert.Equal("lti.target_claim_not_ours", (await scene.LaunchAsync(begun, token)).Refusal().Code);
    }

    [Fact]
    public async Task Payload_whose_slashes_are_escaped_is_read_alike()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        // PHP writes JSON like this, and with it Moodle.
        var payload = begun.Claims().ToJsonString().Replace("/", "\\/", StringComparison.Ordinal);
        var message = (await scene.LaunchAsync(begun, Begun.Sign(payload))).Accepted().Message;
        Assert.True(message.Roles.IsLearner);
        Assert.Equal(Scene.Target, message.TargetLinkUri);
        Assert.Equal("https://lms.example/lineitems/1", message.GradeService!.LineItem);
        Assert.Single(message.GradeService.Scopes);
    }

    private static void Remove(JsonObject claims, IEnumerable<string> names)
    {
        foreach (var name in names) claims.Remove(name);
    }

    private static void Shift(JsonObject claims, int seconds)
    {
        foreach (var name in new[] { "iat", "exp" }) claims[name] = claims[name]!.GetValue<long>() + seconds;
    }
}
