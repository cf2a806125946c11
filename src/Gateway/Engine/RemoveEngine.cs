using System.Globalization;
using Gateway.Grades;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Engine;

/// <summary>
/// Removes an engine for good. Refused while anything hangs on it, unless the caller names what goes. First it is suspended, so that nothing
/// comes in between; then each district takes back what it gave; then credentials, webhook and the key of its ids go. What the districts had
/// decided, the agreements and the id itself stay on record. Run again after a failure: it goes on where it stopped.
/// </summary>
internal sealed class RemoveEngine(
    GatewayDatabase database, EngineClients engines, EngineChoices choices, SuspendEngine suspend, ChangeMapping mappings, AuditTrail trail, TimeProvider time)
{
    public const string Districts = "districts";
    public const string Scores = "scores";
    public const string Erasures = "erasures";

    /// <summary>What can hang on an engine.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Districts, Scores, Erasures];

    /// <param name="clientId">The engine.</param>
    /// <param name="by">Name of the adult who decides.</param>
    /// <param name="with">Which of <see cref="Parts"/> may go with it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What went, by district.</returns>
    public async Task<Outcome<List<EngineUse>>> RunAsync(string clientId, string? by, IReadOnlyCollection<string> with, CancellationToken cancellation)
    {
        var problems = MappingRules.Check(new MappingWish(clientId, by));
        if (problems.Count > 0)
            return Outcome<List<EngineUse>>.Failed(problems);
        if ((await engines.ListAsync(cancellation)).All(engine => engine.ClientId != clientId))
            return EngineClientRules.Unknown;
        if (InUse(await choices.UseOfAsync(clientId, cancellation), with) is { } refusal)
            return refusal;

        await suspend.RunAsync(clientId, suspend: true, cancellation);
        var uses = await choices.UseOfAsync(clientId, cancellation);
        if (InUse(uses, with) is { } later)
            return later;
        foreach (var use in uses.Where(use => use.Gives))
        {
            var taken = await mappings.RunAsync(use.Id, new MappingWish(clientId, by) { Enabled = false }, cancellation);
            if (!taken.Succeeded)
                return Outcome<List<EngineUse>>.Failed(taken.Failures);
        }

        var removed = await database.InGatewayAsync(async session =>
        {
            if (!await session.Model.Database.SqlQuery<bool>($"select gateway.remove_engine({clientId}, {time.GetUtcNow()}, {ScoreCodes.EngineRemoved}) as \"Value\"").SingleAsync(cancellation))
                return false;
            await trail.AppendAsync(session, AuditEntry.ByOperator(
                "engine.removed", ("engine", clientId), (Districts, Count(uses.Count(use => use.Gives || use.Launches))),
                (Scores, Count(uses.Sum(use => use.Scores))), (Erasures, Count(uses.Sum(use => use.Erasures)))), cancellation);
            return true;
        }, cancellation);
        engines.Forget();
        return removed
            ? uses
            : new Failure("client.in_use", "A district has enabled the engine meanwhile; the engine is suspended. Run the command again.");
    }

    private static Failure? InUse(IReadOnlyList<EngineUse> uses, IReadOnlyCollection<string> with)
    {
        List<(string Part, string Words)> found =
        [
            (Districts, string.Join(", ", uses.Where(use => use.Gives || use.Launches).Select(use => use.District))),
            (Scores, Words(uses.Sum(use => use.Scores), "scores that wait to be delivered are given up")),
            (Erasures, Words(uses.Sum(use => use.Erasures), "erasures that it has not confirmed are confirmed by nobody")),
        ];
        var missing = found.FindAll(part => part.Words.Length > 0 && !with.Contains(part.Part));
        return missing.Count == 0 ? null : new Failure("client.in_use",
            $"The engine is in use. What would go with it: {string.Join("; ", missing.Select(part => $"{part.Part}: {part.Words}"))}. "
            + $"Name all that may go: --with {string.Join(',', found.Where(part => part.Words.Length > 0).Select(part => part.Part))}. To switch it off and keep everything: client suspend.");
    }

    private static string Words(long count, string words) => count == 0 ? "" : $"{Count(count)} {words}";

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
