using System.Collections;
using Lti.Registrations;

namespace Lti.Tests.Platform;

internal class FakeRegistrations : IRegistrationStore, IEnumerable<Registration>
{
    private readonly List<Registration> all = [];

    public void Add(Registration registration) => all.Add(registration);

    public void Clear() => all.Clear();

    public ValueTask<IReadOnlyList<Registration>> FindAsync(string issuer, string? clientId, CancellationToken cancellationToken) =>
        new(all.FindAll(one => one.Issuer == issuer && (clientId is null || one.ClientId == clientId)));

    public ValueTask<Registration?> GetAsync(string id, CancellationToken cancellationToken) => new(all.Find(one => one.Id == id));

    public IEnumerator<Registration> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
