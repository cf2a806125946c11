using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Lti.Security;
using Microsoft.EntityFrameworkCore;
using LtiRegistration = Lti.Registrations.Registration;

namespace Gateway.Launches;

/// <summary>
/// The secrets that platforms shared with the tool under LTI 1.1 (L-1.11), sealed at rest. A registration's are kept open for half a
/// minute: while links of then are in use, every launch asks.
/// </summary>
internal sealed class LegacySecrets(GatewayDatabase database, RegistrationDirectory registrations, Sealer sealer, TimeProvider time) : ILegacySecretStore
{
    private const string Purpose = "lti 1.1 secret";
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<int, (Dictionary<string, byte[]> Secrets, DateTimeOffset Until)> known = new();

    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(LtiRegistration registration, string consumerKey, CancellationToken cancellationToken)
    {
        var number = int.Parse(registration.Id, CultureInfo.InvariantCulture);
        if (!known.TryGetValue(number, out var entry) || entry.Until <= time.GetUtcNow())
            known[number] = entry = (await LoadAsync(number, cancellationToken), time.GetUtcNow() + Kept);
        return entry.Secrets.TryGetValue(consumerKey, out var secret) ? secret : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>The secret as it rests: it opens in its own row alone.</summary>
    public byte[] Seal(int registration, string consumerKey, string secret) =>
        sealer.Seal(Purpose, Encoding.UTF8.GetBytes(secret), ContextOf(registration, consumerKey));

    private async Task<Dictionary<string, byte[]>> LoadAsync(int number, CancellationToken cancellation)
    {
        if (await registrations.GetAsync(number, cancellation) is not { } platform)
            return [];
        var rows = await database.InDistrictAsync(
            platform.District,
            session => session.Model.LegacyConsumers.AsNoTracking().Where(c => c.RegistrationId == number).ToListAsync(cancellation),
            cancellation);
        return rows.ToDictionary(row => row.ConsumerKey, row => sealer.Open(Purpose, row.SealedSecret, ContextOf(number, row.ConsumerKey)), StringComparer.Ordinal);
    }

    private static string ContextOf(int registration, string consumerKey) => string.Create(CultureInfo.InvariantCulture, $"{registration}:{consumerKey}");
}
