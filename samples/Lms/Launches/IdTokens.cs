using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Samples.Lms.Services;

namespace Samples.Lms.Launches;

/// <summary>LtiResourceLinkRequest (LTI 1.3 Core 5), with everything about the person that platforms send when their privacy is off.</summary>
internal sealed class IdTokens(LmsOptions options, OwnAddress own, LmsCourse course, PlatformKey key)
{
    private const string Lti = "https://purl.imsglobal.org/spec/lti/claim/";
    private const string Membership = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
    private const string Institution = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";

    public string Make(LmsPerson person, string nonce, bool framed)
    {
        long now = options.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = own.Issuer,
            ["sub"] = person.UserId,
            ["aud"] = options.ClientId,
            ["iat"] = now,
            ["exp"] = now + (long)options.IdTokenLifetime.TotalSeconds,
            ["nonce"] = nonce,
            [Lti + "version"] = "1.3.0",
            [Lti + "message_type"] = "LtiResourceLinkRequest",
            [Lti + "deployment_id"] = options.DeploymentId,
            [Lti + "target_link_uri"] = options.TargetLinkUrl,
        };
        AddPerson(claims, person);
        AddPlace(claims, framed);
        AddServices(claims);
        return new JsonWebTokenHandler().CreateToken(JsonSerializer.Serialize(claims), key.Credentials);
    }

    private void AddPerson(JsonObject claims, LmsPerson person)
    {
        claims["name"] = person.Name;
        claims["given_name"] = person.Person.GivenName;
        claims["family_name"] = person.Person.FamilyName;
        claims["middle_name"] = person.Person.MiddleName;
        claims["email"] = person.Person.Email;
        claims["picture"] = $"https://pictures.invalid/{person.UserId}.png";
        claims["locale"] = "en-US";
        claims[Lti + "roles"] = person.IsTeacher
            ? new JsonArray(Membership + "Instructor", Institution + "Instructor")
            : new JsonArray(Membership + "Learner", Institution + "Student");
        claims[Lti + "custom"] = new JsonObject
        {
            ["person_sourcedid"] = person.Person.SourcedId,
            ["user_username"] = person.Person.Username,
        };
        claims[Lti + "lis"] = new JsonObject
        {
            ["person_sourcedid"] = person.Person.SourcedId,
            ["course_section_sourcedid"] = course.Class.SourcedId,
            ["course_offering_sourcedid"] = course.Class.CourseSourcedId,
        };
        claims[Lti + "ext"] = new JsonObject { ["user_username"] = person.Person.Username };
    }

    private void AddPlace(JsonObject claims, bool framed)
    {
        claims[Lti + "context"] = new JsonObject
        {
            ["id"] = course.Id,
            ["label"] = course.Class.Code,
            ["title"] = course.Class.Title,
            ["type"] = new JsonArray("http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"),
        };
        claims[Lti + "resource_link"] = new JsonObject { ["id"] = course.LinkId, ["title"] = course.LinkTitle };
        claims[Lti + "launch_presentation"] = new JsonObject
        {
            ["document_target"] = framed ? "iframe" : "window",
            ["return_url"] = own.Base + "/course",
            ["locale"] = "en-US",
        };
        claims[Lti + "tool_platform"] = new JsonObject
        {
            ["guid"] = "made-up-lms",
            ["name"] = "Made-Up LMS",
            ["product_family_code"] = "sample-lms",
            ["version"] = "1.0",
            ["contact_email"] = "office@lms.example.org",
        };
    }

    private void AddServices(JsonObject claims)
    {
        claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = new JsonObject
        {
            ["scope"] = new JsonArray([.. Scopes.All.Select(s => JsonValue.Create(s))]),
            ["lineitems"] = LineItemUrls.Collection(own, options, course),
            ["lineitem"] = LineItemUrls.Of(own, options, course, Gradebook.FractionsId),
        };
    }
}
