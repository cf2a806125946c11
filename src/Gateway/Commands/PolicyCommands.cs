using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>privacy policies|accept</c></summary>
internal static class PolicyCommands
{
    public static Command Policies() => new Command("policies", "The versions of the privacy policy and what each changed.").Runs(invocation =>
    {
        var policy = invocation.Get<PrivacyPolicy>();
        return Task.FromResult(invocation.Output.Done(
            policy.Versions.Select(version => new { version.Number, version.Updated, version.Summary, fields = policy.FieldsOf(version.Number) }),
            policy.Versions.SelectMany(version => policy.FieldsOf(version.Number).Select(field => $"  {field.Source,-7} {field.Field,-34} {field.Purpose}")
                .Prepend(string.Create(CultureInfo.InvariantCulture, $"version {version.Number}, last updated {version.Updated:O}: {version.Summary}")))));
    });

    public static Command Accept()
    {
        var version = new Option<int>("--version") { Description = "The version that is accepted.", Required = true };
        var by = new Option<string>("--by") { Description = "Name of the adult who accepts.", HelpName = "NAME", Required = true };
        return new Command("accept", "Accept a version of the privacy policy for a district; before that nothing new is read.") { DistrictCommands.District, version, by }
            .RunsForDistrict(async (invocation, district) =>
            {
                var accepted = await invocation.Get<AcceptedPolicies>().AcceptAsync(
                    district.Id, invocation.Parsed.GetValue(version), invocation.Parsed.GetValue(by)!, invocation.Cancellation);
                return accepted.Succeeded
                    ? invocation.Output.Done(new { district.Slug, version = accepted.Value }, $"{district.Slug} has accepted version {accepted.Value} of the privacy policy.")
                    : invocation.Output.Failed(accepted.Failures);
            });
    }
}
