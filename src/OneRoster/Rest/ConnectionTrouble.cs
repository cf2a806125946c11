using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>Why a request got no answer. Nothing of it comes from the server but the kind of the fault.</summary>
/// <param name="Code">One of <see cref="RosterFailures"/>.</param>
/// <param name="Reason">What happened and what to do.</param>
internal sealed record ConnectionTrouble(string Code, string Reason)
{
    /// <summary>Whether it may be gone at the next attempt.</summary>
    public bool IsPassing { get; init; } = true;

    /// <summary>Whether nothing came in time, so that a smaller question may be answered.</summary>
    public bool TimedOut { get; init; }

    public static ConnectionTrouble Of(Exception failure) => failure switch
    {
        // The client's own timeout.
        OperationCanceledException => new(RosterFailures.ConnectionLost, "the server does not answer in time (timed out); try again later") { TimedOut = true },
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
            or HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } =>
            new(RosterFailures.NameUnknown, "the host's name is not known (DNS); check how it is written"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => OfTls(tls.InnerException),
        // Thrown by the host's own way to connect, before anything was sent.
        HttpRequestException { InnerException: HttpRequestException } =>
            new(RosterFailures.AddressRefused, "the host's name leads to a network that this machine may not connect to") { IsPassing = false },
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            new(RosterFailures.ConnectionLost, "the connection is refused: nothing listens at that host and port; check both, or try again later"),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable } } =>
            new(RosterFailures.ConnectionLost, "the host does not answer (timed out or unreachable); check the address and whether a firewall lets this machine in"),
        _ => new(RosterFailures.ConnectionLost, "the server could not be reached; check the address, or try again later"),
    };

    /// <summary>The runtime names what is wrong with a certificate by the words of its enumerations.</summary>
    private static ConnectionTrouble OfTls(Exception? failure)
    {
        var text = failure?.Message ?? "";
        if (Says("RemoteCertificateNameMismatch"))
            return Lasting(RosterFailures.CertificateWrongHost, "the TLS certificate is for another host name: enter the name that it is for");
        if (Says(nameof(X509ChainStatusFlags.NotTimeValid)))
            return Lasting(RosterFailures.CertificateExpired, "the TLS certificate has expired or is not valid yet; its operator has to renew it (check this machine's clock too)");
        if (Says("RemoteCertificate") || Says(nameof(X509ChainStatusFlags.UntrustedRoot)) || Says(nameof(X509ChainStatusFlags.PartialChain)))
            return Lasting(
                RosterFailures.CertificateUntrusted,
                "the TLS certificate is signed by nobody whom this machine trusts (self-signed, or by an authority of the district's own); name a file with that authority's certificate by --ca-file");
        return new(RosterFailures.TlsFailed, "no TLS connection comes about; check that the server speaks https at that port") { IsPassing = failure is not AuthenticationException };

        bool Says(string word) => text.Contains(word, StringComparison.Ordinal);

        static ConnectionTrouble Lasting(string code, string reason) => new(code, reason) { IsPassing = false };
    }
}
