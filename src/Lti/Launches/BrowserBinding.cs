using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lti.Launches;

/// <summary>The name under which a browser keeps the binding of one login.</summary>
internal static class BrowserBinding
{
    /// <summary>From the sealed state itself, so that login and launch agree without a table and tabs do not clobber each other.</summary>
    public static string NameFor(string state, LtiToolOptions options)
    {
        var prefix = options.BindingNamePrefix ?? (options.RedirectUri!.Scheme == Uri.UriSchemeHttps ? "__Host-lti-" : "lti-");
        return prefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 12));
    }
}
