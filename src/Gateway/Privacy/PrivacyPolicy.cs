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
    private readonly FrozenDictionary<int, ClaimAllowList> claimsOf = versions.ToFrozenDictionary(
        version => version.Number, version => new ClaimAllowList(claims.Where(claim => claim.Since <= version.Number).Select(claim => claim.Claim).Distinct()));

    /// <summary>The product's own.</summary>
    public static PrivacyPolicy Product { get; } = new(
        [new(1, new DateOnly(2026, 11, 22), "The first version: what the gateway reads, keeps, gives and deletes.")],
        LaunchAllowList.Claims, RosterAllowList.Fields, RosterAllowList.Switched, new Dictionary<SharedField, int>());

    public IReadOnlyList<PolicyVersion> Versions => versions;

    public IReadOnlyList<AllowedClaim> Claims => claims;

    public IReadOnlyList<AllowedRosterField> RosterFields => rosterFields;

    public IReadOnlyList<SwitchedRosterField> SwitchedFields => switchedFields;

    /// <summary>The newest version.</summary>
    public PolicyVersion Current => versions[^1];

    /// <summary>What may be read of a launch by whoever has accepted up to this version.</summary>
    public ClaimAllowList ClaimsFor(int accepted) => claimsOf[Math.Min(accepted, Current.Number)];

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

    private int SinceOf(SharedField field) => givenSince.GetValueOrDefault(field, 1);
}
