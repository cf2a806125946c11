using Gateway.Identity;
using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET /api/v1/districts</c>: the districts that have enabled the engine.</summary>
internal static class ListDistricts
{
    public static async Task<IResult> HandleAsync(HttpContext http, EngineDistricts districts) => new TaggedJson<Page<DistrictResource>>(
        new([.. (await districts.ListAsync(EngineApi.ClientIdOf(http.User), http.RequestAborted)).Select(Of)], Next: null),
        EngineJson.Default.PageDistrictResource);

    private static DistrictResource Of(EngineDistrict district) =>
        new(district.Slug, district.Name, district.TimeZone, [.. district.Mapping.Fields.Order().Select(SharedFields.WordOf)]);
}
