using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Storage.Migrations;

[DbContext(typeof(GatewayDbContext)), Migration("0001_tenants_and_launches")]
internal sealed class TenantsAndLaunches : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0002_rosters")]
internal sealed class Rosters : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0003_record_launch")]
internal sealed class RecordLaunch : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0004_platforms_and_keys")]
internal sealed class PlatformsAndKeys : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0005_legacy_ids_reviews_and_guests")]
internal sealed class LegacyIdsReviewsAndGuests : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0006_record_known_launches")]
internal sealed class RecordKnownLaunches : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0007_roster_access")]
internal sealed class RosterAccess : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0008_roster_running")]
internal sealed class RosterRunning : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0009_roster_safety")]
internal sealed class RosterSafety : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0010_same_roster")]
internal sealed class SameRosterDigest : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0011_engine_mapping")]
internal sealed class EngineMappings : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0012_engine_identity")]
internal sealed class EngineIdentity : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0013_webhooks")]
internal sealed class EngineWebhooks : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0014_audit")]
internal sealed class Audit : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0015_rights")]
internal sealed class Rights : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0016_retention")]
internal sealed class RetentionRules : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0017_policies")]
internal sealed class Policies : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0018_district_keys")]
internal sealed class DistrictKeyVersions : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0019_successor")]
internal sealed class Successor : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0020_see_district")]
internal sealed class SeeDistrict : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0021_registration_choices")]
internal sealed class RegistrationChoices : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0025_deployments")]
internal sealed class Deployments : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0026_tool_key_sets")]
internal sealed class ToolKeySets : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0028_platform_clocks_and_changes")]
internal sealed class PlatformClocksAndChanges : SqlMigration;
[DbContext(typeof(GatewayDbContext)), Migration("0022_identities_with_namespaces")]
internal sealed class IdentitiesWithNamespaces : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0023_attach_never_steal")]
internal sealed class AttachNeverSteal : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0024_join_and_split")]
internal sealed class JoinAndSplit : SqlMigration;
[DbContext(typeof(GatewayDbContext)), Migration("0039_engine_credentials")]
internal sealed class EngineCredentialRows : SqlMigration;
[DbContext(typeof(GatewayDbContext)), Migration("0033_newest_score_wins")]
internal sealed class NewestScoreWins : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0034_parked_scores")]
internal sealed class ParkedScores : SqlMigration;
[DbContext(typeof(GatewayDbContext)), Migration("0035_roles_apart")]
internal sealed class RolesApart : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0038_search_paths")]
internal sealed class SearchPaths : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0040_erasures_by_engine")]
internal sealed class ErasuresByEngine : SqlMigration;

[DbContext(typeof(GatewayDbContext)), Migration("0045_roster_authorities")]
internal sealed class RosterSourceAuthorities : SqlMigration;
[DbContext(typeof(GatewayDbContext)), Migration("0041_people_merges")]
internal sealed class PeopleMerges : SqlMigration;
