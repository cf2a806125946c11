using Gateway.Privacy.Retention;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// The retention clock (P-2): once a day every rule in every district, and what the minute's rules deleted goes into the audit trail. One run
/// at a time across replicas; what a killed run left is what the next one finds.
/// </summary>
internal sealed class RetentionClock(
    GatewayDatabase database, DistrictKeys keys, AuditTrail audit, PurgeExpired expired, TimeProvider time, ILogger<RetentionClock> logger)
{
    private const long RunKey = 0x72_65_74_65_6e_74; // "retent"
    private readonly DistrictRetention rules = new(database, audit);
    private readonly ReplacedKeys replaced = new(database, keys);
    private readonly DistrictClosure closure = new(database, keys, audit);

    /// <param name="dryRun">Count only: what a run at this moment would delete.</param>
    /// <param name="cancellation">Stops between two transactions.</param>
    /// <returns><c>retention.already_running</c> when another run is under way.</returns>
    public async Task<Outcome<RetentionReport>> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        if (dryRun)
            return await RunAsync(CountAsync, dryRun, cancellation);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        if (!await SessionLock.TryTakeAsync(connection, RunKey, cancellation))
            return new Failure("retention.already_running", "Another run is under way: wait for it.");
        try
        {
            return await RunAsync(DeleteAsync, dryRun, cancellation);
        }
        finally
        {
            await SessionLock.ReleaseAsync(connection, RunKey);
        }
    }

    private async Task<RetentionReport> RunAsync(
        Func<Tenant, RetentionMoment, CancellationToken, Task<Dictionary<string, long>>> keep, bool dryRun, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var totals = dryRun ? await expired.CountAsync(cancellation) : await expired.DeleteAsync(cancellation);
        var closed = new List<string>();
        var failed = 0;
        foreach (var tenant in await TenantsAsync(cancellation))
        {
            var moment = RetentionMoment.In(TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone), now);
            try
            {
                foreach (var (rule, rows) in await keep(tenant, moment, cancellation))
                    totals[rule] = totals.GetValueOrDefault(rule) + rows;
                if (EndedDistrictRule.IsDue(tenant.ContractEnd, moment.Today))
                    closed.Add(tenant.Slug);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What is wrong with one district keeps no other from its deletions.
                RetentionLog.Broke(logger, tenant.Id, e.GetType().Name);
                failed++;
            }
        }

        if (!dryRun)
            await TellAsync(cancellation);
        RetentionLog.Kept(logger, dryRun, totals.Values.Sum(), closed.Count, failed);
        return new(dryRun, [.. RetentionRules.All.Select(rule => new RetentionCount(
            rule.Code, rule.Requirement, rule.What, rule.When, totals.GetValueOrDefault(rule.Code)))], closed, failed);
    }

    private Task<Dictionary<string, long>> CountAsync(Tenant tenant, RetentionMoment moment, CancellationToken cancellation) =>
        EndedDistrictRule.IsDue(tenant.ContractEnd, moment.Today) ? Task.FromResult(OneDistrict()) : rules.CountAsync(tenant.Id, moment, cancellation);

    private async Task<Dictionary<string, long>> DeleteAsync(Tenant tenant, RetentionMoment moment, CancellationToken cancellation)
    {
        if (!EndedDistrictRule.IsDue(tenant.ContractEnd, moment.Today))
        {
            var gone = await rules.DeleteAsync(tenant.Id, moment, cancellation);
            await replaced.RunAsync(tenant.Id, moment.Now, cancellation);
            return gone;
        }

        await closure.RunAsync(tenant.Id, tenant.Slug, tenant.ContractEnd!.Value, moment.Now, cancellation);
        return OneDistrict();
    }

    private static Dictionary<string, long> OneDistrict() => new(StringComparer.Ordinal) { [EndedDistrictRule.Instance.Code] = 1 };

    private async Task<List<Tenant>> TenantsAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select id, slug, time_zone, contract_end from gateway.district order by id");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        // The gateway's own mails are under no district's number.
        var tenants = new List<Tenant> { new(GatewayDatabase.Own, "", TimeZoneInfo.Utc.Id, null) };
        while (await reader.ReadAsync(cancellation))
            tenants.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3)));
        return tenants;
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var counts = new List<(string, long)>();
        await using (var take = new NpgsqlCommand("delete from gateway.retention_tally returning rule, rows", connection, transaction))
        await using (var reader = await take.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                counts.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        if (counts.Count > 0)
            await audit.AppendAsync(connection, transaction, RetentionEntries.Deleted(counts), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed record Tenant(int Id, string Slug, string TimeZone, DateOnly? ContractEnd);
}
