using System.Collections.Concurrent;
using Gateway.Privacy;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine;

/// <summary>
/// Which districts an engine may see, and what each gives it. Kept for half a minute: whoever answers with a district's rows compares the
/// mapping's version with the one in force (<see cref="Api.RosterReader"/>).
/// </summary>
internal sealed class EngineDistricts(GatewayDatabase database, TimeProvider time, PrivacyPolicy? policy = null) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    // A district that has just enabled the engine is found at once, but guesses cost at most one query in this time.
    private static readonly TimeSpan KeptForGuesses = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>The districts as they are in the database now, by slug.</summary>
    public async Task<IReadOnlyList<EngineDistrict>> ListAsync(string clientId, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand(
            "select id, slug, name, time_zone, version, fields, role_words::text, grade_words::text from gateway.engine_districts($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        var districts = new List<EngineDistrict>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var mapping = FieldMappings.Of(reader.GetInt32(4), true, reader.GetFieldValue<string[]>(5), reader.GetString(6), reader.GetString(7));
            districts.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), mapping));
        }

        await reader.DisposeAsync();
        return await AcceptedAsync(districts, cancellation);
    }

    /// <summary>P-4.3: what a district gives and has not accepted yet, it does not give.</summary>
    private async Task<List<EngineDistrict>> AcceptedAsync(List<EngineDistrict> districts, CancellationToken cancellation)
    {
        if (policy is null || policy.GivesTheSame || districts.Count == 0)
            return districts;
        var accepted = await AcceptedPolicies.OfAsync(database, [.. districts.Select(district => district.Id)], cancellation);
        return [.. districts.Select(district => district with
        {
            Mapping = district.Mapping with { Fields = policy.Among(district.Mapping.Fields, accepted.GetValueOrDefault(district.Id, 1)) },
        })];
    }

    /// <summary>Null: there is none of that slug, or it does not give this engine anything.</summary>
    public async ValueTask<EngineDistrict?> FindAsync(string clientId, string slug, CancellationToken cancellation) =>
        (await GetAsync(clientId, Kept, cancellation)).GetValueOrDefault(slug)
        ?? (await GetAsync(clientId, KeptForGuesses, cancellation)).GetValueOrDefault(slug);

    /// <summary>The next question goes to the database: a district's decision for one engine can concern another.</summary>
    public void Forget() => known.Clear();

    public void Dispose() => loading.Dispose();

    private async ValueTask<IReadOnlyDictionary<string, EngineDistrict>> GetAsync(string clientId, TimeSpan age, CancellationToken cancellation)
    {
        if (Recent(clientId, age) is { } recent)
            return recent;
        await loading.WaitAsync(cancellation);
        try
        {
            if (Recent(clientId, age) is { } loaded)
                return loaded;
            var now = time.GetUtcNow();
            var districts = (await ListAsync(clientId, cancellation)).ToDictionary(district => district.Slug, StringComparer.Ordinal);
            known[clientId] = new(districts, now);
            return districts;
        }
        finally
        {
            loading.Release();
        }
    }

    private IReadOnlyDictionary<string, EngineDistrict>? Recent(string clientId, TimeSpan age) =>
        known.TryGetValue(clientId, out var found) && time.GetUtcNow() - found.LoadedAt < age ? found.Districts : null;

    private sealed record Known(IReadOnlyDictionary<string, EngineDistrict> Districts, DateTimeOffset LoadedAt);
}
