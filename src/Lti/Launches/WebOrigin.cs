namespace Lti.Launches;

/// <summary>Origins as browsers write them (HTML, 7.1.1; RFC 6454 6.2): ASCII host, no default port, no path.</summary>
internal static class WebOrigin
{
    public static string Of(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return address.IsDefaultPort ? $"{address.Scheme}://{host}" : $"{address.Scheme}://{host}:{address.Port}";
    }
}
