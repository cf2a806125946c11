using System.Text;
using System.Text.Json;

namespace Lti.Messages.Reading;

/// <summary>Reads one value; the reader stands on its first token before and on its last after.</summary>
internal delegate void ReadClaim(ref Utf8JsonReader reader, LaunchClaims into);

/// <summary>A member of an object and how it is read.</summary>
internal sealed class ClaimRule(string name, ReadClaim read)
{
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public ReadClaim Read { get; } = read;
}
