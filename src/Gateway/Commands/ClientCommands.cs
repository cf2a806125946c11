using System.CommandLine;
using System.Globalization;
using Gateway.Engine;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client</c>: engines are registered and listed here; the other files of the family change and remove them.</summary>
internal static class ClientCommands
{
    public static Command Create() => new("client", "The practice engines: OpenID Connect clients of the gateway.")
    {
        Add(), Accept(), List(), CredentialCommands.Credential(), CredentialCommands.Jwks(), AddressCommands.Redirect(), AddressCommands.InitiateLogin(),
        EngineCommands.Suspend(), EngineCommands.Resume(), EngineCommands.Remove(), MappingCommands.Enable(), MappingCommands.Disable(), MappingCommands.Fields(),
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
            if (problems.Count > 0)
                return invocation.Output.Failed(problems);
            // With the second engine, what the first had as the only one is on record.
            var others = (await invocation.Get<EngineClients>().ListAsync(invocation.Cancellation)).Where(engine => engine.ClientId != wish.Id).ToList();
            var kept = others.Count == 1 ? (await invocation.Get<EngineChoices>().UseOfAsync(others[0].ClientId, invocation.Cancellation)).FindAll(use => use.Gives || use.Launches) : [];
            return invocation.Output.Done(
                new { id = wish.Id, keep = kept.Select(use => new { use.District, engine = others[0].ClientId, use.Launches, use.Gives }) },
                [
                    $"Engine {wish.Id} registered; its data agreement is on record.",
                    .. kept.Select(use => $"{use.District} keeps {others[0].ClientId}; `client enable {use.District} {wish.Id}` lets the new engine see it too"),
                ]);
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
                credentials = e.Credentials.Select(c => new { c.Id, c.Kind, c.CreatedAt }),
                idTokenAlg = e.IdTokenSigning.Algorithm,
                agreementVersion = e.Agreement?.Version,
                agreementAcceptedBy = e.Agreement?.AcceptedBy,
                agreementAcceptedAt = e.Agreement?.AcceptedAt,
                agreementWaiting = e.Agreement is { IsSuperseded: false } ? null : DataAgreement.CurrentVersion,
                e.SuspendedAt,
                e.Enabled,
            }),
            engines.SelectMany(e => e.Credentials.Select(LineOf).Prepend(
                $"{e.ClientId,-24} {e.InitiateLoginUri} ({(e.Agreement is { } agreement ? Words(agreement) : $"no agreement: not enabled until {DataAgreement.CurrentVersion} is accepted")}{Suspension(e)})")));
    });

    private static string Suspension(RegisteredEngine engine) => engine.SuspendedAt is { } since
        ? string.Create(CultureInfo.InvariantCulture, $"; suspended since {since.UtcDateTime:yyyy-MM-dd HH:mm}Z")
        : "";

    private static string LineOf(ClientProof credential) => string.Create(CultureInfo.InvariantCulture,
        $"  credential {credential.Id,-6} {credential.Kind,-16} since {credential.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z{(credential.JwksUrl is { } url ? $"  {url}" : "")}");

    private static string Words(AcceptedAgreement agreement) => string.Create(CultureInfo.InvariantCulture,
        $"agreement {agreement.Version}, accepted by {agreement.AcceptedBy} on {agreement.AcceptedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z{(agreement.IsSuperseded ? $"; {DataAgreement.CurrentVersion} waits to be accepted" : "")}");
}
