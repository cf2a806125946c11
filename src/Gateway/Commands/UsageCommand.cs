using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>privacy usage</c></summary>
internal static class UsageCommand
{
    public static Command Usage() => new Command("usage", "How many people of a district used the product, by month, in tens; groups under ten are withheld.") { DistrictCommands.District }
        .RunsForDistrict(async (invocation, district) =>
        {
            var report = await invocation.Get<ReportUsage>().OfDistrictAsync(district.Id, invocation.Cancellation);
            return invocation.Output.Done(report, report.Months.Select(LineOf));
        });

    private static string LineOf(UsageMonth month) => string.Create(CultureInfo.InvariantCulture,
        $"{month.Month:yyyy-MM}  people {Shown(month.People)}  {string.Join("  ", month.By.Select(by => $"{by.Name}: {string.Join(", ", by.Groups.Select(group => $"{group.Group} {Shown(group.People)}"))}"))}");

    private static string Shown(long? people) => people?.ToString(CultureInfo.InvariantCulture) ?? "withheld";
}
