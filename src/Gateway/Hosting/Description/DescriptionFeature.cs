namespace Gateway.Hosting.Description;

/// <summary>The API's description: OpenAPI 3.1 as JSON, and a page to read it on.</summary>
internal static class DescriptionFeature
{
    public const string Document = "v1";
    private const string PagePath = "/openapi";

    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaDescription.NameOf;
        options.AddSchemaTransformer(SchemaDescription.CompleteAsync);
        options.AddOperationTransformer(OperationDescription.CompleteAsync);
        options.AddDocumentTransformer(DocumentDescription.CompleteAsync);
    });

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().Limited(RateLimits.PublicPages);
        routes.MapGet(PagePath, DescriptionPage.HandleAsync).ExcludeFromDescription().Limited(RateLimits.PublicPages);
    }
}
