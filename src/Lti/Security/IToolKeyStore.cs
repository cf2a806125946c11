namespace Lti.Security;

/// <summary>Where the host keeps the tool's keys.</summary>
public interface IToolKeyStore
{
    /// <summary>The key that signs now.</summary>
    ValueTask<ToolKey> GetSigningKeyAsync(CancellationToken cancellationToken);

    /// <summary>Every key that platforms should know: announced, active and just retired.</summary>
    ValueTask<IReadOnlyList<ToolPublicKey>> GetPublicKeysAsync(CancellationToken cancellationToken);
}
