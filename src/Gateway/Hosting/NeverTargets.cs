using System.Net;
using System.Net.Sockets;

namespace Gateway.Hosting;

/// <summary>
/// Addresses that are never connected to, whatever the settings say: under them the hosts of virtual machines give each machine its credentials
/// and its settings, without asking who asks. Also in every form in which an IPv6 address stands for an IPv4 address.
/// </summary>
internal static class NeverTargets
{
    private static readonly IPNetwork[] All =
    [
        .. new[]
        {
            // The metadata services of AWS, Azure, Google, Oracle, OpenStack and others, and of containers there (169.254.170.2 and .23).
            "169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "fd00:ec2::23/128", "fd20:ce::254/128",
            // Azure's wire server, which has a public address; Alibaba's and Oracle's services.
            "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork TranslatedHere = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public static bool Contain(IPAddress address) => Forms(address).Any(form =>
        Array.Exists(All, network => network.BaseAddress.AddressFamily == form.AddressFamily && network.Contains(form)));

    private static IEnumerable<IPAddress> Forms(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return [address];
        // A scope (fe80::1%2) is no part of the address.
        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes);
        if (address.IsIPv4MappedToIPv6)
            return [address.MapToIPv4()];
        if (SixToFour.Contains(plain))
            return [plain, new IPAddress(bytes.AsSpan(2, 4))];
        // RFC 4380, 4: the client's address, each bit turned.
        if (Teredo.Contains(plain))
            return [plain, new IPAddress(bytes[12..].Select(octet => (byte)~octet).ToArray())];
        // RFC 6052, 2.2, with the longest prefix; RFC 5214, 6.1, under any prefix.
        if (Compatible.Contains(plain) || Translated.Contains(plain) || TranslatedHere.Contains(plain) || IsIsatap(bytes))
            return [plain, new IPAddress(bytes.AsSpan(12, 4))];
        return [plain];
    }

    private static bool IsIsatap(byte[] bytes) => (bytes[8] & 0xFD, bytes[9], bytes[10], bytes[11]) == (0, 0, 0x5E, 0xFE);
}
