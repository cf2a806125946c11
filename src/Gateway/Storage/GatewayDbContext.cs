using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Storage;

/// <summary>
/// Every table and column that the gateway has, as Entity Framework sees it. The schema itself is written by hand (Migrations/*.sql);
/// a test holds the two against each other.
/// </summary>
internal sealed class GatewayDbContext(DbContextOptions<GatewayDbContext> options) : DbContext(options)
{
    public const string Schema = "gateway";

    public DbSet<District> Districts => Set<District>();

    public DbSet<DistrictKey> DistrictKeys => Set<DistrictKey>();

    public DbSet<Registration> Registrations => Set<Registration>();

    public DbSet<Deployment> Deployments => Set<Deployment>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<ToolKeySet> ToolKeySets => Set<ToolKeySet>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<EngineClient> EngineClients => Set<EngineClient>();

    public DbSet<EngineCredential> EngineCredentials => Set<EngineCredential>();

    public DbSet<EngineAgreement> EngineAgreements => Set<EngineAgreement>();

    public DbSet<EngineMapping> EngineMappings => Set<EngineMapping>();

    public DbSet<ClientAssertion> ClientAssertions => Set<ClientAssertion>();

    public DbSet<Learner> Learners => Set<Learner>();

    public DbSet<LearnerIdentity> LearnerIdentities => Set<LearnerIdentity>();

    public DbSet<LearnerConflict> LearnerConflicts => Set<LearnerConflict>();

    public DbSet<LearnerJoin> LearnerJoins => Set<LearnerJoin>();

    public DbSet<Launch> Launches => Set<Launch>();

    public DbSet<SpentValue> SpentValues => Set<SpentValue>();

    public DbSet<ScoreDelivery> ScoreDeliveries => Set<ScoreDelivery>();

    public DbSet<FeedPosition> FeedPositions => Set<FeedPosition>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<RosterSource> RosterSources => Set<RosterSource>();

    public DbSet<RosterRun> RosterRuns => Set<RosterRun>();

    public DbSet<RosterPolicy> RosterPolicies => Set<RosterPolicy>();

    public DbSet<RosterHeld> RosterHeld => Set<RosterHeld>();

    public DbSet<RosterFinding> RosterFindings => Set<RosterFinding>();

    public DbSet<School> Schools => Set<School>();

    public DbSet<Term> Terms => Set<Term>();

    public DbSet<Class> Classes => Set<Class>();

    public DbSet<Enrollment> Enrollments => Set<Enrollment>();

    public DbSet<LegacyConsumer> LegacyConsumers => Set<LegacyConsumer>();

    public DbSet<RosterPause> RosterPauses => Set<RosterPause>();

    public DbSet<RosterRetry> RosterRetries => Set<RosterRetry>();

    public DbSet<DistrictContact> DistrictContacts => Set<DistrictContact>();

    public DbSet<RosterAlert> RosterAlerts => Set<RosterAlert>();

    public DbSet<EngineWebhook> EngineWebhooks => Set<EngineWebhook>();

    public DbSet<WebhookPosition> WebhookPositions => Set<WebhookPosition>();

    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    public DbSet<AuditKey> AuditKeys => Set<AuditKey>();

    public DbSet<AuditRow> AuditEntries => Set<AuditRow>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<BlockedPerson> BlockedPeople => Set<BlockedPerson>();

    public DbSet<Erasure> Erasures => Set<Erasure>();

    public DbSet<ErasureEngine> ErasureEngines => Set<ErasureEngine>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<SuccessorKey> SuccessorKeys => Set<SuccessorKey>();

    public DbSet<PolicyAcceptance> PolicyAcceptances => Set<PolicyAcceptance>();

    public DbSet<RetentionTally> RetentionTallies => Set<RetentionTally>();

    public DbSet<DistrictClosing> DistrictClosings => Set<DistrictClosing>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(Schema);
        model.Entity<DistrictKey>().HasKey(e => new { e.DistrictId, e.Version });
        model.Entity<PolicyAcceptance>().HasKey(e => new { e.DistrictId, e.Version });
        model.Entity<RetentionTally>().HasKey(e => e.Rule);
        model.Entity<DistrictClosing>().HasKey(e => new { e.DistrictId, e.Relation });
        model.Entity<Registration>().Property(e => e.WaitingAddresses).HasColumnType("jsonb");
        model.Entity<Deployment>().HasKey(e => new { e.RegistrationId, e.DeploymentId });
        model.Entity<SigningKey>().HasKey(e => e.Kid);
        model.Entity<EngineAgreement>().HasKey(e => new { e.ClientId, e.Version });
        model.Entity<EngineMapping>().HasKey(e => new { e.DistrictId, e.ClientId, e.Version });
        model.Entity<EngineMapping>().Property(e => e.RoleWords).HasColumnType("jsonb");
        model.Entity<EngineMapping>().Property(e => e.GradeWords).HasColumnType("jsonb");
        model.Entity<ClientAssertion>().HasKey(e => new { e.ClientId, e.Jti });
        model.Entity<LearnerIdentity>().HasKey(e => new { e.DistrictId, e.Kind, e.Hash });
        model.Entity<LearnerIdentity>().Property(e => e.Id).UseIdentityAlwaysColumn();
        model.Entity<FeedPosition>().HasKey(e => e.DistrictId);
        model.Entity<Change>().HasKey(e => new { e.DistrictId, e.Sequence });
        model.Entity<RosterSource>().HasKey(e => e.DistrictId);
        model.Entity<RosterPolicy>().HasKey(e => e.DistrictId);
        model.Entity<RosterHeld>().HasKey(e => new { e.RunId, e.Part, e.Piece });
        model.Entity<RosterRetry>().HasKey(e => e.DistrictId);
        model.Entity<DistrictContact>().HasKey(e => e.DistrictId);
        model.Entity<RosterFinding>().HasKey(e => new { e.RunId, e.Rule, e.Collection, e.Field });
        model.Entity<Enrollment>().HasKey(e => new { e.ClassId, e.LearnerId, e.Role });
        model.Entity<EngineWebhook>().HasKey(e => e.ClientId);
        model.Entity<WebhookPosition>().HasKey(e => new { e.DistrictId, e.ClientId });
        model.Entity<LegacyConsumer>().HasKey(e => new { e.RegistrationId, e.ConsumerKey });
        model.Entity<AuditKey>().HasKey(e => e.Version);
        model.Entity<AuditKey>().Property(e => e.Version).ValueGeneratedNever();
        model.Entity<AuditRow>().HasKey(e => new { e.DistrictId, e.Sequence });
        model.Entity<AuditHead>().HasKey(e => e.DistrictId);
        model.Entity<BlockedPerson>().HasKey(e => new { e.DistrictId, e.Kind, e.Hash });
        model.Entity<Erasure>().Property(e => e.Counts).HasColumnType("jsonb");
        model.Entity<ErasureEngine>().HasKey(e => new { e.ErasureId, e.ClientId });
        model.Entity<Incident>().HasKey(e => new { e.DistrictId, e.Kind });
        model.Entity<RosterRun>().Property(e => e.Rows).HasColumnType("jsonb");
        model.Entity<RosterRun>().Property(e => e.Changes).HasColumnType("jsonb");
        model.Entity<RosterRun>().Property(e => e.Expected).HasColumnType("jsonb");
        model.Entity<RosterRun>().Property(e => e.Phases).HasColumnType("jsonb");
        model.Entity<RosterRun>().Property(e => e.LeftOut).HasColumnType("jsonb");
        model.Entity<RosterRun>().Property(e => e.Comparison).HasColumnType("jsonb");
        model.Entity<ScoreDelivery>().Property(e => e.Ordinal).UseIdentityAlwaysColumn();
        SnakeCase.Apply(model);
        // The word AuditEntry is taken by what is said; this is the row of it.
        model.Entity<AuditRow>().ToTable("audit_entry");
    }
}
