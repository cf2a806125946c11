namespace Lti.Registrations;

/// <summary>Where the host keeps its registrations.</summary>
public interface IRegistrationStore
{
    /// <summary>
    /// All registrations of an issuer, narrowed to a client id where one is given. An empty list means none; never null.
    /// </summary>
    /// <param name="issuer">The <c>iss</c> of a login request: unverified text from outside.</param>
    /// <param name="clientId">The <c>client_id</c> of a login request, or null when the platform sent none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    ValueTask<IReadOnlyList<Registration>> FindAsync(string issuer, string? clientId, CancellationToken cancellationToken);

    /// <summary>The registration with the host's key <paramref name="id"/>, or null when it is gone or switched off.</summary>
    ValueTask<Registration?> GetAsync(string id, CancellationToken cancellationToken);
}
