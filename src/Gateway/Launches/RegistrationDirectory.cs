using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Storage;
using Lti.Registrations;
using Npgsql;

namespace Gateway.Launches;

/// <summary>Registrations by issuer and client, and by number; what was found is kept for half a minute, strangers are not kept at all.</summary>
internal sealed class RegistrationDirectory(GatewayDatabase database, TimeProvider time) : IRegistrationStore
{
    private const int Room = 20_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<int, (PlatformRegistration Entry, DateTimeOffset Until)> byNumber = new();
    private readonly ConcurrentDictionary<(string Issuer, string ClientId), int[]> numbers = new();

    public async ValueTask<IReadOnlyList<Registration>> FindAsync(string issuer, string? clientId, CancellationToken cancellationToken)
    {
        if (clientId is not null && numbers.TryGetValue((issuer, clientId), out var known) && Array.TrueForAll(known, number => Known(number) is not null))
            return [.. known.Select(Known).OfType<PlatformRegistration>().Select(entry => entry.Registration)];
        var found = await LoadAsync(issuer, clientId, null, cancellationToken);
        // All that share the client, or none: one that waits for approval is asked for again each time, so that the first launch after it succeeds.
        if (clientId is not null && found.Count > 0 && !found.Exists(entry => entry.Registration.IsPending))
            numbers[(issuer, clientId)] = [.. found.Select(entry => entry.Number)];
        return [.. found.Select(entry => entry.Registration)];
    }

    public async ValueTask<Registration?> GetAsync(string id, CancellationToken cancellationToken) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (await GetAsync(number, cancellationToken))?.Registration
            : null;

    public async ValueTask<PlatformRegistration?> GetAsync(int number, CancellationToken cancellation) =>
        Known(number) ?? (await LoadAsync(null, null, number, cancellation)).SingleOrDefault();

    /// <summary>The next launch sees what was just learned.</summary>
    public void Forget(int number) => byNumber.TryRemove(number, out _);

    private PlatformRegistration? Known(int number) =>
        byNumber.TryGetValue(number, out var entry) && entry.Until > time.GetUtcNow() ? entry.Entry : null;

    private async Task<List<PlatformRegistration>> LoadAsync(string? issuer, string? clientId, int? number, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select * from gateway.find_registrations($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = issuer });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = clientId });
        command.Parameters.Add(new NpgsqlParameter { Value = number is null ? DBNull.Value : number, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        var found = new List<PlatformRegistration>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                found.Add(Read(reader));
        Keep(found);
        return found;
    }

    private void Keep(List<PlatformRegistration> found)
    {
        if (byNumber.Count + found.Count > Room)
        {
            byNumber.Clear();
            numbers.Clear();
        }

        var until = time.GetUtcNow() + Kept;
        foreach (var entry in found.Where(entry => !entry.Registration.IsPending))
            byNumber[entry.Number] = (entry, until);
    }

    private static PlatformRegistration Read(NpgsqlDataReader row) => new(
        new Registration
        {
            Id = row.GetInt32(0).ToString(CultureInfo.InvariantCulture),
            Issuer = row.GetString(2),
            ClientId = row.GetString(3),
            AuthorizationEndpoint = new Uri(row.GetString(4)),
            TokenEndpoint = new Uri(row.GetString(5)),
            JwksUri = new Uri(row.GetString(6)),
            LearnsDeployments = row.GetBoolean(8) || row.GetBoolean(15),
            DeploymentIds = [.. row.GetFieldValue<string[]>(9)],
            IsPending = row.GetString(10) == "pending",
            TokenAudience = row.IsDBNull(13) ? null : row.GetString(13),
            ToolKeySet = row.IsDBNull(17) ? null : ToolKeys.NameOf(row.GetGuid(17)),
        },
        row.GetInt32(0),
        row.GetInt32(1),
        row.GetString(7),
        row.GetInt32(11),
        row.GetString(12),
        row.IsDBNull(14) ? null : row.GetString(14),
        row.GetBoolean(15),
        row.IsDBNull(16) ? null : row.GetString(16));
}
