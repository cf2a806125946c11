using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>Which version of the policy each district has accepted, and the accepting (P-4.3).</summary>
internal sealed class AcceptedPolicies(GatewayDatabase database, PrivacyPolicy policy, AuditTrail audit, TimeProvider time)
{
    /// <summary>Who accepted version 1.</summary>
    public const string WithContract = "with the contract";

    private const int LongestName = 200;

    /// <summary>The highest version that the district has accepted.</summary>
    public static async Task<int> OfAsync(GatewayDatabase database, int district, CancellationToken cancellation) =>
        await database.InDistrictAsync(district, session => session.Model.PolicyAcceptances.MaxAsync(row => (int?)row.Version, cancellation), cancellation) ?? 1;

    /// <summary>The same of several districts; one that is not there has accepted version 1.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> OfAsync(GatewayDatabase database, int[] districts, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, version from gateway.accepted_policies($1)");
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = districts });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var versions = new Dictionary<int, int>();
        while (await reader.ReadAsync(cancellation))
            versions[reader.GetInt32(0)] = reader.GetInt32(1);
        return versions;
    }

    /// <summary>Every acceptance of a district, the newest first.</summary>
    public Task<List<PolicyAcceptance>> HistoryAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(
        district, session => session.Model.PolicyAcceptances.AsNoTracking().OrderByDescending(row => row.Version).ToListAsync(cancellation), cancellation);

    /// <summary>Accepts the version in force, in the transaction that makes the district.</summary>
    public void Begin(DistrictSession session) => session.Model.PolicyAcceptances.Add(Row(session.District, policy.Current.Number, WithContract));

    /// <summary>
    /// Accepts a version, and those before it. What it brought is read from then on: by launches within half a minute, by rosters with the
    /// next run.
    /// </summary>
    /// <param name="district">The district's number.</param>
    /// <param name="version">A version that there is.</param>
    /// <param name="by">The name of the adult who accepts.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The version accepted; <c>policy.version_unknown</c>, <c>policy.by_missing</c>, or <c>policy.accepted_before</c>.</returns>
    public async Task<Outcome<int>> AcceptAsync(int district, int version, string by, CancellationToken cancellation)
    {
        var failures = new List<Failure>();
        if (policy.Versions.All(known => known.Number != version))
            failures.Add(new("policy.version_unknown", $"There is no version {version}: `privacy policies` shows those there are."));
        if (string.IsNullOrWhiteSpace(by) || by.Length > LongestName)
            failures.Add(new("policy.by_missing", "Who accepts must be said by name: --by NAME."));
        if (failures.Count > 0)
            return Outcome<int>.Failed(failures);
        return await database.InDistrictAsync<Outcome<int>>(district, async session =>
        {
            if (await session.Model.PolicyAcceptances.AnyAsync(row => row.Version >= version, cancellation))
                return new Failure("policy.accepted_before", $"The district has accepted version {version} before.");
            session.Model.PolicyAcceptances.Add(Row(district, version, by.Trim()));
            await session.Model.SaveChangesAsync(cancellation);
            await audit.AppendAsync(session, AuditEntry.ByOperator("policy.accepted", ("version", $"{version}"), ("by", by.Trim())), cancellation);
            return version;
        }, cancellation);
    }

    private PolicyAcceptance Row(int district, int version, string by) =>
        new() { DistrictId = district, Version = version, AcceptedBy = by, AcceptedAt = time.GetUtcNow() };
}
