using System.Security.Cryptography;
using Lti.Messages;
using Lti.Messages.Reading;

namespace Lti.Launches.Phases;

/// <summary>Reads the allowed claims, only after the signature: nothing that a stranger wrote is interpreted.</summary>
internal sealed class ClaimsPhase(IClaimPolicy policy)
{
    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        if (!attempt.IsSignatureVerified) throw new InvalidOperationException("Claims are read after the signature only.");
        var allowed = await policy.AllowedAsync(attempt.Registration, cancellationToken);
        var token = attempt.Token;
        attempt.Claims = LaunchClaimReader.Read(token.Payload, allowed);
        // What was skipped must not linger until the collector comes by.
        CryptographicOperations.ZeroMemory(token.Payload);
        CryptographicOperations.ZeroMemory(token.Signed);
        return attempt.Claims.Fault;
    }
}
