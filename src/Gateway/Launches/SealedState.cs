using System.Diagnostics.CodeAnalysis;
using Gateway.Storage.Sealing;
using Lti.Security;

namespace Gateway.Launches;

/// <summary>The login's state, sealed under the master key: every replica opens what another one sealed.</summary>
internal sealed class SealedState(Sealer sealer) : IStateProtector
{
    private const string Purpose = "lti login state 1";

    public string Protect(ReadOnlySpan<byte> plain) => sealer.SealText(Purpose, plain);

    public bool TryUnprotect(ReadOnlySpan<char> sealedText, [NotNullWhen(true)] out byte[]? plain) =>
        sealer.TryOpenText(Purpose, sealedText, out plain);
}
