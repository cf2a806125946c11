using System.CommandLine;
using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Storage;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary><c>district add|list|show|guests|contact|contract</c></summary>
internal static class DistrictCommands
{
    public static readonly Argument<string> District = new("district") { Description = "The district's slug.", HelpName = "DISTRICT" };

    public static Command Create() => new("district", "The districts (tenants).") { Add(), List(), Show(), Guests(), ContactCommand.Contact(), ContractCommand.Contract() };

    private static Command Add()
    {
        var slug = new Argument<string>("slug") { Description = "A short name in a-z, 0-9 and -.", HelpName = "SLUG" };
        var name = new Option<string>("--name") { Description = "The district's name.", Required = true };
        var zone = new Option<string>("--time-zone") { Description = "IANA name, such as America/Chicago.", Required = true };
        var end = new Option<DateOnly?>("--contract-end") { Description = "The contract's last day (yyyy-MM-dd)." };
        var guests = new Option<bool>("--guests") { Description = "Let people in whom the platform does not name, where nothing is graded." };
        return new Command("add", "Add a district and make its key.") { slug, name, zone, end, guests }.Runs(async invocation =>
        {
            var parsed = invocation.Parsed;
            var added = await invocation.Get<AddDistrict>().RunAsync(
                parsed.GetValue(slug)!, parsed.GetValue(name)!, parsed.GetValue(zone)!, parsed.GetValue(end), parsed.GetValue(guests), invocation.Cancellation);
            return added.Succeeded
                ? invocation.Output.Done(Shape(added.Value), $"District {added.Value.Slug} added. Next: `platform add` and `roster connect`.")
                : invocation.Output.Failed(added.Failures);
        });
    }

    private static Command List() => new Command("list", "All districts.").Runs(async invocation =>
    {
        var districts = await invocation.Get<FindDistrict>().AllAsync(invocation.Cancellation);
        return invocation.Output.Done(districts.Select(Shape), districts.Select(d => $"{d.Slug,-24} {d.Name} ({d.TimeZone})"));
    });

    private static Command Show() => new Command("show", "One district and what it holds, in numbers.") { District }.RunsForDistrict(async (invocation, district) =>
    {
        var counts = await invocation.Get<DistrictSummary>().CountAsync(district.Id, invocation.Cancellation);
        var contact = await invocation.Get<DistrictContacts>().FindAsync(district.Id, invocation.Cancellation);
        var accepted = await AcceptedPolicies.OfAsync(invocation.Get<GatewayDatabase>(), district.Id, invocation.Cancellation);
        var current = invocation.Get<PrivacyPolicy>().Current.Number;
        var times = await invocation.Get<RosterTimetable>().FindAsync(district.Id, invocation.Cancellation);
        return invocation.Output.Done(
            new { district = Shape(district), counts, contact = contact?.Masked, policy = new { accepted, current }, roster = RosterRunningCommands.ShapeOf(times) },
            [
            $"{district.Name} ({district.Slug}), {district.TimeZone}, contract end {district.ContractEnd?.ToString("O") ?? "open"}, guests {(district.GuestsAllowed ? "allowed" : "refused")}",
            $"registrations {counts.Registrations}, learners {counts.Learners} (students {counts.Students}, teachers {counts.Teachers})",
            $"schools {counts.Schools}, classes {counts.Classes}, enrollments {counts.Enrollments}, launches {counts.Launches}",
            $"told of its rosters: {contact?.Masked ?? "nobody"}",
            accepted == current
                ? $"privacy policy: version {accepted} accepted"
                : $"privacy policy: version {current} waits for `privacy accept {district.Slug} --version {current} --by NAME`; version {accepted} holds",
            .. RosterRunningCommands.LinesOf(times, district.TimeZone),
            ]);
    });

    private static Command Guests()
    {
        var answer = new Argument<string>("answer") { Description = "allow or refuse.", HelpName = "allow|refuse" };
        answer.AcceptOnlyFromAmong("allow", "refuse");
        return new Command("guests", "Let people in whom the platform does not name, or not.") { District, answer }.RunsForDistrict(async (invocation, district) =>
        {
            var allowed = invocation.Parsed.GetValue(answer) == "allow";
            await invocation.Get<AllowGuests>().RunAsync(district.Id, allowed, invocation.Cancellation);
            district.GuestsAllowed = allowed;
            return invocation.Output.Done(
                Shape(district),
                allowed ? $"{district.Slug} lets guests in where nothing is graded; nothing is kept of them." : $"{district.Slug} lets no guests in.");
        });
    }

    public static object Shape(District district) => new { district.Slug, district.Name, district.TimeZone, district.ContractEnd, district.GuestsAllowed, engine = district.EngineClientId };
}
