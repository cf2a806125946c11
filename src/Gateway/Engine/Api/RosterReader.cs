using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// Asks the database for an engine. Each question is made from the district's mapping, and goes out together with the question which
/// version of the mapping is in force: an answer made from another version is thrown away, and the question is made anew.
/// </summary>
internal sealed class RosterReader(GatewayDatabase database, EngineClients engines, EngineDistricts districts, EngineOrders orders, Trespass trespass, TimeProvider time)
{
    private const int Tries = 3;

    // Sets the district for itself and for what follows in the transaction, and answers with the version in force; 0 is the default's.
    // The second select needs the first one's value, so it cannot be asked before: row-level security holds in it.
    private const string SeeDistrict = """
        select (select coalesce(max(m.version), 0) from gateway.engine_mapping m where m.district_id = seen.district and m.client_id = $2)
        from (select set_config('gateway.district', $1::integer::text, true)::integer as district offset 0) seen
        """;

    /// <param name="clientId">The engine that asks.</param>
    /// <param name="slug">The district that it asks about.</param>
    /// <param name="wanted">The fields that it asks for; null for all.</param>
    /// <param name="plan">Makes the question from what the engine may see.</param>
    /// <param name="cancellation">The engine went away.</param>
    /// <param name="list">The long list that it asks for a page of; null for anything else.</param>
    public async Task<Outcome<T>> ReadAsync<T>(
        string clientId, string slug, IReadOnlySet<string>? wanted, Func<EngineView, Outcome<RosterQuery<T>>> plan, CancellationToken cancellation,
        LongList? list = null)
    {
        if (await engines.FindAsync(clientId, cancellation) is not { } engine)
            return ApiFailures.DistrictUnknown;
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await districts.FindAsync(clientId, slug, cancellation) is not { } district)
            {
                await trespass.NoticeAsync(clientId, slug, cancellation);
                return ApiFailures.DistrictUnknown;
            }

            var view = new EngineView(engine, district, district.Today(time), wanted);
            if (list is not null)
                view.Order = await OrderAsync(engine, view, list, cancellation);
            var question = plan(view);
            if (view.StrayedFrom is { } other)
                await trespass.NoticeAsync(clientId, other, cancellation);
            var (inForce, answer) = question.Succeeded
                ? await AskAsync(view, question.Value, cancellation)
                // What the district does not give may be given by the version in force.
                : (await InForceAsync(view, cancellation), Outcome<T>.Failed(question.Failures));
            if (inForce)
                return answer;
            districts.Forget();
        }

        return ApiFailures.MappingChanging;
    }

    /// <summary>Asks with a mapping that need not be in force: what an administrator sees before deciding on it.</summary>
    public async Task<T> LookAsync<T>(RegisteredEngine engine, EngineDistrict district, OrderedRows rows, Func<EngineView, Outcome<RosterQuery<T>>> plan, CancellationToken cancellation)
    {
        var view = new EngineView(engine, district, district.Today(time), wanted: null);
        view.Order = await orders.GetAsync(engine, district.Id, rows, since: null, cancellation);
        return (await AskAsync(view, plan(view).Value, cancellation)).Answer.Value;
    }

    // The last part of a list's cursor says where the feed stood when its first page was read.
    private async Task<ListOrder?> OrderAsync(RegisteredEngine engine, EngineView view, LongList list, CancellationToken cancellation)
    {
        if (list.After is not { } after)
            return await orders.GetAsync(engine, view.District.Id, list.Rows, since: null, cancellation);
        return view.RowOf(EngineIdKind.Cursor, after[(after.LastIndexOf('.') + 1)..]) is { } since
            ? await orders.GetAsync(engine, view.District.Id, list.Rows, since, cancellation)
            : null;
    }

    private async Task<(bool InForce, Outcome<T> Answer)> AskAsync<T>(EngineView view, RosterQuery<T> query, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = BatchOf(connection, view);
        foreach (var command in query.Commands)
            batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var inForce = await ReadInForceAsync(reader, view, cancellation);
        await reader.NextResultAsync(cancellation);
        return (inForce, await query.Read(reader, cancellation));
    }

    private async Task<bool> InForceAsync(EngineView view, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = BatchOf(connection, view);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await ReadInForceAsync(reader, view, cancellation);
    }

    // One round trip and one transaction, in the district's sight.
    private static NpgsqlBatch BatchOf(NpgsqlConnection connection, EngineView view) => new(connection)
    {
        BatchCommands =
        {
            new NpgsqlBatchCommand(SeeDistrict)
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = view.District.Id }, new NpgsqlParameter<string> { TypedValue = view.ClientId } },
            },
        },
    };

    private static async Task<bool> ReadInForceAsync(NpgsqlDataReader reader, EngineView view, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        return reader.GetInt32(0) == view.District.Mapping.Version;
    }
}

/// <summary>A long list, and where a page of it begins; null: with the first row.</summary>
internal sealed record LongList(OrderedRows Rows, string? After);
