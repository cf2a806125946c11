using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine;

/// <summary>What an engine has of a district.</summary>
/// <param name="ClientId">The engine.</param>
/// <param name="Launches">Whether the district's people are handed over to it.</param>
/// <param name="Fields">What it is given besides class membership; null: it does not see the district.</param>
/// <param name="Decided">Whether somebody decided it; otherwise it follows from the engine being the district's own, or the only one.</param>
internal sealed record EngineChoice(string ClientId, bool Launches, IReadOnlyList<string>? Fields, bool Decided);

/// <summary>Says what each engine has, so that nobody takes something away without seeing it.</summary>
internal sealed class EngineChoices(GatewayDatabase database)
{
    private const string Ask = """
        select c.id, coalesce(d.engine_client_id = c.id, (select count(*) = 1 from gateway.engine_client o where o.removed_at is null)), g.fields,
               exists (select from gateway.engine_mapping m where m.district_id = d.id and m.client_id = c.id)
        from gateway.engine_client c
        join gateway.district d on d.id = $1
        left join lateral (select e.fields from gateway.engine_districts(c.id) e where e.id = d.id) g on true
        where c.removed_at is null
        order by c.id
        """;

    /// <summary>Every engine of a district, by client id; those that have nothing too.</summary>
    public Task<List<EngineChoice>> OfAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(
        district,
        async session =>
        {
            await using var command = session.Command(Ask);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = district });
            var choices = new List<EngineChoice>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                choices.Add(new(reader.GetString(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<string[]>(2), reader.GetBoolean(3)));
            return choices;
        },
        cancellation);

    /// <summary>Where an engine has anything, by slug.</summary>
    public async Task<List<EngineUse>> UseOfAsync(string clientId, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, slug, launches, gives, scores, erasures from gateway.engine_use($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        var uses = new List<EngineUse>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            uses.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetInt64(4), reader.GetInt64(5)));
        return uses;
    }
}

/// <summary>What an engine has in a district, and what waits there for it or from it.</summary>
/// <param name="Id">The district's number.</param>
/// <param name="District">Its slug.</param>
/// <param name="Launches">Whether people are handed over to the engine.</param>
/// <param name="Gives">Whether the engine sees the district.</param>
/// <param name="Scores">Scores of the engine that wait to be delivered.</param>
/// <param name="Erasures">Erasures that the engine has not confirmed.</param>
internal sealed record EngineUse(int Id, string District, bool Launches, bool Gives, long Scores, long Erasures);
