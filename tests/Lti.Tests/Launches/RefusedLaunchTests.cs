using System.Text.Json.Nodes;
using Lti.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

/// <summary>Payloads that a platform signed and that are refused all the same, each with a code of its own.</summary>
public sealed class RefusedLaunchTests
{
    private static readonly Dictionary<string, (string Code, Action<JsonObject> Change)> Cases = new()
    {
        ["issuer missing"] = ("lti.issuer_missing", claims => claims.Remove("iss")),
        ["issuer of another platform"] = ("lti.issuer_mismatch", claims => claims["iss"] = "https://other.example"),
        ["issuer with a slash more"] = ("lti.issuer_mismatch", claims => claims["iss"] = Scene.Issuer + "/"),
        ["issuer a number"] = ("lti.claims_malformed", claims => claims["iss"] = 5),
        ["audience missing"] = ("lti.audience_missing", claims => claims.Remove("aud")),
        ["audience empty"] = ("lti.audience_missing", claims => claims["aud"] = new JsonArray()),
        ["audience of another registration under the same issuer"] = ("lti.audience_mismatch", claims => claims["aud"] = "client-2"),
        ["several audiences without azp"] =
            ("lti.authorized_party_mismatch", claims => claims["aud"] = new JsonArray(Scene.ClientId, "client-2")),
        ["azp of another client"] = ("lti.authorized_party_mismatch", claims => claims["azp"] = "client-2"),
        ["exp missing"] = ("lti.times_missing", claims => claims.Remove("exp")),
        ["iat missing"] = ("lti.times_missing", claims => claims.Remove("iat")),
        ["exp as text"] = ("lti.claims_malformed", claims => claims["exp"] = "1788249600"),
        ["exp beyond all years"] = ("lti.claims_malformed", claims => claims["exp"] = 1e300),
        ["exp 61 seconds ago"] = ("lti.token_expired", claims => Shift(claims, "exp", -61 - 300)),
        ["iat 62 seconds ahead"] = ("lti.token_from_future", claims => Shift(claims, "iat", 62)),
        ["nbf 62 seconds ahead"] = ("lti.token_not_yet_valid", claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 62),
        ["iat 12 minutes ago"] = ("lti.token_too_old", claims => Shift(claims, "iat", -720)),
        ["nonce missing"] = ("lti.nonce_missing", claims => claims.Remove("nonce")),
        ["nonce of another login"] = ("lti.nonce_mismatch", claims => claims["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA"),
        ["not an LTI token"] = ("lti.not_lti", claims =>
        {
            foreach (var name in new[] { Claims.Version, Claims.MessageType, Claims.DeploymentId }) claims.Remove(name);
        }
        ),
        ["version missing"] = ("lti.version_missing", claims => claims.Remove(Claims.Version)),
        ["version 11.3"] = ("lti.version_unsupported", claims => claims[Claims.Version] = "11.3"),
        ["message type missing"] = ("lti.message_type_missing", claims => claims.Remove(Claims.MessageType)),
        ["message type unknown"] = ("lti.message_type_unsupported", claims => claims[Claims.MessageType] = "LtiStartProctoring"),
        ["deployment missing"] = ("lti.deployment_missing", claims => claims.Remove(Claims.DeploymentId)),
        ["deployment empty"] = ("lti.deployment_missing", claims => claims[Claims.DeploymentId] = ""),
        ["deployment of 256 characters"] = ("lti.claims_malformed", claims => claims[Claims.DeploymentId] = new string('d', 256)),
        ["deployment unknown"] = ("lti.deployment_unknown", claims => claims[Claims.DeploymentId] = "deployment-2"),
        ["roles missing"] = ("lti.roles_missing", claims => claims.Remove(Claims.Roles)),
        ["subject missing"] = ("lti.subject_missing", claims => claims.Remove("sub")),
        ["subject empty"] = ("lti.subject_missing", claims => claims["sub"] = ""),
        ["resource link missing"] = ("lti.resource_link_missing", claims => claims.Remove(Claims.ResourceLink)),
        ["resource link without id"] =
            ("lti.resource_link_missing", claims => claims[Claims.ResourceLink] = new JsonObject { ["title"] = "x" }),
        ["deep linking without settings"] =
            ("lti.deep_linking_settings_missing", claims => claims[Claims.MessageType] = "LtiDeepLinkingRequest"),
        ["submission review without for_user"] =
            ("lti.submission_user_missing", claims => claims[Claims.MessageType] = "LtiSubmissionReviewRequest"),
        ["submission review without line item"] = ("lti.grade_service_missing", claims =>
        {
            claims[Claims.MessageType] = "LtiSubmissionReviewRequest";
            claims[Claims.ForUser] = new JsonObject { ["user_id"] = "u" };
            claims.Remove(Claims.GradeService);
        }
        ),
        ["target missing"] = ("lti.target_missing", claims => claims.Remove(Claims.TargetLinkUri)),
        ["target elsewhere"] = ("lti.target_mismatch", claims => claims[Claims.TargetLinkUri] = "https://evil.example/"),
        ["target another page of ours"] = ("lti.target_mismatch", claims => claims[Claims.TargetLinkUri] = Scene.Target + "0"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "L-1.5")]
    [Trait("Requirement", "L-1.10")]
    public async Task Launch_is_refused_with_its_own_code(string name)
    {
        await using var scene = await Scene.StartAsync();
        var outcome = await scene.LaunchAsync(Cases[name].Change);
        var refused = Assert.IsType<LaunchRefused<Lti.Messages.LaunchMessage>>(outcome);
        Assert.Equal(Cases[name].Code, refused.Refusal.Code);
        Assert.Equal("r1", refused.RegistrationId);
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public async Task Message_type_of_another_specification_is_refused_by_name()
    {
        await using var scene = await Scene.StartAsync();
        var outcome = await scene.LaunchAsync(claims => claims[Claims.MessageType] = "LtiStartProctoring");
        Assert.Equal("LtiStartProctoring", outcome.Refusal().Detail);
        outcome = await scene.LaunchAsync(claims => claims[Claims.MessageType] = "Canary");
        Assert.Null(outcome.Refusal().Detail);
    }

    private static void Shift(JsonObject claims, string name, int seconds) => claims[name] = claims[name]!.GetValue<long>() + seconds;
}
