using Lti.Security;

namespace Lti.Tests.Platform;

internal class FakeToolKeys : IToolKeyStore
{
    private static readonly ToolKey Key = ToolKey.Create();

    public ValueTask<ToolKey> GetSigningKeyAsync(CancellationToken cancellationToken) => new(Key);

    public ValueTask<IReadOnlyList<ToolPublicKey>> GetPublicKeysAsync(CancellationToken cancellationToken) => new([Key.PublicKey]);
}
