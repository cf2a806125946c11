using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Hosting.Description;

/// <summary>What may be missing is missing and never null: says so of each member.</summary>
internal static class SchemaDescription
{
    public static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
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
}
