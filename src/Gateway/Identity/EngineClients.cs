using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>
/// The directory of engines that were not removed. Few and rarely changed: all of them are kept in memory for half a minute, which is how
/// long a replica may go on with an engine that was suspended or removed, or a credential that was.
/// </summary>
internal sealed class EngineClients(GatewayDatabase database, Sealer sealer, TimeProvider time) : IDisposable
{
    public const string SecretPurpose = "engine client secret";
    public const string IdKeyPurpose = "engine id key";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    // An engine added by another process is found at once, but strangers' ids cost at most one query in this time.
    private static readonly TimeSpan KeptForStrangers = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim loading = new(1, 1);
    private Directory? directory;

    /// <summary>The engine with this client id, enabled or not; null when there is none.</summary>
    public async ValueTask<RegisteredEngine?> FindAsync(string? clientId, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(clientId))
            return null;
        if ((await GetAsync(Kept, cancellation)).TryGetValue(clientId, out var engine))
            return engine;
        return (await GetAsync(KeptForStrangers, cancellation)).GetValueOrDefault(clientId);
    }

    /// <summary>The engine that a district's people are sent to: its own choice, else the only one registered.</summary>
    /// <param name="engineClientId">The district's <c>engine_client_id</c>.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public async ValueTask<EngineOfDistrict> EngineOfDistrictAsync(string? engineClientId, CancellationToken cancellation)
    {
        RegisteredEngine? engine;
        if (engineClientId is not null)
        {
            engine = await FindAsync(engineClientId, cancellation);
        }
        else
        {
            var all = await GetAsync(Kept, cancellation);
            if (all.Count == 0)
                all = await GetAsync(KeptForStrangers, cancellation);
            if (all.Count > 1)
                return new(null, EngineOfDistrict.Ambiguous);
            engine = all.Values.SingleOrDefault();
        }

        if (engine is null)
            return new(null, EngineOfDistrict.NotRegistered);
        if (engine.SuspendedAt is not null)
            return new(null, EngineOfDistrict.Suspended);
        return engine.Enabled ? new(engine, null) : new(null, EngineOfDistrict.AgreementMissing);
    }

    /// <summary>Every engine, as it is in the database now, by client id.</summary>
    public async Task<IReadOnlyList<RegisteredEngine>> ListAsync(CancellationToken cancellation) =>
        [.. (await LoadAsync(cancellation)).Values.OrderBy(e => e.ClientId, StringComparer.Ordinal)];

    /// <summary>The next question goes to the database.</summary>
    public void Forget() => directory = null;

    public void Dispose() => loading.Dispose();

    private async ValueTask<IReadOnlyDictionary<string, RegisteredEngine>> GetAsync(TimeSpan age, CancellationToken cancellation)
    {
        if (directory is { } known && time.GetUtcNow() - known.LoadedAt < age)
            return known.Engines;

        await loading.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (directory is { } loaded && now - loaded.LoadedAt < age)
                return loaded.Engines;
            var engines = await LoadAsync(cancellation);
            directory = new Directory(engines, now);
            return engines;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<IReadOnlyDictionary<string, RegisteredEngine>> LoadAsync(CancellationToken cancellation)
    {
        await using var model = database.Open();
        var rows = await model.EngineClients.AsNoTracking().Where(row => row.RemovedAt == null).ToListAsync(cancellation);
        var credentials = (await model.EngineCredentials.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellation)).ToLookup(
            c => c.ClientId, c => new ClientProof(c.Id, c.SecretHash, c.JwksUrl is { } url ? new Uri(url) : null, c.CreatedAt), StringComparer.Ordinal);
        var agreements = await model.EngineAgreements.AsNoTracking().OrderBy(a => a.AcceptedAt).ToListAsync(cancellation);
        var accepted = agreements.ToLookup(a => a.ClientId, a => new AcceptedAgreement(a.Version, a.AcceptedBy, a.AcceptedAt), StringComparer.Ordinal);
        return rows.ToDictionary(r => r.Id, r => Read(r, [.. credentials[r.Id]], accepted[r.Id].LastOrDefault()), StringComparer.Ordinal);
    }

    private RegisteredEngine Read(EngineClient row, IReadOnlyList<ClientProof> credentials, AcceptedAgreement? agreement) => new()
    {
        ClientId = row.Id,
        InitiateLoginUri = row.InitiateLoginUri,
        RedirectUris = row.RedirectUris,
        Credentials = credentials,
        SuspendedAt = row.SuspendedAt,
        IdTokenSigning = SigningPurpose.IdTokens.Single(purpose => purpose.Algorithm == row.IdTokenAlg),
        Ids = new EngineIds(sealer.Open(IdKeyPurpose, row.SealedIdKey, row.Id)),
        Agreement = agreement,
    };

    private sealed record Directory(IReadOnlyDictionary<string, RegisteredEngine> Engines, DateTimeOffset LoadedAt);
}

/// <summary>The engine, or the stable code that says why there is none.</summary>
internal readonly record struct EngineOfDistrict(RegisteredEngine? Engine, string? Refusal)
{
    /// <summary>No engine is registered, or not the one that the district names.</summary>
    public const string NotRegistered = "engine.not_registered";

    /// <summary>Several engines are registered and the district names none.</summary>
    public const string Ambiguous = "engine.ambiguous";

    /// <summary>An operator suspended the engine.</summary>
    public const string Suspended = "engine.suspended";

    /// <summary>Nobody accepted the engine's data agreement (P-5.4).</summary>
    public const string AgreementMissing = "engine.agreement_missing";
}
