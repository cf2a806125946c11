using System.CommandLine;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client add|list|webhook|webhook-events|webhook-replay</c></summary>
internal static class ClientCommands
{
    public static Command Create() => new("client", "The practice engines: OpenID Connect clients of the gateway.") {
        Add(), List(), WebhookCommands.Webhook(), WebhookCommands.Events(), WebhookCommands.Replay(),
    };

    private static Command Add()
    {
        var id = new Argument<string>("id") { Description = "The engine's client id.", HelpName = "ID" };
        var initiate = new Option<string>("--initiate-login-uri") { Description = "Where a launch is handed over.", Required = true, HelpName = "URL" };
        var redirects = new Option<string[]>("--redirect-uri") { Description = "Where codes may be sent; repeat for several.", Required = true, HelpName = "URL" };
        var secret = new Option<string>("--secret-file") { Description = "A file with the client secret, 32 characters or more.", HelpName = "FILE" };
        var jwks = new Option<string>("--jwks-url") { Description = "The engine's public keys, for private_key_jwt.", HelpName = "URL" };
        var agreement = new Option<string>("--accept-agreement") { Description = "Name of the person who accepts the data agreement.", Required = true, HelpName = "NAME" };
        return new Command("add", "Register a practice engine.") { id, initiate, redirects, secret, jwks, agreement }.Runs(async invocation =>
        {
            var parsed = invocation.Parsed;
            var read = await SecretFile.ReadAsync(parsed.GetValue(secret), invocation.Cancellation);
            if (!read.Succeeded)
                return invocation.Output.Failed(read.Failures);
            var problems = await invocation.Get<EngineRegistration>().RegisterAsync(new RegisterEngineClient(
                parsed.GetValue(id)!, parsed.GetValue(initiate)!, parsed.GetValue(redirects) ?? [], read.Value, parsed.GetValue(jwks), parsed.GetValue(agreement)),
                invocation.Cancellation);
            return problems.Count == 0
                ? invocation.Output.Done(new { id = parsed.GetValue(id) }, $"Engine {parsed.GetValue(id)} registered; its data agreement is on record.")
                : invocation.Output.Failed(problems);
        });
    }

    private static Command List() => new Command("list", "All engines.").Runs(async invocation =>
    {
        var engines = await invocation.Get<EngineClients>().ListAsync(invocation.Cancellation);
        return invocation.Output.Done(
            engines.Select(e => new { id = e.ClientId, e.InitiateLoginUri, e.RedirectUris, e.AgreementVersion, e.Enabled }),
            engines.Select(e => $"{e.ClientId,-24} {e.InitiateLoginUri} ({(e.Enabled ? $"agreement {e.AgreementVersion}" : "no agreement: not enabled")})"));
    });
}
