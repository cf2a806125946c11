using System.CommandLine;
using System.Globalization;
using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary><c>platform values|add|deployment|sis-id|key|line-items|invite|approve|keep|remove|list|check|legacy</c></summary>
internal static class PlatformCommands
{
    public static readonly Argument<int> Id = new("id") { Description = "The platform's number, as `platform list` shows it.", HelpName = "ID" };

    public static Command Create() => new("platform", "The learning management systems that districts launch from.")
    {
        Values(), PlatformAddCommand.Add(), DeploymentCommand.Deployment(), SisSourceCommand.OfPlatform(), PlatformKeyCommand.Key(), LineItems(), Invite(), Approve(), Keep(),
        Remove(), List(), PlatformCheckCommand.Check(), LegacyCommand.OfPlatform(),
    };

    private static Command Values()
    {
        var kind = Kind();
        return new Command("values", "What to enter at a platform, under its own field names.") { DistrictCommands.District, kind }.RunsForDistrict(async (invocation, district) =>
        {
            var values = await invocation.Get<PlatformValues>().OfAsync(invocation.Parsed.GetValue(kind)!, district.Id, district.Slug, invocation.Cancellation);
            if (!values.Succeeded)
                return invocation.Output.Failed(values.Failures);
            var form = values.Value;
            var width = form.Values.Max(v => v.Field.Length);
            return invocation.Output.Done(form, [$"{form.Where}:", .. form.Values.Select(v => $"  {v.Field.PadRight(width)}  {v.Value}"), .. form.Next]);
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

    private static Command Approve()
    {
        var learns = PlatformAddCommand.LearnDeployments();
        var confirmed = PlatformAddCommand.ConfirmAddresses();
        return new Command("approve", "Let a platform in that registered itself or was removed.") { DistrictCommands.District, Id, confirmed, learns }
            .RunsForDistrict(async (invocation, district) =>
            {
                var (id, learnsAll) = (invocation.Parsed.GetValue(Id), invocation.Parsed.GetValue(learns));
                var approved = await invocation.Get<ApprovePlatform>().RunAsync(district.Id, id, invocation.Parsed.GetValue(confirmed) ?? [], learnsAll, invocation.Cancellation);
                var found = await invocation.Get<ListPlatforms>().FindAsync(district.Id, id, invocation.Cancellation);
                if (!approved.Succeeded)
                    return found.Succeeded
                        ? invocation.Output.Failed(approved.Failures, PlatformLines.Shape(found.Value), PlatformLines.Of(found.Value))
                        : invocation.Output.Failed(approved.Failures);
                return invocation.Output.Done(
                    PlatformLines.Shape(found.Value),
                    [
                        .. PlatformLines.Of(found.Value),
                        $"Platform {id} is active. The gateway signs for {approved.Value.TokenAudience ?? approved.Value.TokenEndpoint}.",
                        $"Now: `platform check {district.Slug} {id}`.",
                        .. found.Value.DeploymentIds.Count == 0 && !found.Value.Registration.LearnsDeployments
                            ? [$"No deployment is known, and none is learned here: `platform deployment {district.Slug} {id} add DEPLOYMENT-ID`."]
                            : Array.Empty<string>(),
                        .. learnsAll ? [LearnDeployments.Consequence] : Array.Empty<string>(),
                    ]);
            });
    }

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

    private static Command LineItems()
    {
        var origin = new Argument<string?>("origin") { Description = "Scheme and host of the platform's line items.", HelpName = "ORIGIN", Arity = ArgumentArity.ZeroOrOne };
        var forget = new Option<bool>("--forget") { Description = "The next launch that has a line item says where they are." };
        var command = new Command("line-items", "Say where a platform's gradebook columns are: scores go there and nowhere else.") { DistrictCommands.District, Id, origin, forget };
        command.Validators.Add(result =>
        {
            if (result.GetValue(origin) is null == !result.GetValue(forget))
                result.AddError("Give ORIGIN or --forget.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            var id = invocation.Parsed.GetValue(Id);
            var set = await invocation.Get<SetLineItemOrigin>().RunAsync(district.Id, id, invocation.Parsed.GetValue(origin), invocation.Cancellation);
            return set.Succeeded
                ? invocation.Output.Done(
                    new { id, lineItemOrigin = set.Value },
                    set.Value is { } now ? $"Scores of platform {id} go to {now}, everywhere within half a minute." : $"The next launch of platform {id} that has a line item says where they are.")
                : invocation.Output.Failed(set.Failures);
        });
    }

    private static Command List() => new Command("list", "A district's platforms: where they answer, what launches, and with which key the gateway signs for them.")
        { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
        {
            var platforms = await invocation.Get<ListPlatforms>().RunAsync(district.Id, invocation.Cancellation);
            return invocation.Output.Done(platforms.Select(platform => PlatformLines.Shape(platform)), platforms.SelectMany(platform => PlatformLines.Of(platform)));
        });

    public static Option<string> Kind() => new("--kind") { Description = $"{PlatformKinds.Names}.", Required = true };
}
