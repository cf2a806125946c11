using System.CommandLine;
using Gateway.Platforms;

namespace Gateway.Commands;

/// <summary><c>platform sis-id</c></summary>
internal static class SisSourceCommand
{
    private const string What = "Where launches carry the SIS id: `lis` (the claim lis.person_sourcedid) or `custom:NAME` (a custom parameter).";

    private static readonly Argument<int> Platform = new("id") { Description = "The platform's number, as `platform list` shows it.", HelpName = "ID" };

    /// <summary>The option of <c>platform add</c>.</summary>
    public static Option<string> OfAdd() => new("--sis-id") { Description = $"{What} Default: lis.", HelpName = "lis|custom:NAME" };

    public static Command OfPlatform()
    {
        var from = new Option<string>("--from") { Description = What, HelpName = "lis|custom:NAME", Required = true };
        return new Command("sis-id", "Choose where a platform's launches carry the person's id in the student information system.") { DistrictCommands.District, Platform, from }
            .RunsForDistrict(async (invocation, district) =>
            {
                var source = SisSource.Parse(invocation.Parsed.GetValue(from)!);
                if (!source.Succeeded)
                    return invocation.Output.Failed(source.Failures);
                var chosen = await invocation.Get<ChooseSisSource>().RunAsync(district.Id, invocation.Parsed.GetValue(Platform), source.Value, invocation.Cancellation);
                if (!chosen.Succeeded)
                    return invocation.Output.Failed(chosen.Failures);
                var warning = source.Value.WarningFor(chosen.Value.Kind);
                return invocation.Output.Done(
                    new { id = chosen.Value.Id, sisId = source.Value.ToString(), warning },
                    [$"Platform {chosen.Value.Id} ({chosen.Value.Issuer}): the SIS id is read from {source.Value}, everywhere within half a minute.", .. warning is null ? [] : new[] { warning }]);
            });
    }
}
