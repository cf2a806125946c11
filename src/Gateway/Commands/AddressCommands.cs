using System.CommandLine;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client redirect add|remove|list</c> and <c>client initiate-login</c>: where an engine is.</summary>
internal static class AddressCommands
{
    private static readonly Argument<string> Engine = new("id") { Description = "The engine's client id.", HelpName = "ID" };
    private static readonly Argument<string> Uri = new("uri") { Description = "The address, compared byte for byte.", HelpName = "URI" };

    public static Command Redirect() => new("redirect", "Where an engine's authorization codes may be sent.")
    {
        new Command("add", "Allow one more redirect URI.") { Engine, Uri }
            .Runs(invocation => ShowAsync(invocation, invocation.Get<ChangeAddresses>().AddRedirectAsync(Id(invocation), Given(invocation), invocation.Cancellation))),
        new Command("remove", "Allow a redirect URI no longer.") { Engine, Uri }
            .Runs(invocation => ShowAsync(invocation, invocation.Get<ChangeAddresses>().RemoveRedirectAsync(Id(invocation), Given(invocation), invocation.Cancellation))),
        new Command("list", "The redirect URIs of an engine.") { Engine }.Runs(ListAsync),
    };

    public static Command InitiateLogin() => new Command("initiate-login", "Change where launches are handed over to an engine.") { Engine, Uri }.Runs(async invocation =>
    {
        var changed = await invocation.Get<ChangeAddresses>().SetInitiateLoginAsync(Id(invocation), Given(invocation), invocation.Cancellation);
        return changed.Succeeded
            ? invocation.Output.Done(new { id = Id(invocation), initiateLoginUri = Given(invocation) }, $"Launches go to {Given(invocation)} from now on, on every replica within a minute.")
            : invocation.Output.Failed(changed.Failures);
    });

    private static async Task<int> ListAsync(Invocation invocation)
    {
        var engine = (await invocation.Get<EngineClients>().ListAsync(invocation.Cancellation)).SingleOrDefault(one => one.ClientId == Id(invocation));
        return engine is null ? invocation.Output.Failed([EngineClientRules.Unknown]) : invocation.Output.Done(engine.RedirectUris, engine.RedirectUris);
    }

    private static async Task<int> ShowAsync(Invocation invocation, Task<Outcome<string[]>> change)
    {
        var changed = await change;
        return changed.Succeeded
            ? invocation.Output.Done(changed.Value, [.. changed.Value, "In force on every replica within a minute."])
            : invocation.Output.Failed(changed.Failures);
    }

    private static string Id(Invocation invocation) => invocation.Parsed.GetValue(Engine)!;

    private static string Given(Invocation invocation) => invocation.Parsed.GetValue(Uri)!;
}
