using Gateway.Privacy;
using Gateway.Storage.Model;

namespace Gateway.Identity;

/// <summary>Where a set's keys stand after a rotation was asked for.</summary>
/// <param name="Purpose">What the keys sign, as the command names it.</param>
/// <param name="KeySet">Of the tool's keys the set; null: the gateway's only one, or the shared one.</param>
/// <param name="Kid">The newest key.</param>
/// <param name="ActivatesAt">When it signs, or since when it has.</param>
/// <param name="Begun">False: a rotation was under way already, and nothing was changed.</param>
internal sealed record SigningKeyTurn(string Purpose, Guid? KeySet, string Kid, DateTimeOffset ActivatesAt, bool Begun);

/// <summary>
/// Replaces the gateway's own keys by new ones: on schedule, and when an operator asks for it. Any replica may do it at any time: what
/// is right already is left alone.
/// </summary>
internal sealed class SigningKeyRotation(SigningKeyRows rows, SigningKeys keys, TimeProvider time)
{
    /// <summary>What is due: retires keys that have a successor in use, announces a successor in time.</summary>
    public async Task TendAsync(CancellationToken cancellation)
    {
        foreach (var set in await rows.SetsAsync(cancellation))
            await TendAsync(set, cancellation);
    }

    /// <summary>The sets of a purpose: of the tool's keys the shared one and each platform's.</summary>
    public async Task<IReadOnlyList<SigningKeySet>> SetsOfAsync(SigningPurpose purpose, CancellationToken cancellation) =>
        [.. (await rows.SetsAsync(cancellation)).Where(set => set.Purpose == purpose)];

    /// <summary>Announces a successor now; it signs after <see cref="SigningKeyLife.Announced"/>.</summary>
    public async Task<SigningKeyTurn> BeginAsync(SigningKeySet set, CancellationToken cancellation)
    {
        await keys.ActiveAsync(set, cancellation);
        var known = await rows.ListAsync(set, cancellation);
        var begins = AnnouncedOf(known) is null;
        if (begins)
            await AnnounceAsync(set, known, AuditEntry.Operator, cancellation);
        keys.Forget();
        return TurnOf(set, await rows.ListAsync(set, cancellation), begins);
    }

    /// <summary>
    /// For a key that others may have: a new one signs at once, every older one is neither used nor published any more. What they signed
    /// is refused, and whoever keeps key sets must fetch the new one before anything of the new key is accepted.
    /// </summary>
    public async Task<SigningKeyTurn> ReplaceAsync(SigningKeySet set, CancellationToken cancellation)
    {
        var known = await rows.ListAsync(set, cancellation);
        await rows.MakeNextAsync(set, known.Count == 0 ? 0 : known[0].Number, time.GetUtcNow(), cancellation, AuditEntry.Operator);
        await rows.WithdrawAllButNewestAsync(set, cancellation);
        keys.Forget();
        return TurnOf(set, await rows.ListAsync(set, cancellation), begun: true);
    }

    private async Task TendAsync(SigningKeySet set, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var known = await rows.ListAsync(set, cancellation);
        if (SigningKeys.ActiveOf(known, now) is not { } active)
            return;
        foreach (var superseded in known.Where(key => key.RetiredAt is null && key.Number < active.Number))
            await rows.RetireAsync(superseded, set.Purpose.IsPublishedForGood ? DateTimeOffset.MaxValue : now + SigningKeyLife.Retired, cancellation);
        if (AnnouncedOf(known) is null && active.ActivatesAt + SigningKeyLife.Active - SigningKeyLife.Announced <= now)
            await AnnounceAsync(set, known, AuditEntry.Gateway, cancellation);
        keys.Forget();
    }

    private Task AnnounceAsync(SigningKeySet set, IReadOnlyList<SigningKey> known, string actor, CancellationToken cancellation) =>
        rows.MakeNextAsync(set, known[0].Number, time.GetUtcNow() + SigningKeyLife.Announced, cancellation, actor);

    private SigningKey? AnnouncedOf(IReadOnlyList<SigningKey> newestFirst) => newestFirst.FirstOrDefault(key => key.ActivatesAt > time.GetUtcNow());

    private static SigningKeyTurn TurnOf(SigningKeySet set, IReadOnlyList<SigningKey> newestFirst, bool begun) =>
        new(set.Purpose.Name, set.Id, newestFirst[0].Kid, newestFirst[0].ActivatesAt, begun);
}
