using System.CommandLine;
using Gateway.Districts;

namespace Gateway.Commands;

/// <summary><c>district contact</c>: who is told of the district's rosters.</summary>
internal static class ContactCommand
{
    public static Command Contact()
    {
        var email = new Option<string>("--email") { Description = "The administrator's address; kept sealed, shown masked.", HelpName = "ADDRESS" };
        var remove = new Option<bool>("--remove") { Description = "Tell nobody any more; the address is deleted." };
        return new Command("contact", "Who is told of the district's rosters; with an option, change it.") { DistrictCommands.District, email, remove }.RunsForDistrict(async (invocation, district) =>
        {
            var contacts = invocation.Get<DistrictContacts>();
            if (invocation.Parsed.GetValue(remove))
                await contacts.RemoveAsync(district.Id, invocation.Cancellation);
            else if (invocation.Parsed.GetValue(email) is { } text && await contacts.SetAsync(district.Id, text, invocation.Cancellation) is { Succeeded: false } refused)
                return invocation.Output.Failed(refused.Failures);
            var contact = await contacts.FindAsync(district.Id, invocation.Cancellation);
            return invocation.Output.Done(
                new { district = district.Slug, contact = contact?.Masked },
                contact is null ? $"Nobody is told of the rosters of {district.Slug}." : $"{contact.Masked} is told of the rosters of {district.Slug}.");
        });
    }
}
