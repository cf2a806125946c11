using System.Globalization;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gateway.Alerts;

/// <summary>Tells each district's administrator once that a version of the privacy policy waits for an acceptance (P-4.3).</summary>
internal sealed class PolicyRound(GatewayDatabase database, FindDistrict districts, PrivacyPolicy policy, AlertRows rows, IOptions<GatewayOptions> options)
{
    private const string Kind = "policy";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var untold = await UntoldAsync(cancellation);
        if (untold.Count == 0)
            return;
        var (version, fields) = (policy.Current, policy.FieldsOf(policy.Current.Number));
        foreach (var district in (await districts.AllAsync(cancellation)).Where(district => untold.Contains(district.Id)))
        {
            var place = AlertPlace.Of(district.Slug, district.TimeZone, options.Value);
            var text = AlertText.Of(
                place,
                string.Create(CultureInfo.InvariantCulture, $"privacy policy, version {version.Number} waits"),
                [
                    "What is read of people would change. Nothing changes for this district until somebody accepts it.",
                    "",
                    .. fields.Select(field => $"{field.Source}  {field.Field}"),
                ],
                string.Create(CultureInfo.InvariantCulture, $"gateway privacy accept {district.Slug} --version {version.Number} --by NAME"));
            await database.InDistrictAsync(district.Id, session => rows.AddAsync(
                session, Kind, version.Number.ToString(CultureInfo.InvariantCulture), text, cancellation), cancellation);
        }
    }

    private async Task<HashSet<int>> UntoldAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district from gateway.untold_policies($1) as district");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = policy.Current.Number });
        var untold = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            untold.Add(reader.GetInt32(0));
        return untold;
    }
}
