using System.CommandLine;
using Gateway.Hosting;
using Gateway.Launches;

namespace Gateway.Commands;

/// <summary><c>platform add|list|legacy</c></summary>
internal static class PlatformCommands
{
    public static Command Create() => new("platform", "The learning management systems that districts launch from.") { Add(), List(), LegacyCommand.OfPlatform() };

    private static Command Add()
    {
        var kind = new Option<string>("--kind") { Description = "canvas, schoology, moodle or other.", Required = true };
        var issuer = new Option<string>("--issuer") { Description = "The platform's issuer.", Required = true, HelpName = "URL" };
        var client = new Option<string>("--client-id") { Description = "The client id that the platform gave the tool.", Required = true, HelpName = "ID" };
        var deployments = new Option<string[]>("--deployment-id") { Description = "A deployment id; repeat for several. None: learned at the first launch.", HelpName = "ID" };
        var authorize = new Option<string>("--authorize-url") { Description = "OIDC authorization endpoint.", Required = true, HelpName = "URL" };
        var token = new Option<string>("--token-url") { Description = "Access token endpoint.", Required = true, HelpName = "URL" };
        var jwks = new Option<string>("--jwks-url") { Description = "The platform's public keys.", Required = true, HelpName = "URL" };
        return new Command("add", "Register the tool with a platform for a district.") { DistrictCommands.District, kind, issuer, client, deployments, authorize, token, jwks }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var added = await invocation.Get<AddPlatform>().RunAsync(district.Id, new AddPlatformCommand(
                    parsed.GetValue(kind)!, parsed.GetValue(issuer)!, parsed.GetValue(client)!, parsed.GetValue(deployments) ?? [],
                    parsed.GetValue(authorize)!, parsed.GetValue(token)!, parsed.GetValue(jwks)!), invocation.Cancellation);
                if (!added.Succeeded)
                    return invocation.Output.Failed(added.Failures);
                var gateway = invocation.Get<PublicAddress>().Url;
                var tool = new { loginUrl = $"{gateway}/lti/login", redirectUrl = $"{gateway}/lti/launch", jwksUrl = $"{gateway}/lti/jwks" };
                return invocation.Output.Done(
                    new { id = added.Value.Id, added.Value.Kind, added.Value.Issuer, added.Value.ClientId, tool },
                    $"Platform {added.Value.Issuer} added for {district.Slug}. Enter these at the platform:",
                    $"  login URL     {tool.loginUrl}",
                    $"  redirect URL  {tool.redirectUrl}",
                    $"  public JWKS   {tool.jwksUrl}");
            });
    }

    private static Command List() => new Command("list", "A district's platforms.") { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
    {
        var platforms = await invocation.Get<ListPlatforms>().RunAsync(district.Id, invocation.Cancellation);
        return invocation.Output.Done(
            platforms.Select(p => new { id = p.Registration.Id, p.Registration.Kind, p.Registration.Issuer, p.Registration.ClientId, deploymentIds = p.Deployments, p.Registration.LearnsDeployments }),
            platforms.Select(p => $"{p.Registration.Id,4} {p.Registration.Kind,-10} {p.Registration.Issuer} client {p.Registration.ClientId}, deployments {string.Join(", ", p.Deployments.DefaultIfEmpty("learned at first launch"))}"));
    });
}
