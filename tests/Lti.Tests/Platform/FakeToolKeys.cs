using System.Collections.Concurrent;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Tests.Platform;

/// <summary>A key for each key set, made at first need.</summary>
internal class FakeToolKeys : IToolKeyStore
{
    private static readonly ConcurrentDictionary<string, ToolKey> Keys = new();

    public ValueTask<ToolKey> GetSigningKeyAsync(Registration registration, CancellationToken cancellationToken) => new(Of(registration.ToolKeySet ?? "only"));

    public IReadOnlyList<ToolPublicKey> PublicKeysOf(string set) => [Of(set).PublicKey];

    private static ToolKey Of(string set) => Keys.GetOrAdd(set, _ => ToolKey.Create());
}
