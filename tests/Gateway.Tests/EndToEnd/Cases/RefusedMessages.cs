using System.Text.Json.Nodes;
using static Gateway.Tests.EndToEnd.Cases.RefusedCase;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>Messages that the platform signed and that are refused all the same.</summary>
internal static class RefusedMessages
{
    public static IEnumerable<RefusedCase> All =>
    [
        Token("claims missing", "lti.issuer_missing", _ => CaseLaunch.Sign("{}")),
        Token("claims that are no object", "lti.claims_malformed", _ => CaseLaunch.Sign("[]")),
        Claims("sub a fraction", "lti.claim_type_invalid", claims => claims["sub"] = 1.5),
        Claims("resource_link.id a list", "lti.claim_type_invalid", claims => claims[Claim.ResourceLink] = new JsonObject { ["id"] = new JsonArray("link-1") }),
        Token("deeply nested JSON", "lti.claims_too_deep", _ => CaseLaunch.Sign($$"""{"x":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}""")),
        Token("one claim twice", "lti.claims_duplicate", launch => CaseLaunch.Sign(launch.Claims().ToJsonString().Replace("{\"iss\"", "{\"sub\":\"other\",\"iss\"", StringComparison.Ordinal))),
        Claims("a control character in the deployment id", "lti.claims_control_character", claims => claims[Claim.DeploymentId] = "deployment-1\0"),
        Claims("a control character in a custom value", "lti.claims_control_character", claims => claims[Claim.Custom] = new JsonObject { ["path"] = "/a\0b" }),
        Claims("wrong iss", "lti.issuer_mismatch", claims => claims["iss"] = "https://other.example"),
        Claims("no aud", "lti.audience_missing", claims => claims.Remove("aud")),
        Claims("wrong aud", "lti.audience_mismatch", claims => claims["aud"] = "another-tool"),
        Claims("token of another registration under the same issuer", "lti.audience_mismatch", claims => claims["aud"] = CaseStage.Second),
        Claims("wrong azp", "lti.authorized_party_mismatch", claims => claims["azp"] = CaseStage.Second),
        Claims("several aud without azp", "lti.authorized_party_mismatch", claims => claims["aud"] = new JsonArray(CaseStage.Main, CaseStage.Second)),
        Claims("no exp", "lti.times_missing", claims => claims.Remove("exp")),
        Claims("no iat", "lti.times_missing", claims => claims.Remove("iat")),
        Claims("exp invalid: text", "lti.claims_malformed", claims => claims["exp"] = "tomorrow"),
        Claims("iat invalid: a list", "lti.claims_malformed", claims => claims["iat"] = new JsonArray(1)),
        Claims("exp invalid: two minutes ago", "lti.token_expired", claims => Shift(claims, "exp", -420)),
        Claims("iat invalid: two minutes ahead", "lti.token_from_future", claims => Shift(claims, "iat", 120)),
        Claims("iat invalid: twelve minutes ago", "lti.token_too_old", claims => Shift(claims, "iat", -720)),
        Claims("nbf two minutes ahead", "lti.token_not_yet_valid", claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 120),
        Claims("no nonce", "lti.nonce_missing", claims => claims.Remove("nonce")),
        new("nonce of another login", "lti.nonce_mismatch", async cases =>
        {
            var (launch, other) = (await cases.BeginAsync(), await cases.BeginAsync());
            return () => launch.SendAsync(other.Sign());
        }),
        Claims("not an LTI token", "lti.not_lti", claims => Remove(claims, Claim.Version, Claim.MessageType, Claim.DeploymentId)),
        Claims("no version", "lti.version_missing", claims => claims.Remove(Claim.Version)),
        Claims("wrong version", "lti.version_unsupported", claims => claims[Claim.Version] = "1.1.0"),
        Claims("message_type missing", "lti.message_type_missing", claims => claims.Remove(Claim.MessageType)),
        Claims("unknown message_type", "lti.message_type_unsupported", claims => claims[Claim.MessageType] = "LtiStartProctoring"),
        Claims("deployment_id missing", "lti.deployment_missing", claims => claims.Remove(Claim.DeploymentId)),
        Claims("unknown deployment", "lti.deployment_unknown", claims => claims[Claim.DeploymentId] = "deployment-2") with { Tells = ["deployment", "incident", "audit_entry", "audit_head"] },
        Claims("roles missing", "lti.roles_missing", claims => claims.Remove(Claim.Roles)),
        Claims("resource_link missing", "lti.resource_link_missing", claims => claims.Remove(Claim.ResourceLink)),
        Claims("resource_link.id missing", "lti.resource_link_missing", claims => claims[Claim.ResourceLink] = new JsonObject { ["title"] = "x" }),
        Claims("sub missing", "lti.subject_missing", claims => claims.Remove("sub")),
        Claims("sub missing, nothing graded", "lti.subject_missing", claims => Remove(claims, "sub", Claim.GradeService)),
        Claims("guest where something is graded", "launch.guest_not_graded", claims => claims.Remove("sub"), CaseStage.Guests),
        Claims("target_link_uri missing", "lti.target_missing", claims => claims.Remove(Claim.TargetLinkUri)),
        Claims("target_link_uri of another page", "lti.target_mismatch", claims => claims[Claim.TargetLinkUri] = claims[Claim.TargetLinkUri] + "-2"),
        new("target_link_uri elsewhere, none at login", "lti.target_claim_not_ours", async cases =>
        {
            var launch = await cases.BeginAsync(change: login => login.Remove("target_link_uri"));
            return () => launch.SendAsync(launch.Sign(claims => claims[Claim.TargetLinkUri] = "https://evil.example/"));
        }),
        Claims("deep linking without settings", "lti.deep_linking_settings_missing", claims => claims[Claim.MessageType] = "LtiDeepLinkingRequest"),
        Claims("review without for_user", "lti.submission_user_missing", claims => claims[Claim.MessageType] = "LtiSubmissionReviewRequest"),
        Claims("review without a gradebook column", "lti.grade_service_missing", claims =>
        {
            Review(claims, "canary-subject");
            claims.Remove(Claim.GradeService);
        }),
        Claims("review of somebody else's work by a student", "launch.review_not_yours", claims => Review(claims, "canary-other")),
        Claims("lti1p1 with a wrong signature", "lti.legacy_signature_invalid", claims => claims[Claim.Legacy] = new JsonObject
        {
            ["user_id"] = "canary-legacy",
            ["oauth_consumer_key"] = CaseStage.LegacyKey,
            ["oauth_consumer_key_sign"] = "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=",
        }),
        new("a person who is blocked", "launch.person_blocked", async cases =>
        {
            var launch = await cases.BeginAsync();
            await cases.BlockAsync("canary-blocked");
            return () => launch.SendAsync(launch.Sign(claims => claims["sub"] = "canary-blocked"));
        }),
        Claims("district whose key was destroyed", "launch.district_closed", _ => { }, CaseStage.Closed),
        Claims("district whose contract is over", "launch.contract_ended", _ => { }, CaseStage.Ended),
        Claims("district whose engine has no agreement", "launch.engine_unavailable", _ => { }, CaseStage.Engineless),
    ];

    private static void Review(JsonObject claims, string user)
    {
        claims[Claim.MessageType] = "LtiSubmissionReviewRequest";
        claims[Claim.ForUser] = new JsonObject { ["user_id"] = user };
    }

    private static void Remove(JsonObject claims, params string[] names)
    {
        foreach (var name in names)
            claims.Remove(name);
    }

    private static void Shift(JsonObject claims, string name, int seconds) => claims[name] = claims[name]!.GetValue<long>() + seconds;
}
