using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Samples.Lms;

/// <summary>The server's URLs, known once it listens.</summary>
public sealed class OwnAddress(LmsOptions options, IServer server)
{
    public string Base =>
        (options.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).TrimEnd('/');

    public string Issuer => options.Issuer ?? Base;

    public string Token => Base + "/token";
}
