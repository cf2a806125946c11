using System.Text;
using Gateway.Privacy;
using Npgsql;

namespace Gateway.Tests.Rostering;

/// <summary>Launches as the database sees them.</summary>
internal static class Launches
{
    public static async Task<Guid> SisHashAsync(RosterDatabase database, int district, string sourcedId) =>
        SisPerson.Of(await database.Keys.GetAsync(district, CancellationToken.None), Encoding.UTF8.GetBytes(sourcedId)).Value;

    /// <summary>Records a launch and returns the learner.</summary>
    public static async Task<long> RecordAsync(RosterDatabase database, int district, string subject, string? sisId, string role = "student")
    {
        var keys = await database.Keys.GetAsync(district, CancellationToken.None);
        var registration = await RegistrationAsync(database, district);
        return await database.Gateway.InDistrictAsync(district, async session =>
        {
            await using var command = session.Command(
                "select learner_id from gateway.record_launch(@nonce, @expires, @launch, @registration, null, 'LtiResourceLinkRequest', @role, @subject, @sis, null, null, @version, @at)");
            command.Parameters.AddWithValue("nonce", Guid.CreateVersion7());
            command.Parameters.AddWithValue("expires", database.Clock.GetUtcNow().AddHours(1));
            command.Parameters.AddWithValue("launch", Guid.CreateVersion7());
            command.Parameters.AddWithValue("registration", registration);
            command.Parameters.AddWithValue("role", role);
            command.Parameters.AddWithValue("subject", keys.Pseudonyms.Of(IdentifierKind.Subject, "https://lms.example"u8, Encoding.UTF8.GetBytes(subject)).Value);
            command.Parameters.Add(new NpgsqlParameter("sis", NpgsqlTypes.NpgsqlDbType.Uuid)
            {
                Value = sisId is null ? DBNull.Value : SisPerson.Of(keys, Encoding.UTF8.GetBytes(sisId)).Value,
            });
            command.Parameters.AddWithValue("version", keys.Version);
            command.Parameters.AddWithValue("at", database.Clock.GetUtcNow());
            return (long)(await command.ExecuteScalarAsync())!;
        }, CancellationToken.None);
    }

    public static Task<int> RegistrationAsync(RosterDatabase database, int district) => database.Gateway.InDistrictAsync(district, async session =>
    {
        await using var command = session.Command("""
            insert into gateway.registration
              (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
            values (@district, 'other', 'https://lms.example', @client, '', '', '', '', false, @at)
            on conflict (district_id, issuer, client_id) do update set kind = 'other' returning id
            """);
        command.Parameters.AddWithValue("district", district);
        command.Parameters.AddWithValue("client", $"client-{district}");
        command.Parameters.AddWithValue("at", database.Clock.GetUtcNow());
        return (int)(await command.ExecuteScalarAsync())!;
    }, CancellationToken.None);
}
