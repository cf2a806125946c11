using System.Text;
using Gateway.Hosting;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Rest;

namespace Gateway.Rostering;

/// <summary>Where districts' rosters come from: set by a person, opened by a run.</summary>
internal sealed class RosterConnections(
    GatewayDatabase database, Sealer sealer, IRosterSchedules schedules, IHttpClientFactory http, IOptions<GatewayOptions> options,
    TimeProvider time, ILoggerFactory loggers, SftpSource sftp, AuditTrail trail, RosterAuthorities authorities)
{
    /// <summary>The name of the HTTP client that rosters are pulled with.</summary>
    public const string HttpClientName = "roster";

    /// <summary>A page may be large and slow; the reader bounds its own parts of it.</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    private const string SecretPurpose = "roster secret";

    /// <summary>Stores the source of the district's roster in place of the one before, and its schedule.</summary>
    public async Task<RosterConnectOutcome> ConnectAsync(RosterConnectCommand command, CancellationToken cancellation)
    {
        var problems = RosterConnectRules.Check(command, schedules, options.Value.AllowPrivateNetworks);
        if (problems.Count > 0)
            return new RosterConnectOutcome(null, problems);
        var probed = command is { Probe: true, IsRest: true } ? await ProbeAsync(command, cancellation) : null;
        if (probed?.Refusal is { } refusal)
            return new RosterConnectOutcome(null, [new("baseUrl", refusal.Code, refusal.Text)]);
        if (probed?.Facts is { } facts)
            command = command with { BaseUrl = facts.BaseUrl.AbsoluteUri, Version = facts.Version == OneRosterVersion.V1P1 ? "1.1" : "1.2" };

        var source = SourceOf(command);
        await database.InDistrictAsync(command.District, async session =>
        {
            source.RetryUntil = await session.Model.RosterSources.Where(known => known.DistrictId == command.District).Select(known => known.RetryUntil).SingleOrDefaultAsync(cancellation);
            await session.Model.RosterSources.Where(known => known.DistrictId == command.District).ExecuteDeleteAsync(cancellation);
            session.Model.RosterSources.Add(source);
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("roster.connected", ("binding", source.Binding), ("version", source.Version), ("schedule", source.Schedule)), cancellation);
        }, cancellation);
        await schedules.SyncAsync(command.District, cancellation);
        Log.SourceConnected(loggers.CreateLogger<RosterConnections>(), command.District, source.Binding);
        return new RosterConnectOutcome(source.Schedule, []) { Found = probed?.Facts };
    }

    /// <summary>The district's source, ready to be read; whoever gets it disposes it.</summary>
    public async Task<RosterOpenOutcome> OpenAsync(int district, CancellationToken cancellation)
    {
        var (stored, mappedAt) = await database.InDistrictAsync(district, async session => (
            await session.Model.RosterSources.AsNoTracking().SingleOrDefaultAsync(source => source.DistrictId == district, cancellation),
            await session.Model.EngineMappings.Where(row => row.DistrictId == district).MaxAsync(row => (DateTimeOffset?)row.ChangedAt, cancellation)), cancellation);
        return stored switch
        {
            null => new(null, RosterMessages.Failure(RosterCodes.NotConnected)),
            { Binding: "csv" } => CsvDrop.Find(stored.CsvFolder!) switch
            {
                { Path: { } path } => OpenFiles(path),
                { Code: var code } => new(null, RosterMessages.Failure(code!)),
            },
            { Binding: "sftp" } => await sftp.OpenAsync(
                stored.SftpAddress!, stored.SftpHostKey!, sealer.Open(SecretPurpose, stored.SealedSecret, ContextOf(district)), cancellation),
            _ => new(OpenServer(stored, mappedAt), null),
        };
    }

    /// <summary>An archive or a folder, ready to be read.</summary>
    public static RosterOpenOutcome OpenFiles(string path)
    {
        try
        {
            return CsvRosterSource.Open(path, new CsvLimits()).TryGet(out var source, out var refusal) ? new(source, null) : new(null, new Failure(refusal.Code, refusal.Text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, RosterMessages.Failure(RosterCodes.Unreadable));
        }
    }

    private RosterSource SourceOf(RosterConnectCommand command) => new()
    {
        DistrictId = command.District,
        Binding = command.IsSftp ? "sftp" : command.IsCsv ? "csv" : "rest",
        Version = command.Version,
        BaseUrl = command.BaseUrl,
        TokenUrl = command.TokenUrl,
        ClientId = command.ClientId,
        SealedSecret = command.Secret is { } secret ? sealer.Seal(SecretPurpose, secret, ContextOf(command.District)) : null,
        Auth = command.IsRest ? command.Auth ?? RosterAuth.OAuth2 : null,
        Scope = command.Scope == "none" ? "" : command.Scope,
        Delta = command.Delta,
        CaCertificates = command.CaCertificates is { } pem ? RosterAuthorities.Parse(pem)!.ExportCertificatePems() : null,
        CsvFolder = command.CsvFolder,
        Schedule = command.Schedule ?? NightlySchedule.For(command.District),
        CreatedAt = time.GetUtcNow(),
        SftpAddress = command.SftpAddress,
        SftpHostKey = command.SftpHostKey,
        // What lies there already is not new: a person decides when it is taken.
        TakenArchive = command.IsCsv ? CsvDrop.MarkOf(command.CsvFolder!) : null,
    };

    private RestRosterSource OpenServer(RosterSource stored, DateTimeOffset? mappedAt)
    {
        var secret = sealer.Open(SecretPurpose, stored.SealedSecret, ContextOf(stored.DistrictId));
        var server = RosterAuth.Options(stored, Encoding.UTF8.GetString(secret)) with { ChangedSince = DeltaPlan.ChangedSince(stored, mappedAt, time.GetUtcNow()) };
        var own = authorities.ClientFor(stored.CaCertificates);
        return new RestRosterSource(server, own ?? http.CreateClient(HttpClientName), time, loggers.CreateLogger<RestRosterSource>(), ownsClient: own is not null);
    }

    private async Task<RosterProbeOutcome> ProbeAsync(RosterConnectCommand command, CancellationToken cancellation)
    {
        var source = SourceOf(command);
        using var own = authorities.ClientFor(source.CaCertificates);
        return await new RosterServerProbe(own ?? http.CreateClient(HttpClientName), time, loggers.CreateLogger<RosterServerProbe>())
            .ProbeAsync(RosterAuth.Options(source, Encoding.UTF8.GetString(command.Secret!)) with { IsVersionGuessed = command.Version is null }, cancellation);
    }

    private static string ContextOf(int district) => district.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A source or the reason why there is none.</summary>
internal sealed record RosterOpenOutcome(IRosterSource? Source, Failure? Failure);
