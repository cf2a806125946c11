using System.CommandLine;
using System.Globalization;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client credential add|remove</c> and <c>client jwks</c>: how an engine proves who it is.</summary>
internal static class CredentialCommands
{
    private static readonly Argument<string> Engine = new("id") { Description = "The engine's client id.", HelpName = "ID" };

    public static Command Credential() => new("credential", "The secrets of an engine: two are good at a time, so that it changes without a pause.") { Add(), Remove() };

    public static Command Jwks()
    {
        var url = new Option<string>("--url") { Description = "Where the engine publishes its own keys (private_key_jwt).", HelpName = "URL" };
        var remove = new Option<bool>("--remove") { Description = "The engine uses secrets alone from now on." };
        var command = new Command("jwks", "Say where an engine publishes its own keys, also for one that has a secret.") { Engine, url, remove };
        command.Validators.Add(given =>
        {
            if ((given.GetResult(url) is not null) == given.GetValue(remove))
                given.AddError("Give --url or --remove.");
        });
        return command.Runs(async invocation =>
        {
            var (id, change) = (invocation.Parsed.GetValue(Engine)!, invocation.Get<ChangeCredentials>());
            var address = invocation.Parsed.GetValue(url);
            var changed = address is null ? await change.RemoveJwksAsync(id, invocation.Cancellation) : await change.SetJwksAsync(id, address, invocation.Cancellation);
            return Said(invocation, changed, number => address is null
                ? $"{id} has no keys of its own any more: credential {number} is removed. {Ends}"
                : $"{id} proves who it is with the keys at {address}: credential {number}. Secrets that it has stay good until you remove them; tokens given for another address end within a minute.");
        });
    }

    private const string Ends = "Tokens that were given for it end within a minute.";

    private static Command Add()
    {
        var secret = new Option<string>("--secret-file") { Description = "A file with the new secret, 32 characters or more.", HelpName = "FILE", Required = true };
        return new Command("add", "Give an engine another secret beside the one it has.") { Engine, secret }.Runs(async invocation =>
        {
            var id = invocation.Parsed.GetValue(Engine)!;
            var read = await SecretFile.ReadAsync(invocation.Parsed.GetValue(secret), invocation.Cancellation);
            if (!read.Succeeded)
                return invocation.Output.Failed(read.Failures);
            var added = await invocation.Get<ChangeCredentials>().AddSecretAsync(id, read.Value, invocation.Cancellation);
            return Said(invocation, added, number => $"{id} has credential {number} now. When the engine uses it, remove the one before: client credential remove {id} NUMBER");
        });
    }

    private static Command Remove()
    {
        var credential = new Argument<long>("credential") { Description = "Its number, as `client list` shows it.", HelpName = "NUMBER" };
        return new Command("remove", "Take a credential away from an engine.") { Engine, credential }.Runs(async invocation =>
        {
            var id = invocation.Parsed.GetValue(Engine)!;
            var removed = await invocation.Get<ChangeCredentials>().RemoveAsync(id, invocation.Parsed.GetValue(credential), invocation.Cancellation);
            return Said(invocation, removed, number => $"{id} has credential {number} no longer. {Ends}");
        });
    }

    private static int Said(Invocation invocation, Outcome<long> changed, Func<string, string> words) => changed.Succeeded
        ? invocation.Output.Done(new { credential = changed.Value }, words(changed.Value.ToString(CultureInfo.InvariantCulture)))
        : invocation.Output.Failed(changed.Failures);
}
