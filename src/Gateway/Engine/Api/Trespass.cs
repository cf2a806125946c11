using Gateway.Alerts;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// What counts as an attempt of an engine to reach into a district (P-5.7). Not a slug that no district has, nor a district that took the
/// engine's access away: an engine that goes on polling is no attacker. A mistake happens a few times, hence the thresholds.
/// </summary>
internal sealed class Trespass(GatewayDatabase database, Incidents incidents)
{
    /// <summary>So many questions for a district that never enabled the engine, within <see cref="Incidents.Window"/>.</summary>
    public const int Questions = 10;

    /// <summary>So many ids of one district in the address of another.</summary>
    public const int StrayIds = 5;

    /// <summary>The engine asked for a district that it does not see.</summary>
    public async Task NoticeAsync(string clientId, string slug, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select gateway.never_given($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        if (await command.ExecuteScalarAsync(cancellation) is int district)
            await incidents.NoticeAsync(district, IncidentKind.TenantBreach, clientId, Questions, cancellation);
    }

    /// <summary>The engine used an id of this district for another one.</summary>
    public Task NoticeAsync(string clientId, int district, CancellationToken cancellation) =>
        incidents.NoticeAsync(district, IncidentKind.TenantBreach, $"{clientId} ids", StrayIds, cancellation);
}
