using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Hosting.Description;

/// <summary><c>GET /openapi</c>: the description as a page, made from the same document, without a script and with nothing from elsewhere.</summary>
internal static class DescriptionPage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IResult> HandleAsync(HttpRequest request, [FromKeyedServices(DescriptionFeature.Document)] IOpenApiDocumentProvider documents, CancellationToken cancellation)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellation);
        var html = new StringBuilder();
        html.Append($"<h1>{Page.Text(document.Info.Title!)}</h1>\n<p>{Page.Text(document.Info.Description!)}</p>\n");
        html.Append($"<p>The same for machines: <a href=\"{Page.Text(request.PathBase.Add("/openapi/v1.json"))}\">OpenAPI 3.1</a>.</p>\n");
        var operations = document.Paths
            .SelectMany(path => path.Value.Operations!.Select(operation => (Path: path.Key, Method: operation.Key.Method, Operation: operation.Value)))
            .GroupBy(one => one.Operation.Tags!.First().Name!).ToList();
        foreach (var tag in operations)
        {
            html.Append($"<h2>{Page.Text(tag.Key)}</h2>\n");
            foreach (var (path, method, operation) in tag)
                Write(html, path, method, operation);
        }

        return Page.Of(document.Info.Title!, StatusCodes.Status200OK, html.ToString());
    }

    private static void Write(StringBuilder html, string path, string method, OpenApiOperation operation)
    {
        html.Append($"<section id=\"{Page.Text(operation.OperationId!)}\">\n<h3><code>{method} {Page.Text(path)}</code></h3>\n");
        html.Append($"<p>{Page.Text(operation.Summary!)}. Scope <code>{Page.Text((string)operation.Metadata![OperationDescription.Scope])}</code>.</p>\n");
        if (operation.Description is { } words)
            html.Append($"<p>{Page.Text(words)}</p>\n");
        if (operation.Parameters is { Count: > 0 } parameters)
            WriteParameters(html, parameters);
        if (ExampleOf(operation.RequestBody?.Content) is { } request)
            html.Append($"<p>Send:</p>\n<pre tabindex=\"0\">{Page.Text(request)}</pre>\n");
        foreach (var (status, response) in operation.Responses!.Where(answer => ExampleOf(answer.Value.Content) is not null))
            html.Append($"<p>Answer {Page.Text(status)}:</p>\n<pre tabindex=\"0\">{Page.Text(ExampleOf(response.Content)!)}</pre>\n");
        WriteRefusals(html, operation);
        html.Append("</section>\n");
    }

    private static void WriteParameters(StringBuilder html, IList<IOpenApiParameter> parameters)
    {
        html.Append("<dl>\n");
        foreach (var parameter in parameters)
            html.Append($"<dt><code>{Page.Text(parameter.Name!)}</code>{(parameter.Required ? " (required)" : "")}</dt><dd>{Page.Text(parameter.Description ?? "")}</dd>\n");
        html.Append("</dl>\n");
    }

    private static void WriteRefusals(StringBuilder html, OpenApiOperation operation)
    {
        html.Append("<details><summary>Refusals</summary>\n<dl>\n");
        foreach (var (status, response) in operation.Responses!)
        {
            foreach (var (code, example) in response.Content?.Values.FirstOrDefault()?.Examples ?? new Dictionary<string, IOpenApiExample>())
                html.Append($"<dt>{Page.Text(status)} <code>{Page.Text(code)}</code></dt><dd>{Page.Text(((JsonObject)example.Value!)["title"]!.GetValue<string>())}</dd>\n");
        }

        html.Append("</dl>\n</details>\n");
    }

    private static string? ExampleOf(IDictionary<string, OpenApiMediaType>? content) =>
        content?.Values.FirstOrDefault()?.Example is { } example ? example.ToJsonString(Indented) : null;
}
