namespace Lti.Launches;

/// <summary>
/// The host's own decision, the last phase of every launch. Here the nonce is spent, so that a host can do that and record the
/// launch in one transaction. A host that admits without spending <see cref="AdmissionRequest.Nonce"/> lets launches be replayed.
/// </summary>
/// <typeparam name="T">What the host makes of a launch.</typeparam>
public interface ILaunchAdmission<T>
{
    /// <summary>Admits a verified launch or refuses it, for example with <see cref="LaunchRefusal.NonceReplayed"/>.</summary>
    ValueTask<Admission<T>> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken);
}
