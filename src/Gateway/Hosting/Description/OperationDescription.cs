using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Hosting.Description;

/// <summary>Adds to an operation what its endpoint says of itself: parameters, scope, examples, every refusal by its code.</summary>
internal static class OperationDescription
{
    /// <summary>The operation's metadata: the scope that a caller needs.</summary>
    public const string Scope = "scope";

    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    public static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            Complete(parameter);
        foreach (var parameter in metadata.OfType<DescribedParameter>())
            operation.Parameters.Add(ParameterOf(parameter));
        foreach (var example in metadata.OfType<DescribedExample>())
            Show(operation, example);
        var scope = metadata.OfType<RequiredScope>().Single().Scope;
        (operation.Metadata ??= new Dictionary<string, object>())[Scope] = scope;
        DescribedRefusal[] always =
        [
            new(StatusCodes.Status401Unauthorized, new("api.token_invalid", "A valid access token is required.")),
            new(StatusCodes.Status403Forbidden, new("api.scope_missing", $"The access token lacks the scope {scope}.")),
        ];
        foreach (var refusals in metadata.OfType<DescribedRefusal>().Concat(always).GroupBy(refusal => refusal.Status))
            operation.Responses![refusals.Key.ToString(CultureInfo.InvariantCulture)] = ResponseOf(refusals.Key, [.. refusals.Select(refusal => refusal.Failure)]);
        if (operation.Responses!.TryGetValue("304", out var unchanged))
            ((OpenApiResponse)unchanged).Description = "What If-None-Match names is still true.";
        return Task.CompletedTask;
    }

    // Where an address names something.
    private static void Complete(OpenApiParameter parameter)
    {
        (parameter.Description, parameter.Example) = parameter.Name switch
        {
            "district" => ("The district's slug.", JsonValue.Create("maple-county")),
            "id" => ("The engine's id.", JsonValue.Create("dGhpcyBpcyBtYWRlIHVwIQ")),
            "Idempotency-Key" => ("A new value for each new score, 1 to 255 characters.", JsonValue.Create("attempt-7f3a")),
            _ => (parameter.Description, parameter.Example),
        };
    }

    private static OpenApiParameter ParameterOf(DescribedParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.Required,
        Description = parameter.Words,
        Example = parameter.Example.DeepClone(),
        Style = parameter.Names is null ? null : ParameterStyle.Form,
        Explode = parameter.Names is null,
        Schema = parameter switch
        {
            { Range: var (least, most) } => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = Text(least), Maximum = Text(most) },
            { Names: { } names } => new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)name)] },
            },
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static void Show(OpenApiOperation operation, DescribedExample example)
    {
        var content = example.Status == 0
            ? operation.RequestBody?.Content
            : operation.Responses![example.Status.ToString(CultureInfo.InvariantCulture)].Content;
        content![Json].Example = JsonNode.Parse(example.Json);
    }

    private static OpenApiResponse ResponseOf(int status, IReadOnlyList<Failure> failures) => new()
    {
        Description = string.Join(" ", failures.Select(failure => $"`{failure.Code}`: {failure.Message}")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemJson] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "RFC 9457.",
                    Required = new HashSet<string> { "title", "status", "code" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What happened and what to do." },
                        ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                        ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. failures.Select(failure => (JsonNode)failure.Code)], Description = "Stable." },
                    },
                },
                Examples = failures.ToDictionary(failure => failure.Code, failure => (IOpenApiExample)new OpenApiExample
                {
                    Value = new JsonObject { ["title"] = failure.Message, ["status"] = status, ["code"] = failure.Code },
                }),
            },
        },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
