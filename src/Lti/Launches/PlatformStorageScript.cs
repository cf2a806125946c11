using System.Buffers.Text;
using System.Security.Cryptography;

namespace Lti.Launches;

/// <summary>
/// The browser's part of launches without cookies (1EdTech LTI Client Side postMessages 0.1, Platform Storage 0.1), for a host to serve
/// from its own origin. It works on one element, <c>#lti-launch</c>, with these data attributes:
/// <list type="bullet">
/// <item><c>data-step</c>: <c>login</c> on the answer to a login initiation, <c>launch</c> on the answer to <see cref="LaunchNeedsBinding{T}"/>;</item>
/// <item><c>data-platform</c>: the platform's origin; <c>data-storage</c>: the storage target, empty when there is none;</item>
/// <item><c>data-key</c>: the binding's name; at login also <c>data-value</c>, its value, and <c>data-authorize</c>, where to go then.</item>
/// </list>
/// At login the element holds the offer of a new tab, <c>a[data-new-tab]</c>; at launch a form with <c>id_token</c>, <c>state</c> and an
/// empty <c>binding</c>. The script sets <c>data-state</c> to <c>working</c>, <c>offer</c> or <c>opened</c>, and the text of a
/// <c>[role=status]</c> inside to its attribute of that name (<c>data-offer</c>).
/// </summary>
public static class PlatformStorageScript
{
    private static readonly Lazy<byte[]> Bytes = new(Read);
    private static readonly Lazy<string> Digest = new(() => Base64Url.EncodeToString(SHA256.HashData(Bytes.Value).AsSpan(0, 12)));

    /// <summary>The media type to serve it with.</summary>
    public const string ContentType = "text/javascript; charset=utf-8";

    /// <summary>The script, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Content => Bytes.Value;

    /// <summary>96 bits of its SHA-256 in base64url (16 characters): part of an address that may be cached for ever.</summary>
    public static string Hash => Digest.Value;

    private static byte[] Read()
    {
        using var stream = typeof(PlatformStorageScript).Assembly.GetManifestResourceStream("platform-storage.js")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
