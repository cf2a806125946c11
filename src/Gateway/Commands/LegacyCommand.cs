using System.CommandLine;
using Gateway.Launches;

namespace Gateway.Commands;

/// <summary><c>platform legacy</c></summary>
internal static class LegacyCommand
{
    public static Command OfPlatform()
    {
        var platform = new Argument<int>("id") { Description = "The platform's number, as `platform list` shows it.", HelpName = "ID" };
        var key = new Option<string>("--consumer-key") { Description = "The consumer key of the LTI 1.1 links.", Required = true, HelpName = "KEY" };
        var file = new Option<string>("--secret-file") { Description = "A file with their shared secret.", Required = true, HelpName = "F" };
        return new Command("legacy", "Keep the learners of links that a platform moved from LTI 1.1.") { DistrictCommands.District, platform, key, file }
            .RunsForDistrict(async (invocation, district) =>
            {
                var secret = await SecretFile.ReadAsync(invocation.Parsed.GetValue(file), invocation.Cancellation);
                if (!secret.Succeeded)
                    return invocation.Output.Failed(secret.Failures);
                var kept = await invocation.Get<KeepLegacySecret>().RunAsync(
                    district.Id, invocation.Parsed.GetValue(platform), invocation.Parsed.GetValue(key)!, secret.Value!, invocation.Cancellation);
                return kept.Succeeded
                    ? invocation.Output.Done(
                        new { platform = kept.Value.RegistrationId, kept.Value.ConsumerKey },
                        $"Launches of platform {kept.Value.RegistrationId} that prove to be of consumer {kept.Value.ConsumerKey} keep their learners.")
                    : invocation.Output.Failed(kept.Failures);
            });
    }
}
