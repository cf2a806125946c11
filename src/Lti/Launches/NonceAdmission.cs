using Lti.Messages;
using Lti.Security;

namespace Lti.Launches;

/// <summary>The admission of hosts that have none of their own: spends the nonce and lets everybody in.</summary>
internal sealed class NonceAdmission(INonceStore nonces) : ILaunchAdmission<LaunchMessage>
{
    public async ValueTask<Admission<LaunchMessage>> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        await nonces.TrySpendAsync(request.Nonce, request.NonceExpiresAt, cancellationToken)
            ? request.Message
            : LaunchRefusal.NonceReplayed;
}
