using System.Globalization;
using System.Text.Json;
using Gateway.Storage.Model;

namespace Gateway.Privacy;

/// <summary>An engine that had a copy, and when it confirmed that the copy is erased; null: not yet.</summary>
internal sealed record ConfirmedBy(string Engine, DateTimeOffset? At);

/// <summary>
/// What a certificate of deletion says (P-3.4): kinds of data, how many records, when, under which rule. Of whom, nothing.
/// </summary>
/// <param name="Kind"><c>erasure</c>, <c>retention</c> or <c>district</c>.</param>
/// <param name="District">The district's slug.</param>
/// <param name="DistrictName">What it calls itself; null where it is gone.</param>
/// <param name="Rule">Under which rule, in words.</param>
/// <param name="Deleted">How many records of which data; of the retention clock, by rule.</param>
/// <param name="From">When, or from when on.</param>
/// <param name="To">Until when; the same for one deletion.</param>
internal sealed record CertificateContent(
    string Kind, string District, string? DistrictName, string Rule, IReadOnlyDictionary<string, long> Deleted, DateTimeOffset From, DateTimeOffset To)
{
    public const string Erasure = "erasure";
    public const string Retention = "retention";
    public const string WholeDistrict = "district";

    public Guid? ErasureId { get; init; }

    public IReadOnlyList<ConfirmedBy> Confirmed { get; init; } = [];

    public static CertificateContent OfErasure(
        District district, Guid erasure, string reason, DateTimeOffset at, IReadOnlyDictionary<string, long> counts, IReadOnlyList<ConfirmedBy> confirmed)
    {
        var rule = $"{(reason == ErasePerson.Objection ? "objection" : "request")} of a person, through the district";
        return new CertificateContent(Erasure, district.Slug, district.Name, rule, counts, at, at) { ErasureId = erasure, Confirmed = confirmed };
    }

    /// <summary>As members of the signed statement.</summary>
    public Dictionary<string, object> ToClaims()
    {
        var claims = new Dictionary<string, object>
        {
            ["kind"] = Kind,
            ["district"] = District,
            ["rule"] = Rule,
            ["from"] = Text(From),
            ["to"] = Text(To),
            ["deleted"] = Deleted.Select(one => new Dictionary<string, object> { ["data"] = one.Key, ["records"] = one.Value }).ToArray(),
        };
        if (DistrictName is not null)
            claims["district_name"] = DistrictName;
        if (ErasureId is { } erasure)
            claims["erasure"] = erasure.ToString();
        if (Confirmed.Count > 0)
            claims["confirmed"] = Confirmed.Select(one => one.At is { } at
                ? new Dictionary<string, object> { ["engine"] = one.Engine, ["at"] = Text(at) }
                : new Dictionary<string, object> { ["engine"] = one.Engine }).ToArray();
        return claims;
    }

    /// <summary>Of a statement whose signature is good; null when it is not what a gateway of this kind signs.</summary>
    public static CertificateContent? Parse(JsonElement claims)
    {
        try
        {
            return new CertificateContent(
                claims.GetProperty("kind").GetString()!, claims.GetProperty("district").GetString()!, claims.TryGetProperty("district_name", out var name) ? name.GetString() : null,
                claims.GetProperty("rule").GetString()!, claims.GetProperty("deleted").EnumerateArray().ToDictionary(one => one.GetProperty("data").GetString()!, one => one.GetProperty("records").GetInt64()),
                claims.GetProperty("from").GetDateTimeOffset(), claims.GetProperty("to").GetDateTimeOffset())
            {
                ErasureId = claims.TryGetProperty("erasure", out var erasure) ? erasure.GetGuid() : null,
                Confirmed = claims.TryGetProperty("confirmed", out var confirmed)
                    ? [.. confirmed.EnumerateArray().Select(one => new ConfirmedBy(one.GetProperty("engine").GetString()!, one.TryGetProperty("at", out var at) ? at.GetDateTimeOffset() : null))]
                    : [],
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
