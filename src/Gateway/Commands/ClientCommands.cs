using System.CommandLine;
using System.Globalization;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client add|accept|list|enable|disable|fields|webhook|webhook-events|webhook-replay</c></summary>
internal static class ClientCommands
{
    public static Command Create() => new("client", "The practice engines: OpenID Connect clients of the gateway.")
    {
        Add(), Accept(), List(), MappingCommands.Enable(), MappingCommands.Disable(), MappingCommands.Fields(),
        WebhookCommands.Webhook(), WebhookCommands.Events(), WebhookCommands.Replay(),
    };

    private static Command Add()
    {
        var id = new Argument<string>("id") { Description = "The engine's client id.", HelpName = "ID" };
        var initiate = new Option<string>("--initiate-login-uri") { Description = "Where a launch is handed over.", Required = true, HelpName = "URL" };
        var redirects = new Option<string[]>("--redirect-uri") { Description = "Where codes may be sent; repeat for several.", Required = true, HelpName = "URL" };
        var secret = new Option<string>("--secret-file") { Description = "A file with the client secret, 32 characters or more; or:", HelpName = "FILE" };
        var jwks = new Option<string>("--jwks-url") { Description = "Where the engine publishes its own keys (private_key_jwt).", HelpName = "URL" };
        var signing = new Option<string>("--id-token-alg") { Description = "What its id_tokens are signed with; default: ES256.", HelpName = "ES256|RS256", DefaultValueFactory = _ => "ES256" };
        signing.AcceptOnlyFromAmong([.. SigningPurpose.IdTokens.Select(p => p.Algorithm)]);
        var agreement = new Option<string>("--accept-agreement") { Description = "Name of the person who accepts the data agreement.", Required = true, HelpName = "NAME" };
        return new Command("add", "Register a practice engine.") { id, initiate, redirects, secret, jwks, signing, agreement }.Runs(async invocation =>
        {
            var parsed = invocation.Parsed;
            var read = await SecretFile.ReadAsync(parsed.GetValue(secret), invocation.Cancellation);
            if (!read.Succeeded)
                return invocation.Output.Failed(read.Failures);
            var wish = new RegisterEngineClient(
                parsed.GetValue(id)!, parsed.GetValue(initiate)!, parsed.GetValue(redirects) ?? [], read.Value, parsed.GetValue(jwks),
                parsed.GetValue(agreement), parsed.GetValue(signing)!);
            var problems = await invocation.Get<EngineRegistration>().RegisterAsync(wish, invocation.Cancellation);
            return problems.Count == 0
                ? invocation.Output.Done(new { id = wish.Id }, $"Engine {wish.Id} registered; its data agreement is on record.")
                : invocation.Output.Failed(problems);
        });
    }

    private static Command Accept()
    {
        var id = new Argument<string>("id") { Description = "The engine's client id.", HelpName = "ID" };
        var by = new Option<string>("--by") { Description = "Name of the person who accepts it.", Required = true, HelpName = "NAME" };
        return new Command("accept", "Record that somebody accepts the data agreement in force for an engine.") { id, by }.Runs(async invocation =>
        {
            var accepted = await invocation.Get<AcceptAgreement>().RunAsync(invocation.Parsed.GetValue(id)!, invocation.Parsed.GetValue(by), invocation.Cancellation);
            return accepted.Succeeded
                ? invocation.Output.Done(accepted.Value, $"On record: {Words(accepted.Value)}.")
                : invocation.Output.Failed(accepted.Failures);
        });
    }

    private static Command List() => new Command("list", "All engines, and who accepted their data agreements.").Runs(async invocation =>
    {
        var engines = await invocation.Get<EngineClients>().ListAsync(invocation.Cancellation);
        return invocation.Output.Done(
            engines.Select(e => new
            {
                id = e.ClientId,
                e.InitiateLoginUri,
                e.RedirectUris,
                authentication = e.JwksUrl is null ? "secret" : "private_key_jwt",
                e.JwksUrl,
                idTokenAlg = e.IdTokenSigning.Algorithm,
                agreementVersion = e.Agreement?.Version,
                agreementAcceptedBy = e.Agreement?.AcceptedBy,
                agreementAcceptedAt = e.Agreement?.AcceptedAt,
                agreementWaiting = e.Agreement is { IsSuperseded: false } ? null : DataAgreement.CurrentVersion,
                e.Enabled,
            }),
            engines.Select(e => $"{e.ClientId,-24} {e.InitiateLoginUri} ({(e.Agreement is { } agreement ? Words(agreement) : $"no agreement: not enabled until {DataAgreement.CurrentVersion} is accepted")})"));
    });

    private static string Words(AcceptedAgreement agreement) => string.Create(CultureInfo.InvariantCulture,
        $"agreement {agreement.Version}, accepted by {agreement.AcceptedBy} on {agreement.AcceptedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z{(agreement.IsSuperseded ? $"; {DataAgreement.CurrentVersion} waits to be accepted" : "")}");
}
