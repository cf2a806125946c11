using System.Text.Json.Nodes;

namespace Gateway.Hosting;

/// <summary>Endpoint metadata: a query parameter that the handler reads by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Words">What it does.</param>
/// <param name="Example">A value.</param>
internal sealed record DescribedParameter(string Name, string Words, JsonNode Example)
{
    public bool Required { get; init; }

    /// <summary>Of a number: the least and the greatest.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>Of names separated by commas: which there are.</summary>
    public IReadOnlyList<string>? Names { get; init; }
}

/// <summary>Endpoint metadata: how a request or an answer may look.</summary>
/// <param name="Status">The HTTP status of the answer; 0: the request.</param>
/// <param name="Json">The body.</param>
internal sealed record DescribedExample(int Status, string Json);

/// <summary>Endpoint metadata: a refusal that it may answer with.</summary>
internal sealed record DescribedRefusal(int Status, Failure Failure);

/// <summary>What an endpoint says of itself in the API's description.</summary>
internal static class Described
{
    /// <summary>Lists refusals with their stable codes.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params Failure[] failures) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. failures.Select(failure => (object)new DescribedRefusal(status, failure))]);

    /// <summary>Shows a request (status 0) or an answer.</summary>
    public static TBuilder Shows<TBuilder>(this TBuilder endpoint, int status, string json) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DescribedExample(status, json));
}
