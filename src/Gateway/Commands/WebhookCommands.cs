using System.CommandLine;
using System.Globalization;
using Gateway.Engine;

namespace Gateway.Commands;

/// <summary><c>client webhook|webhook-events|webhook-replay</c></summary>
internal static class WebhookCommands
{
    private static readonly Argument<string> Engine = new("id") { Description = "The engine's client id.", HelpName = "ID" };

    public static Command Webhook()
    {
        var url = new Option<string>("--url") { Description = "Where events go; the first time a secret is made and shown.", HelpName = "URL" };
        var rotate = new Option<bool>("--rotate-secret") { Description = "Make a new secret and show it." };
        var overlap = new Option<int>("--overlap") { Description = "For how long the secret before signs too.", HelpName = "HOURS", DefaultValueFactory = _ => 24 };
        var enable = new Option<bool>("--enable") { Description = "Use it again after the receiver said that it is gone (410)." };
        var remove = new Option<bool>("--remove") { Description = "Tell the engine nothing any more; its events and the secret are deleted." };
        var command = new Command("webhook", "Where an engine is told that there is something to fetch; with an option, change it.") { Engine, url, rotate, overlap, enable, remove };
        command.Validators.Add(given =>
        {
            if (new[] { given.GetResult(url) is not null, given.GetValue(rotate), given.GetValue(enable), given.GetValue(remove) }.Count(asked => asked) > 1)
                given.AddError("Give one of --url, --rotate-secret, --enable and --remove.");
            if (given.GetResult(overlap) is { Implicit: false } && !given.GetValue(rotate))
                given.AddError("--overlap goes with --rotate-secret.");
        });
        return command.Runs(invocation =>
        {
            var (parsed, endpoints, cancellation) = (invocation.Parsed, invocation.Get<WebhookEndpoints>(), invocation.Cancellation);
            var id = parsed.GetValue(Engine)!;
            return parsed.GetValue(url) is { } address ? ChangeAsync(invocation, endpoints.SetAsync(id, address, cancellation))
                : parsed.GetValue(rotate) ? ChangeAsync(invocation, endpoints.RotateSecretAsync(id, parsed.GetValue(overlap), cancellation))
                : parsed.GetValue(enable) ? ChangeAsync(invocation, endpoints.EnableAsync(id, cancellation))
                : parsed.GetValue(remove) ? RemoveAsync(invocation, endpoints.RemoveAsync(id, cancellation))
                : ShowAsync(invocation, endpoints.FindAsync(id, cancellation));
        });
    }

    public static Command Events()
    {
        var pending = new Option<bool>("--pending") { Description = "Those that wait for a try." };
        var dead = new Option<bool>("--dead") { Description = "Those that were given up." };
        var last = new Option<int>("--last") { Description = "How many, the newest first.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("webhook-events", "What was sent to an engine's webhook, and what became of it.") { Engine, pending, dead, last };
        command.Validators.Add(given =>
        {
            if (given.GetValue(pending) && given.GetValue(dead))
                given.AddError("Give one of --pending and --dead.");
            if (given.GetResult(last) is { Implicit: false } && given.GetValue(last) < 1)
                given.AddError("--last is 1 or more.");
        });
        return command.RunsForWebhook(async (invocation, endpoint) =>
        {
            var state = invocation.Parsed.GetValue(dead) ? WebhookEvents.Dead : invocation.Parsed.GetValue(pending) ? WebhookEvents.Pending : null;
            var events = await invocation.Get<WebhookEvents>().ListAsync(endpoint.ClientId, state, invocation.Parsed.GetValue(last), invocation.Cancellation);
            return invocation.Output.Done(events, events.Select(LineOf));
        });
    }

    public static Command Replay()
    {
        var one = new Option<Guid?>("--event") { Description = "One event, in whatever state.", HelpName = "UUID" };
        var dead = new Option<bool>("--dead") { Description = "All that were given up." };
        var since = new Option<DateTimeOffset?>("--since")
        {
            Description = "All that were made since then, such as 2026-10-05T12:00Z.",
            HelpName = "TIME",
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                    return time;
                result.AddError("--since is a time such as 2026-10-05T12:00Z.");
                return null;
            },
        };
        var command = new Command("webhook-replay", "Send an engine events again, under their own ids.") { Engine, one, dead, since };
        command.Validators.Add(given =>
        {
            if (new[] { given.GetResult(one) is not null, given.GetValue(dead), given.GetResult(since) is not null }.Count(asked => asked) != 1)
                given.AddError("Give one of --event, --dead and --since.");
        });
        return command.RunsForWebhook(async (invocation, endpoint) =>
        {
            var parsed = invocation.Parsed;
            var replayed = await invocation.Get<WebhookEvents>().ReplayAsync(
                endpoint.ClientId, parsed.GetValue(one), parsed.GetValue(dead) ? WebhookEvents.Dead : null, parsed.GetValue(since), invocation.Cancellation);
            if (replayed == 0 && parsed.GetValue(one) is not null)
                return invocation.Output.Failed([new("webhook.event_unknown", $"There is no such event of this engine: see `client webhook-events {endpoint.ClientId}`.")]);
            return invocation.Output.Done(
                new { replayed, endpoint.DisabledCode },
                endpoint.DisabledCode is null
                    ? $"{replayed} events are due: a gateway that serves sends them within seconds."
                    : $"{replayed} events wait: the webhook is disabled ({endpoint.DisabledCode}). `client webhook {endpoint.ClientId} --enable` sends them.");
        });
    }

    private static Command RunsForWebhook(this Command command, Func<Invocation, WebhookEndpoint, Task<int>> action) => command.Runs(async invocation =>
    {
        var found = await invocation.Get<WebhookEndpoints>().FindAsync(invocation.Parsed.GetValue(Engine)!, invocation.Cancellation);
        return found.Succeeded ? await action(invocation, found.Value) : invocation.Output.Failed(found.Failures);
    });

    private static async Task<int> ShowAsync(Invocation invocation, Task<Outcome<WebhookEndpoint>> asked)
    {
        var found = await asked;
        return found.Succeeded ? invocation.Output.Done(found.Value, LinesOf(found.Value)) : invocation.Output.Failed(found.Failures);
    }

    private static async Task<int> ChangeAsync(Invocation invocation, Task<Outcome<ChangedWebhook>> asked)
    {
        var changed = await asked;
        if (!changed.Succeeded)
            return invocation.Output.Failed(changed.Failures);
        var (endpoint, secret) = changed.Value;
        return invocation.Output.Done(
            new { endpoint, secret },
            [.. LinesOf(endpoint), .. secret is null ? Array.Empty<string>() : [$"secret: {secret}", "It is shown this once: give it to the engine over a safe way."]]);
    }

    private static async Task<int> RemoveAsync(Invocation invocation, Task<Outcome<WebhookEndpoint>> asked)
    {
        var removed = await asked;
        return removed.Succeeded
            ? invocation.Output.Done(removed.Value, $"Engine {removed.Value.ClientId} is told nothing any more; {removed.Value.Pending} events that waited are deleted.")
            : invocation.Output.Failed(removed.Failures);
    }

    private static IEnumerable<string> LinesOf(WebhookEndpoint endpoint)
    {
        yield return $"{endpoint.ClientId} {endpoint.Url} since {At(endpoint.CreatedAt)}";
        if (endpoint.DisabledAt is { } disabled)
            yield return $"disabled since {At(disabled)} ({endpoint.DisabledCode}): nothing is sent. When the receiver is back: `client webhook {endpoint.ClientId} --enable`.";
        yield return $"events: pending {endpoint.Pending}, delivered {endpoint.Delivered}, dead {endpoint.Dead}";
        if (endpoint.Newest is { } newest)
            yield return $"newest: {LineOf(newest)}";
        if (endpoint.PreviousSecretUntil is { } until)
            yield return $"the secret before signs too until {At(until)}";
    }

    private static string LineOf(WebhookEventStatus one) =>
        $"{one.Id} {At(one.CreatedAt)} {one.Type} {one.District} {one.State}, tries {one.Attempts}"
        + (one.State == WebhookEvents.Pending ? $", next {At(one.NextAttemptAt)}" : $", {At(one.FinishedAt!.Value)}")
        + (one.LastStatus is { } status ? $", HTTP {status}" : "")
        + (one.Code is { } code ? $", {code}" : "");

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
