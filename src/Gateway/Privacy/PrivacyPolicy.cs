using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gateway.Privacy.Rosters;
using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>
/// The versions of the privacy policy and what may be read under each (P-4.3). A field, purpose or recipient that is new is an entry of an
/// allow-list with the version that brought it; for a district it does not exist before the district has accepted that version. Version 1 is
/// part of every contract.
/// </summary>
internal sealed class PrivacyPolicy(
    IReadOnlyList<PolicyVersion> versions, IReadOnlyList<AllowedClaim> claims, IReadOnlyList<AllowedRosterField> rosterFields,
    IReadOnlyList<SwitchedRosterField> switchedFields, IReadOnlyDictionary<SharedField, int> givenSince)
{
    // A list for each version and name that is in use: readers keep their tables by the list.
    private readonly ConcurrentDictionary<(int Version, string? SisParameter), ClaimAllowList> claimsOf = new();

    /// <summary>The product's own.</summary>
    public static PrivacyPolicy Product { get; } = new(
        [
            new(1, new DateOnly(2026, 11, 22), "The first version: what the gateway reads, keeps, gives and deletes."),
            new(2, new DateOnly(2026, 11, 30), "The address that leads back to the course is read from a launch and given to the practice engine."),
            new(3, new DateOnly(2026, 12, 1), "A district may go by the identifier of its users to tell who is one person; it is read as bytes, kept as a hash while a run goes on, and given to nobody."),
        ],
        LaunchAllowList.Claims, RosterAllowList.Fields, RosterAllowList.Switched, new Dictionary<SharedField, int>());

    public IReadOnlyList<PolicyVersion> Versions => versions;

    public IReadOnlyList<AllowedClaim> Claims => claims;

    public IReadOnlyList<AllowedRosterField> RosterFields => rosterFields;

    public IReadOnlyList<SwitchedRosterField> SwitchedFields => switchedFields;

    /// <summary>The newest version.</summary>
    public PolicyVersion Current => versions[^1];

    /// <summary>What may be read of a launch.</summary>
    /// <param name="accepted">The version that the district has accepted.</param>
    /// <param name="sisParameter">The custom parameter that the registration chose for the SIS id; null: <c>lis.person_sourcedid</c>.</param>
    public ClaimAllowList ClaimsFor(int accepted, string? sisParameter) =>
        claimsOf.GetOrAdd((Math.Min(accepted, Current.Number), sisParameter), static (key, policy) => policy.ListOf(key.Version, key.SisParameter), this);

    /// <summary>Of fields that a district gives, those that it may give by what it has accepted.</summary>
    public FrozenSet<SharedField> Among(IEnumerable<SharedField> given, int accepted) => given.Where(field => SinceOf(field) <= accepted).ToFrozenSet();

    /// <summary>Of fields that a roster is read for, those of which the district has accepted every column.</summary>
    public FrozenSet<SharedField> Readable(IEnumerable<SharedField> given, int accepted) =>
        given.Where(shared => switchedFields.Where(field => field.Shared == shared).All(field => field.Field.Since <= accepted)).ToFrozenSet();

    /// <summary>Whether what is given to engines is the same under every version: then nobody need ask who has accepted what.</summary>
    public bool GivesTheSame => givenSince.Values.All(since => since == 1);

    /// <summary>What came with a version.</summary>
    public IReadOnlyList<PolicyField> FieldsOf(int version) => [.. Fields().Where(field => field.Since == version)];

    /// <summary>Every field that may be read or given.</summary>
    public IEnumerable<PolicyField> Fields() =>
    [
        .. claims.Select(claim => new PolicyField("launch", claim.Claim.Path, claim.Purpose, claim.Recipient, claim.Retention, claim.Since)),
        .. rosterFields.Concat(RosterAllowList.OnDemand).Concat(switchedFields.Select(field => field.Field)).Select(field =>
            new PolicyField("roster", $"{field.Collection}.{field.Field}", field.Purpose, field.Recipient, field.Retention, field.Since)),
        .. Enum.GetValues<SharedField>().Select(field => new PolicyField(
            "given", SharedFields.WordOf(field), "what a district may give to an engine", "the practice engine, while the district gives it", "with what it says", SinceOf(field))),
    ];

    // One place for the SIS id: what stands at the other never becomes text.
    private ClaimAllowList ListOf(int version, string? sisParameter)
    {
        var allowed = claims.Where(claim => claim.Since <= version).Select(claim => claim.Claim).ToHashSet();
        var places = allowed.Where(claim => claim.IsSisPersonId).ToList();
        allowed.ExceptWith(places);
        if (sisParameter is null)
            allowed.UnionWith(places.Where(claim => claim == LaunchClaim.SisPersonId));
        else if (places.Any(claim => claim != LaunchClaim.SisPersonId))
            allowed.Add(LaunchClaim.CustomSisPersonId(sisParameter));
        return new ClaimAllowList(allowed);
    }

    private int SinceOf(SharedField field) => givenSince.GetValueOrDefault(field, 1);
}
