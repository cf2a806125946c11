using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Samples.PracticeEngine;

/// <summary>The server's URL, known once it listens.</summary>
internal sealed class OwnAddress(PracticeEngineOptions options, IServer server)
{
    public string Base => (options.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).TrimEnd('/');

    public string Callback => Base + "/oidc/callback";

    /// <summary>The path of a URL of this server; null for every other URL, so that a login cannot be used to send people elsewhere.</summary>
    public string? PathOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? target)
        && target.GetLeftPart(UriPartial.Authority).Equals(new Uri(Base).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            ? target.PathAndQuery
            : null;
}
