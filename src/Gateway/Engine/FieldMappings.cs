using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Engine;

/// <summary>Reads what districts give to engines.</summary>
internal sealed class FieldMappings(GatewayDatabase database)
{
    /// <summary>The fields of the district that are given to any engine: what its roster is read for.</summary>
    public Task<FrozenSet<SharedField>> SharedAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync(district, session => SharedAsync(session, cancellation), cancellation);

    /// <summary>The same inside a transaction; whoever holds <see cref="LockShared"/> sees it stay so until the end.</summary>
    public static async Task<FrozenSet<SharedField>> SharedAsync(DistrictSession session, CancellationToken cancellation)
    {
        await using var command = session.Command("select gateway.shared_fields()");
        return FieldsOf((string[])(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>Takes a lock to the transaction's end (parameter 1: the district) that keeps mappings from changing.</summary>
    public const string LockShared = "select pg_advisory_xact_lock_shared(hashtextextended('gateway.mappings', $1))";

    /// <summary>Every version that the district ever had for an engine, the newest first.</summary>
    public Task<List<EngineMapping>> HistoryAsync(int district, string clientId, CancellationToken cancellation) => database.InDistrictAsync(
        district,
        session => session.Model.EngineMappings.AsNoTracking()
            .Where(row => row.DistrictId == district && row.ClientId == clientId).OrderByDescending(row => row.Version).ToListAsync(cancellation),
        cancellation);

    public static FieldMapping Of(EngineMapping row) => Of(row.Version, row.Enabled, row.Fields, row.RoleWords, row.GradeWords);

    public static FieldMapping Of(int version, bool enabled, string[] fields, string roleWords, string gradeWords) =>
        new(version, enabled, FieldsOf(fields), WordsOf(roleWords), WordsOf(gradeWords));

    private static FrozenSet<SharedField> FieldsOf(string[] words) => words.Select(word => SharedFields.Parse(word)!.Value).ToFrozenSet();

    private static FrozenDictionary<string, string> WordsOf(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToFrozenDictionary(StringComparer.Ordinal);
}
