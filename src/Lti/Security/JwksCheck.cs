using Lti.Launches;

namespace Lti.Security;

/// <summary>The result of fetching a platform's keys once.</summary>
/// <param name="UsableKeys">How many keys can verify a launch.</param>
/// <param name="Algorithms">The algorithms that they verify, by name and in order.</param>
/// <param name="Fault">Why the document could not be used, or null.</param>
public sealed record JwksCheck(int UsableKeys, IReadOnlyList<string> Algorithms, LaunchRefusal? Fault);
