using System.CommandLine;
using System.Globalization;
using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary><c>platform values|add|deployment|sis-id|invite|approve|keep|remove|list|check|legacy</c></summary>
internal static class PlatformCommands
{
    private static readonly Argument<int> Id = new("id") { Description = "The platform's number, as `platform list` shows it.", HelpName = "ID" };

    public static Command Create() => new("platform", "The learning management systems that districts launch from.")
    {
        Values(), Add(), Deployment(), SisSourceCommand.OfPlatform(), Invite(), Approve(), Keep(), Remove(), List(), PlatformCheckCommand.Check(), LegacyCommand.OfPlatform(),
    };

    private static Command Add()
    {
        var kind = Kind();
        var environment = new Option<string>("--environment") { Description = "Canvas only: production (the default), beta or test.", HelpName = "NAME" };
        var issuer = new Option<string>("--issuer") { Description = "The platform's issuer; for Moodle and Brightspace its root URL. Canvas, Schoology and Blackboard have one for everybody.", HelpName = "URL" };
        var client = new Option<string>("--client-id") { Description = "The client id that the platform gave the tool.", Required = true, HelpName = "ID" };
        var deployments = new Option<string[]>("--deployment-id") { Description = "A deployment id; repeat for several. None: learned at the first launch.", HelpName = "ID" };
        var authorize = new Option<string>("--authorize-url") { Description = "OIDC authorization endpoint, where the kind does not fix it.", HelpName = "URL" };
        var token = new Option<string>("--token-url") { Description = "Access token endpoint, likewise.", HelpName = "URL" };
        var jwks = new Option<string>("--jwks-url") { Description = "The platform's public keys, likewise.", HelpName = "URL" };
        var audience = new Option<string>("--token-audience") { Description = "The audience that the platform wants in assertions, where it is not the token endpoint.", HelpName = "AUDIENCE" };
        var sisId = SisSourceCommand.OfAdd();
        return new Command("add", "Register the tool with a platform for a district.")
            { DistrictCommands.District, kind, environment, issuer, client, deployments, authorize, token, jwks, audience, sisId }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var added = await invocation.Get<AddPlatform>().RunAsync(district.Id, new AddPlatformCommand(
                    parsed.GetValue(kind)!, parsed.GetValue(issuer), parsed.GetValue(client)!, parsed.GetValue(deployments) ?? [],
                    parsed.GetValue(authorize), parsed.GetValue(token), parsed.GetValue(jwks), parsed.GetValue(environment), parsed.GetValue(sisId), parsed.GetValue(audience)),
                    invocation.Cancellation);
                if (!added.Succeeded)
                    return invocation.Output.Failed(added.Failures);
                var facts = invocation.Get<ToolFacts>();
                var tool = new { loginUrl = facts.LoginUrl, redirectUrl = facts.LaunchUrl, jwksUrl = facts.JwksUrl };
                var source = SisSource.Of(added.Value.SisParameter);
                var warning = source.WarningFor(added.Value.Kind);
                return invocation.Output.Done(
                    new { id = added.Value.Id, added.Value.Kind, added.Value.Issuer, added.Value.ClientId, added.Value.TokenAudience, tool, sisId = source.ToString(), warning },
                    [$"Platform {added.Value.Id} ({added.Value.Issuer}) added for {district.Slug}. The platform knows the tool by these:",
                    $"  login URL     {tool.loginUrl}",
                    $"  redirect URL  {tool.redirectUrl}",
                    $"  public JWKS   {tool.jwksUrl}",
                    $"The SIS id is read from {source}.",
                    .. warning is null ? [] : new[] { warning },
                    $"Now: `platform check {district.Slug} {added.Value.Id}`."]);
            });
    }

    private static Command Deployment()
    {
        var deployment = new Argument<string>("deployment") { Description = "The deployment id, as the platform shows it.", HelpName = "DEPLOYMENT-ID" };
        return new Command("deployment", "Add a deployment: the tool was installed once more at the same platform.") { DistrictCommands.District, Id, deployment }
            .RunsForDistrict(async (invocation, district) =>
            {
                var id = invocation.Parsed.GetValue(Id);
                var added = await invocation.Get<AddDeployment>().RunAsync(district.Id, id, invocation.Parsed.GetValue(deployment)!, invocation.Cancellation);
                return added.Succeeded
                    ? invocation.Output.Done(new { id, added = added.Value }, added.Value ? $"Added to platform {id}: launches from it are let in within half a minute." : $"Platform {id} has it already.")
                    : invocation.Output.Failed(added.Failures);
            });
    }

    private static Command Values()
    {
        var kind = Kind();
        return new Command("values", "What to enter at a platform, under its own field names.") { DistrictCommands.District, kind }.RunsForDistrict((invocation, district) =>
        {
            var values = invocation.Get<PlatformValues>().Of(invocation.Parsed.GetValue(kind)!, district.Slug);
            if (!values.Succeeded)
                return Task.FromResult(invocation.Output.Failed(values.Failures));
            var form = values.Value;
            var width = form.Values.Max(v => v.Field.Length);
            return Task.FromResult(invocation.Output.Done(form, [$"{form.Where}:", .. form.Values.Select(v => $"  {v.Field.PadRight(width)}  {v.Value}"), .. form.Next]));
        });
    }

    private static Command Invite()
    {
        var hours = new Option<int>("--valid-for") { Description = "How many hours the link is good for.", DefaultValueFactory = _ => Invitations.UsualHours, HelpName = "HOURS" };
        return new Command("invite", "A link with which a platform registers itself, once (LTI Dynamic Registration).") { DistrictCommands.District, hours }
            .RunsForDistrict((invocation, district) =>
            {
                var issued = invocation.Get<Invitations>().Issue(district.Id, invocation.Parsed.GetValue(hours));
                return Task.FromResult(issued.Succeeded
                    ? invocation.Output.Done(
                        new { url = issued.Value.Url, issued.Value.ExpiresAt },
                        issued.Value.Url,
                        string.Create(CultureInfo.InvariantCulture,
                            $"Good once, until {issued.Value.ExpiresAt:yyyy-MM-dd HH:mm}Z. Then: `platform list {district.Slug}` and `platform approve`."))
                    : invocation.Output.Failed(issued.Failures));
            });
    }

    private static Command Approve() => new Command("approve", "Let a platform in that registered itself or was removed.") { DistrictCommands.District, Id }
        .RunsForDistrict(async (invocation, district) =>
        {
            var approved = await invocation.Get<ApprovePlatform>().RunAsync(district.Id, invocation.Parsed.GetValue(Id), invocation.Cancellation);
            return approved.Succeeded
                ? invocation.Output.Done(
                    new { id = approved.Value.Id, approved.Value.State, tokenAudience = approved.Value.TokenAudience ?? approved.Value.TokenEndpoint },
                    $"Platform {approved.Value.Id} ({approved.Value.Issuer}) is active. The gateway signs for {approved.Value.TokenAudience ?? approved.Value.TokenEndpoint}.",
                    $"Now: `platform check {district.Slug} {approved.Value.Id}`.")
                : invocation.Output.Failed(approved.Failures);
        });

    private static Command Keep() => new Command("keep", "Refuse the addresses that a platform asked for when it registered again; those in force stay.") { DistrictCommands.District, Id }
        .RunsForDistrict(async (invocation, district) =>
        {
            var id = invocation.Parsed.GetValue(Id);
            var kept = await invocation.Get<KeepAddresses>().RunAsync(district.Id, id, invocation.Cancellation);
            return kept.Succeeded
                ? invocation.Output.Done(new { id, refused = kept.Value }, kept.Value ? $"Platform {id} keeps its addresses; the others were refused." : $"Platform {id} has no addresses that wait.")
                : invocation.Output.Failed(kept.Failures);
        });

    private static Command Remove() => new Command("remove", "Reject a platform that registered itself, or take one out of use.") { DistrictCommands.District, Id }
        .RunsForDistrict(async (invocation, district) =>
        {
            var id = invocation.Parsed.GetValue(Id);
            var removed = await invocation.Get<RemovePlatform>().RunAsync(district.Id, id, invocation.Cancellation);
            return removed.Succeeded
                ? invocation.Output.Done(
                    new { id, gone = removed.Value },
                    removed.Value ? $"Platform {id} rejected." : $"Platform {id} is out of use, everywhere within half a minute; `platform approve` brings it back.")
                : invocation.Output.Failed(removed.Failures);
        });

    private static Command List() => new Command("list", "A district's platforms.") { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
    {
        var platforms = await invocation.Get<ListPlatforms>().RunAsync(district.Id, invocation.Cancellation);
        return invocation.Output.Done(
            platforms.Select(p => new
            {
                id = p.Registration.Id,
                p.Registration.Kind,
                p.Registration.State,
                p.Registration.Source,
                p.Registration.Issuer,
                p.Registration.ClientId,
                deploymentIds = p.Deployments,
                p.Registration.LearnsDeployments,
                sisId = SisSource.Of(p.Registration.SisParameter).ToString(),
                tokenAudience = p.Registration.TokenAudience ?? p.Registration.TokenEndpoint,
                waitingAddresses = WaitingAddresses.Of(p.Registration),
            }),
            platforms.Select(p => $"{p.Registration.Id,4} {p.Registration.State,-8} {p.Registration.Kind,-10} {p.Registration.Issuer} client {p.Registration.ClientId}, "
                + $"deployments {string.Join(", ", p.Deployments.DefaultIfEmpty(p.Registration.LearnsDeployments ? "learned at first launch" : "none"))}, SIS id from {SisSource.Of(p.Registration.SisParameter)}"
                + (p.Registration.TokenAudience is { } audience ? $", token audience {audience}" : "")
                + (WaitingAddresses.Of(p.Registration) is { } waiting
                    ? $"\n     waits for `platform approve`: authorize {waiting.Authorize}, token {waiting.Token}, keys {waiting.Jwks}, audience {waiting.TokenAudience ?? waiting.Token}"
                    : "")));
    });

    private static Option<string> Kind() => new("--kind") { Description = $"{PlatformKinds.Names}.", Required = true };
}
