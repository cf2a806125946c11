using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>With which of the tool's keys the gateway signs for a platform.</summary>
/// <param name="Keys"><c>own</c>, <c>kind</c> (of the district's platforms of this kind) or <c>shared</c> (by all registrations of before).</param>
/// <param name="JwksUrl">Where the platform finds them.</param>
/// <param name="NextJwksUrl">Where it finds those that it is being moved to; null when it stays.</param>
internal sealed record PlatformKeyState(string Keys, string JwksUrl, string? NextJwksUrl)
{
    public const string Own = "own";
    public const string OfKind = "kind";
    public const string Shared = "shared";
}

/// <summary>
/// Gives a platform keys of its own (T-6), in two steps, because the platform has to be told the new address between them: first the address
/// is made, where the old keys are published too; then the new keys sign.
/// </summary>
internal sealed class PlatformKey(GatewayDatabase database, ToolFacts tool, ToolKeySets sets, RegistrationDirectory directory, AuditTrail trail, TimeProvider time)
{
    private static readonly Failure OwnAlready = new("platform.key_own", "The platform has keys of its own already.");

    private static readonly Failure NotPrepared = new("platform.key_not_prepared", "There is nothing to switch to: `platform key … --own` makes the address first, and the platform is told it.");

    /// <summary>How it stands.</summary>
    public Task<Outcome<PlatformKeyState>> ShowAsync(int district, int id, CancellationToken cancellation) =>
        ChangeAsync(district, id, (_, _) => Task.FromResult<Failure?>(null), cancellation);

    /// <summary>Makes the address of keys of its own; what signs stays the same.</summary>
    public Task<Outcome<PlatformKeyState>> PrepareAsync(int district, int id, CancellationToken cancellation) => ChangeAsync(district, id, async (session, registration) =>
    {
        if (registration.NextKeySetId is not null)
            return null;
        if (await StateOfAsync(session, registration, cancellation) is { Keys: PlatformKeyState.Own })
            return OwnAlready;
        var next = Guid.CreateVersion7(time.GetUtcNow());
        await sets.AddAsync(session, next, cancellation);
        registration.NextKeySetId = next;
        await SaveAsync(session, "platform.key_prepared", id, cancellation);
        return null;
    }, cancellation);

    /// <summary>From now on its own keys sign: the platform has been told their address.</summary>
    public Task<Outcome<PlatformKeyState>> SwitchAsync(int district, int id, CancellationToken cancellation) => ChangeAsync(district, id, async (session, registration) =>
    {
        if (registration.NextKeySetId is not { } next)
            return NotPrepared;
        (registration.KeySetId, registration.NextKeySetId) = (next, null);
        await SaveAsync(session, "platform.key_switched", id, cancellation);
        return null;
    }, cancellation);

    /// <summary>How it stands with a registration that the session sees.</summary>
    public async Task<PlatformKeyState> StateOfAsync(DistrictSession session, Registration registration, CancellationToken cancellation)
    {
        var keys = registration.KeySetId is not { } set ? PlatformKeyState.Shared
            : await session.Model.ToolKeySets.AnyAsync(one => one.Id == set && one.Kind != null, cancellation) ? PlatformKeyState.OfKind
            : PlatformKeyState.Own;
        return new(keys, tool.JwksUrlOf(registration.KeySetId), registration.NextKeySetId is { } next ? tool.JwksUrlOf(next) : null);
    }

    private async Task<Outcome<PlatformKeyState>> ChangeAsync(
        int district, int id, Func<DistrictSession, Registration, Task<Failure?>> change, CancellationToken cancellation)
    {
        var outcome = await database.InDistrictAsync<Outcome<PlatformKeyState>>(district, async session =>
        {
            if (await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } registration)
                return PlatformFailures.Unknown;
            return await change(session, registration) is { } failure ? failure : await StateOfAsync(session, registration, cancellation);
        }, cancellation);
        directory.Forget(id);
        return outcome;
    }

    private async Task SaveAsync(DistrictSession session, string action, int id, CancellationToken cancellation)
    {
        await session.Model.SaveChangesAsync(cancellation);
        await trail.AppendAsync(session, AuditEntry.ByOperator(action, ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
    }
}
