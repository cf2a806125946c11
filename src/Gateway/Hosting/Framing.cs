namespace Gateway.Hosting;

/// <summary>Endpoint metadata: its pages are shown in frames of platforms. All others may not be framed by anybody.</summary>
internal sealed class Framing
{
    public static readonly Framing Allowed = new();
}

/// <summary>What an endpoint says about frames.</summary>
internal static class FramingExtensions
{
    /// <summary>Lets other sites show the endpoint's pages, refusals and unexpected errors included, in a frame.</summary>
    public static TBuilder AllowFraming<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Framing.Allowed);
}
