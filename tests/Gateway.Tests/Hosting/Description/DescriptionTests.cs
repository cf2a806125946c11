using System.Text.Json.Nodes;
using Gateway.Stage;
using Gateway.Tests.Engine;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Gateway.Tests.Hosting.Description;

/// <summary>The API's description against the specification, against the endpoints and against what they really answer.</summary>
public sealed class DescriptionTests(EngineStage stage) : IClassFixture<EngineStage>
{
    [Fact]
    public async Task Description_is_valid_OpenAPI_3_1()
    {
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes((await DocumentAsync()).ToJsonString()));
        var read = await OpenApiDocument.LoadAsync(text, "json", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => $"{error.Pointer}: {error.Message}"));
    }

    [Fact]
    public async Task Description_holds_every_endpoint_of_the_API_and_no_other()
    {
        var endpoints = stage.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Plain(endpoint.RoutePattern.RawText!)}"));

        Assert.Equal(endpoints.Order(StringComparer.Ordinal), (await OperationsAsync()).Select(one => $"{one.Method.ToUpperInvariant()} {one.Path}").Order(StringComparer.Ordinal));

        static string Plain(string pattern) => pattern.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/');
    }

    [Fact]
    public async Task Every_operation_says_who_may_call_it_what_it_takes_and_what_it_answers()
    {
        var operations = await OperationsAsync();
        Assert.Equal(operations.Count, operations.Select(one => Text(one.Operation, "operationId")).Distinct().Count());
        foreach (var (path, _, operation) in operations)
        {
            Assert.NotEqual("", Text(operation, "summary"));
            var scope = operation["security"]![0]!["engine"]![0]!.GetValue<string>();
            Assert.Contains(scope, new[] { "roster.read", "scores.write", "events.read" });
            Assert.All(operation["parameters"]?.AsArray() ?? [], parameter =>
            {
                Assert.NotEqual("", Text(parameter!, "description"));
                Assert.NotNull(parameter!["example"]);
            });
            Assert.Equal(path.Count(c => c == '{'), (operation["parameters"]?.AsArray() ?? []).Count(parameter => Text(parameter!, "in") == "path"));
            var answers = operation["responses"]!.AsObject();
            Assert.Contains(answers, answer => answer.Key is "200" or "202");
            Assert.Superset(new HashSet<string> { "401", "403" }, answers.Select(answer => answer.Key).ToHashSet());
            foreach (var (status, answer) in answers.Where(answer => answer.Key[0] == '4' || answer.Key[0] == '5'))
            {
                foreach (var (code, example) in answer!["content"]!["application/problem+json"]!["examples"]!.AsObject())
                {
                    Assert.Equal(code, Text(example!["value"]!, "code"));
                    Assert.Equal(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), example["value"]!["status"]!.GetValue<int>());
                }
            }
        }
    }

    [Fact]
    public async Task Every_example_is_what_its_schema_says()
    {
        var document = await DocumentAsync();
        foreach (var (path, method, operation) in await OperationsAsync())
        {
            var contents = operation["responses"]!.AsObject().Select(answer => answer.Value!["content"]).Append(operation["requestBody"]?["content"]).OfType<JsonObject>();
            foreach (var content in contents.SelectMany(content => content.Select(type => type.Value!.AsObject())))
            {
                var examples = content["example"] is { } one ? [one] : content["examples"]!.AsObject().Select(example => example.Value!["value"]!).ToArray();
                Assert.All(examples, example => AssertValid(document, content["schema"]!, example, $"{method} {path}"));
            }
        }
    }

    [Fact]
    public async Task What_the_endpoints_answer_is_what_the_description_says()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "grades", "classTitle", "school", "subjects", "termDates");
        await stage.Stage.Database.ExecuteAsync(
            "update gateway.class set title = 'A title', subjects = '{Algebra}', grades = '{09}'; update gateway.school set name = 'A school'; update gateway.learner set grades = '{09}'");
        var ids = new Dictionary<string, string>
        {
            ["classes"] = (await EngineStage.AllAsync(stage.Engine, "classes"))[0].GetProperty("id").GetString()!,
            ["learners"] = (await EngineStage.AllAsync(stage.Engine, "learners"))[0].GetProperty("id").GetString()!,
        };
        var cursor = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();
        await stage.ImportAsync(new Rostering.MadeUpRoster().Class("class-4", "south").Person("student-7", "student", "south").Enroll("student-7", "class-4"));
        var document = await DocumentAsync();
        foreach (var (path, method, operation) in (await OperationsAsync()).Where(one => one.Method == "get" && !one.Path.Contains("scores", StringComparison.Ordinal)))
        {
            var segments = path.Split('/');
            var address = path.Replace("{district}", TestStage.DistrictSlug, StringComparison.Ordinal);
            if (Array.IndexOf(segments, "{id}") is > 0 and var at)
                address = address.Replace("{id}", ids[segments[at - 1]], StringComparison.Ordinal);
            var answer = await stage.Engine.GetAsync(address + (path.EndsWith("changes", StringComparison.Ordinal) ? $"?after={cursor}" : ""), operation["security"]![0]!["engine"]![0]!.GetValue<string>());

            Assert.Equal(200, (int)answer.Status);
            AssertValid(document, operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!, JsonNode.Parse(answer.Body)!, $"{method} {path}");
        }

        await stage.ImportAsync(new Rostering.MadeUpRoster());
    }

    [Fact]
    public async Task Page_shows_every_operation_and_loads_nothing_from_elsewhere()
    {
        using var visitor = new Visitor(stage.Stage);
        var page = await visitor.GetAsync($"{stage.Stage.GatewayUrl}/openapi");

        foreach (var (path, method, operation) in await OperationsAsync())
        {
            Assert.Contains($"{method.ToUpperInvariant()} {path}", page.Body, StringComparison.Ordinal);
            Assert.Contains($"id=\"{Text(operation, "operationId")}\"", page.Body, StringComparison.Ordinal);
        }

        Assert.Contains("changes.cursor_expired", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(System.Text.RegularExpressions.Regex.Matches(page.Body, "(src|href)=\"(?!/|#)[^\"]*\"").Select(match => match.Value));
    }

    private static void AssertValid(JsonNode document, JsonNode schema, JsonNode value, string where) =>
        Assert.Equal([], new SchemaCheck(document).Offences(schema, value).Select(offence => $"{where}: {offence}"));

    private async Task<JsonNode> DocumentAsync()
    {
        using var visitor = new Visitor(stage.Stage);
        return JsonNode.Parse((await visitor.GetAsync($"{stage.Stage.GatewayUrl}/openapi/v1.json")).Body)!;
    }

    private async Task<List<(string Path, string Method, JsonNode Operation)>> OperationsAsync() =>
        [.. (await DocumentAsync())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => (path.Key, one.Key, one.Value!)))];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
