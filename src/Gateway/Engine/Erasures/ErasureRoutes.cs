using Gateway.Engine.Api;
using Gateway.Hosting;

namespace Gateway.Engine.Erasures;

/// <summary>Where an engine finds whom it has to erase, and confirms that it did (P-3.3).</summary>
internal static class ErasureRoutes
{
    public static readonly Failure Unknown = new("erasure.unknown", "There is no erasure of this number in this district for this engine.");

    private const string Id = "019a0000-0000-7000-8000-000000000000";

    public static void Map(RouteGroupBuilder districts)
    {
        districts.MapGet("{district}/erasures", ListErasures.HandleAsync)
            .WithTags("Erasures").WithName("listErasures")
            .WithSummary("The people whose copies this engine has to erase, until it has confirmed that")
            .WithDescription("1000 at most, in no order that tells anything; when they are confirmed, the next ones come. The webhook learner.erased says that there is one; the feed has a change of kind erased.")
            .Produces<ErasureList>()
            .Shows(200, $$"""{"data":[{"id":"{{Id}}","learner":"dGhpcyBpcyBtYWRlIHVwIQ","erasedAt":"2026-11-22T09:30:00Z"}]}""")
            .Refuses(404, ApiFailures.DistrictUnknown);
        districts.MapPost("{district}/erasures/{id:guid}/acknowledgement", AcknowledgeErasure.HandleAsync)
            .WithTags("Erasures").WithName("acknowledgeErasure")
            .WithSummary("Confirm that this engine has erased everything that it held of the person")
            .WithDescription("Confirming again changes nothing. Not confirmed within seven days, the district and the operator are told once a day.")
            .Produces<ErasureConfirmation>()
            .Shows(200, $$"""{"id":"{{Id}}","acknowledgedAt":"2026-11-22T09:31:00Z"}""")
            .Refuses(404, ApiFailures.DistrictUnknown, Unknown);
    }
}
