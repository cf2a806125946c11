using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using Gateway.Privacy;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Hosting.Description;

/// <summary>What may be missing is missing and never null: says so of each member. An id is a string, however it is written.</summary>
internal static class SchemaDescription
{
    /// <summary>The name under which a type is described; null: where it is used.</summary>
    public static string? NameOf(JsonTypeInfo type) => IsId(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (IsId(context.JsonTypeInfo.Type))
            schema.Type = JsonSchemaType.String;
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && IsId(element))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        // An id gets its type only after this.
        schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(property => property.PropertyType == typeof(EngineId?)).Select(property => property.Name));
        var demanded = context.JsonTypeInfo.Properties
            .Where(property => property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true).Select(property => property.Name).ToHashSet();
        foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (member is not OpenApiSchema { Type: { } type } own || !type.HasFlag(JsonSchemaType.Null))
                continue;
            own.Type = type & ~JsonSchemaType.Null;
            if (!demanded.Contains(name))
                schema.Required?.Remove(name);
        }

        return Task.CompletedTask;
    }

    private static bool IsId(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(EngineId);
}
