using Gateway.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Hosting.Description;

/// <summary>What the description says as a whole: who it is for, where it is, how to be let in.</summary>
internal static class DocumentDescription
{
    public const string Scheme = "engine";

    private const string Words = """
        What a practice engine is given, and what it sends. Ids are the engine's own: another engine sees other ids for the same
        learner, class, school or term. A field that a district does not give is absent. Lists come in pages: follow next until it is
        absent. Every answer has an ETag; send it back as If-None-Match. Errors are problem details (RFC 9457) with a stable code. Fields may be
        added to answers: ignore what you do not know.
        """;

    public static Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var address = context.ApplicationServices.GetRequiredService<PublicAddress>().Url;
        document.Info = new OpenApiInfo { Title = "Gateway: API for practice engines", Version = "1", Description = Words.ReplaceLineEndings(" ") };
        document.Servers = [new OpenApiServer { Url = address }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Client credentials of the engine; a token is good for ten minutes.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri(address + IdentityFeature.TokenPath),
                        Scopes = new Dictionary<string, string>
                        {
                            [EngineApi.RosterRead] = "Districts, classes and learners, read only.",
                            [EngineApi.ScoresWrite] = "Scores for the gradebook.",
                            [EngineApi.EventsRead] = "The feed of changes.",
                        },
                    },
                },
            },
        };
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            // Referred to by name, which the document must hold first.
            if (operation.Metadata?.TryGetValue(OperationDescription.Scope, out var scope) == true)
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [(string)scope] }];
        }

        return Task.CompletedTask;
    }
}
