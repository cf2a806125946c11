using System.CommandLine;
using System.Globalization;
using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>audit verify|list</c></summary>
internal static class AuditCommands
{
    private static readonly Argument<string?> District = new("district") { Description = "The district's slug; without it: all, the gateway's own chain included.", HelpName = "DISTRICT", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create() => new("audit", "What was done, by whom and when, in chains that cannot be rewritten unseen.") { Verify(), List() };

    private static Command Verify()
    {
        var heads = new Option<string[]>("--head") { Description = "SEQUENCE:HASH as an earlier run printed it; it must still be in the chain. Repeat for several.", HelpName = "SEQUENCE:HASH" };
        heads.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => AuditMark.Parse(token.Value) is null))
                result.AddError("--head must be SEQUENCE:HASH, as `audit verify` prints it.");
        });
        return new Command("verify", "Read the audit trail again and find what was changed, removed, inserted, moved or cut off.") { District, heads }.Runs(async invocation =>
        {
            var found = await FindAsync(invocation);
            if (!found.Succeeded)
                return invocation.Output.Failed(found.Failures);
            var marks = (invocation.Parsed.GetValue(heads) ?? []).Select(text => AuditMark.Parse(text)!).ToList();
            var report = await invocation.Get<VerifyAudit>().RunAsync(found.Value.Id, marks, invocation.Cancellation);
            await invocation.Get<AuditRound>().TellAsync(report, invocation.Cancellation);
            var shape = report.Chains.Select(chain => new
            {
                chain = NameOf(chain),
                chain.Entries,
                head = chain.Head?.ToString(),
                intact = chain.Break is null,
                broken = chain.Break is { } at ? new { at.Sequence, what = at.Kind } : null,
            }).ToList();
            var lines = report.Chains.Select(chain => string.Create(CultureInfo.InvariantCulture,
                $"{NameOf(chain),-24} {(chain.Break is null ? "intact" : "BROKEN"),-7} {chain.Entries,10} entries  {chain.Head?.ToString() ?? "-"}"));
            var failures = report.Chains.Where(chain => chain.Break is not null).Select(chain => new Failure("audit.broken", string.Create(CultureInfo.InvariantCulture,
                $"{NameOf(chain)}: entry {chain.Break!.Sequence} {chain.Break.Says} ({chain.Break.Kind.ToString().ToLowerInvariant()}). What follows is not vouched for."))).ToList();
            return failures.Count == 0 ? invocation.Output.Done(shape, lines) : invocation.Output.Failed(failures, shape, lines);
        });
    }

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "How many at most; default: 50.", DefaultValueFactory = _ => 50 };
        return new Command("list", "A district's entries, the newest first; without a district the gateway's own.") { District, limit }.Runs(async invocation =>
        {
            var found = await FindAsync(invocation);
            if (!found.Succeeded)
                return invocation.Output.Failed(found.Failures);
            var lines = await invocation.Get<ListAudit>().RunAsync(found.Value.Id, int.Clamp(invocation.Parsed.GetValue(limit), 1, 10_000), invocation.Cancellation);
            return invocation.Output.Done(lines, lines.Select(line => string.Create(CultureInfo.InvariantCulture,
                $"{line.Sequence,8}  {line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {line.Actor,-12} {line.Action,-28} {string.Join(", ", line.Details.Select(d => $"{d.Key} {d.Value}"))}")));
        });
    }

    private static async Task<Outcome<Chosen>> FindAsync(Invocation invocation)
    {
        if (invocation.Parsed.GetValue(District) is not { } slug)
            return new Chosen(null);
        var found = await invocation.Get<FindDistrict>().BySlugAsync(slug, invocation.Cancellation);
        return found.Succeeded ? new Chosen(found.Value.Id) : Outcome<Chosen>.Failed(found.Failures);
    }

    private static string NameOf(AuditChainState chain) =>
        chain.Chain == 0 ? "(gateway)" : chain.District ?? string.Create(CultureInfo.InvariantCulture, $"(district {chain.Chain}, gone)");

    private sealed record Chosen(int? Id);
}
