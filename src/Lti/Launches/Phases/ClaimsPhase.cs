using System.Security.Cryptography;
using Lti.Messages;
using Lti.Messages.Reading;
using Lti.Registrations;

namespace Lti.Launches.Phases;

/// <summary>Reads the allowed claims, only after the signature: nothing that a stranger wrote is interpreted.</summary>
internal sealed class ClaimsPhase(IClaimPolicy policy, IRegistrationStore registrations)
{
    private static readonly ClaimAllowList ProtocolOnly = new();

    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        if (!attempt.IsSignatureVerified) throw new InvalidOperationException("Claims are read after the signature only.");
        var token = attempt.Token;
        try
        {
            if (attempt.State.IsOpen && await SettleAsync(attempt, cancellationToken) is { } refusal) return refusal;
            var allowed = await policy.AllowedAsync(attempt.Registration, cancellationToken);
            attempt.Claims = LaunchClaimReader.Read(token.Payload, allowed);
        }
        finally
        {
            // What was skipped must not linger until the collector comes by.
            CryptographicOperations.ZeroMemory(token.Payload);
            CryptographicOperations.ZeroMemory(token.Signed);
        }

        return attempt.Claims.Fault;
    }

    // Before any other claim: what may be read depends on whose launch it is. Nonce, issuer and audience are checked in the phases that follow.
    private async ValueTask<LaunchRefusal?> SettleAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        var protocol = LaunchClaimReader.Read(attempt.Token.Payload, ProtocolOnly);
        if (protocol.Fault is { } fault) return fault;
        if (string.IsNullOrEmpty(protocol.DeploymentId)) return LaunchRefusal.DeploymentMissing;
        var standIn = attempt.Registration;
        var found = await registrations.FindAsync(standIn.Issuer, standIn.ClientId, cancellationToken);
        if (RegistrationChoice.OfDeployment(found, standIn, protocol.DeploymentId) is not { } chosen) return LaunchRefusal.DeploymentUnknown;
        attempt.Settle(chosen);
        return null;
    }
}
