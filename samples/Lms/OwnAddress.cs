using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Samples.Lms;

/// <summary>The server's URLs, known once it listens.</summary>
public sealed class OwnAddress(LmsOptions options, IServer server)
{
    public string Base =>
        (options.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).TrimEnd('/');

    /// <summary>The same server by another name of this machine: to a browser another origin.</summary>
    public string Elsewhere => Base.Contains("//localhost", StringComparison.Ordinal)
        ? Base.Replace("//localhost", "//127.0.0.1", StringComparison.Ordinal)
        : Base.Replace("//127.0.0.1", "//localhost", StringComparison.Ordinal);

    public string Issuer => options.Issuer ?? Base;

    public string Token => Base + "/token";
}
