using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Hosting;

namespace Gateway.Rostering;

/// <summary>
/// Clients for servers whose certificate no public authority signed: they trust a district's own authorities beside those of the
/// machine, for that district's server alone. Host names and dates are checked as everywhere.
/// </summary>
internal sealed class RosterAuthorities(OutboundGuard guard)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>The certificates of a PEM file, whatever else is in it; null when there is none that a chain can end at.</summary>
    public static X509Certificate2Collection? Parse(string pem)
    {
        if (pem.Length > LongestFile)
            return null;
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return found.Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)) ? found : null;
    }

    /// <summary>A client that the caller disposes; null where there is nothing to trust but what the machine does.</summary>
    public HttpClient? ClientFor(string? pem)
    {
        if (pem is null)
            return null;
        var handler = guard.CreateHandler();
        handler.SslOptions.CertificateChainPolicy = Trusting(Parse(pem) ?? throw new InvalidOperationException("The stored authorities cannot be read."));
        var client = new HttpClient(handler) { Timeout = RosterConnections.LongestRequest };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Outbound.UserAgent);
        return client;
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        // As for every other request of the gateway, revocation is not asked for.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        foreach (var location in new[] { StoreLocation.LocalMachine, StoreLocation.CurrentUser })
        {
            using var store = new X509Store(StoreName.Root, location);
            store.Open(OpenFlags.ReadOnly);
            policy.CustomTrustStore.AddRange(store.Certificates);
        }

        return policy;
    }
}
