using Gateway.Privacy;
using Npgsql;
using OneRoster.Model;

namespace Gateway.Rostering;

/// <summary>What the phases of one run share. Everything happens on the one connection, which holds the run lock and the temporary tables.</summary>
internal sealed class RosterRunContext(
    RosterRunRequest request, long runId, IRosterSource source, NpgsqlConnection connection, DistrictKeyRing keys, DateOnly today, RosterLedger ledger)
{
    public RosterRunRequest Request => request;

    public long RunId => runId;

    public IRosterSource Source => source;

    public NpgsqlConnection Connection => connection;

    public DistrictKeyRing Keys => keys;

    /// <summary>The day in the district's time zone: the day on which what is absent ends .</summary>
    public DateOnly Today => today;

    public RosterLedger Ledger => ledger;

    /// <summary>The transaction of comparing and switching, once it is open.</summary>
    public NpgsqlTransaction? Transaction { get; set; }

    /// <summary>A command without a time limit: on a large roster one statement may take minutes.</summary>
    public NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, connection, Transaction) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("district", request.District);
        command.Parameters.AddWithValue("today", today);
        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
