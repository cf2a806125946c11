using System.Text;
using Gateway.Launches;
using Gateway.Privacy;

namespace Gateway.Tests.Rostering;

/// <summary>Launches as the database sees them.</summary>
internal static class Launches
{
    public const string Lms = "https://lms.example";
    public const string OtherLms = "https://other-lms.example";

    public static async Task<Guid> SisHashAsync(RosterDatabase database, int district, string sourcedId) =>
        SisPerson.Of(await database.Keys.GetAsync(district, CancellationToken.None), Encoding.UTF8.GetBytes(sourcedId)).Value;

    /// <summary>Records a launch and returns the learner.</summary>
    public static async Task<long> RecordAsync(
        RosterDatabase database, int district, string subject, string? sisId, string role = "student", string platform = Lms, string? legacy = null) =>
        (await new LaunchRecord(database.Gateway).WriteAsync(
            district, await OfAsync(database, district, subject, sisId, role, platform, legacy), CancellationToken.None))!.Value.Learner!.Value;

    /// <summary>A launch that is not recorded yet.</summary>
    public static async Task<LaunchToRecord> OfAsync(
        RosterDatabase database, int district, string? subject, string? sisId = null, string role = "student", string platform = Lms, string? legacy = null)
    {
        var keys = await database.Keys.GetAsync(district, CancellationToken.None);
        var now = database.Clock.GetUtcNow();
        return new LaunchToRecord(
            Guid.CreateVersion7(), Guid.CreateVersion7(), now.AddHours(1), await RegistrationAsync(database, district, platform), null, null,
            "LtiResourceLinkRequest", role, Of(IdentifierKind.Subject, platform, subject), Of(IdentifierKind.SisPerson, "", sisId),
            Of(IdentifierKind.LegacyUser, "key of then", legacy), null, keys.Version, [], now);

        Pseudonym? Of(IdentifierKind kind, string scope, string? id) =>
            id is null ? null : keys.Pseudonyms.Of(kind, Encoding.UTF8.GetBytes(scope), Encoding.UTF8.GetBytes(id));
    }

    /// <summary>The district's registration of a platform, whose issuer is the namespace of its subjects.</summary>
    public static Task<int> RegistrationAsync(RosterDatabase database, int district, string platform = Lms) => database.Gateway.InDistrictAsync(district, async session =>
    {
        await using var command = session.Command("""
            insert into gateway.registration
              (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
            values (@district, 'other', @platform, @client, '', @platform || '/token', '', @platform, false, @at)
            on conflict (district_id, issuer, client_id) do update set kind = 'other' returning id
            """);
        command.Parameters.AddWithValue("district", district);
        command.Parameters.AddWithValue("platform", platform);
        command.Parameters.AddWithValue("client", $"client-{district}");
        command.Parameters.AddWithValue("at", database.Clock.GetUtcNow());
        return (int)(await command.ExecuteScalarAsync())!;
    }, CancellationToken.None);
}
