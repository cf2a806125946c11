using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>What a probe learnt of a server.</summary>
/// <param name="BaseUrl">The URL that a collection's name is appended to.</param>
/// <param name="Version">The version that it speaks there.</param>
/// <param name="SendsCounts">Whether it sends <c>X-Total-Count</c>.</param>
/// <param name="SendsLinks">Whether it sends <c>Link</c> headers.</param>
/// <param name="HonoursFields">Whether it sends no more than the fields that are asked for.</param>
/// <param name="AcceptsSort">Whether it takes <c>sort</c>.</param>
public sealed record RosterServerFacts(Uri BaseUrl, OneRosterVersion Version, bool SendsCounts, bool SendsLinks, bool HonoursFields, bool AcceptsSort)
{
    /// <summary>Whether the token endpoint takes the client's secret in the form only, not by Basic.</summary>
    public bool SecretInForm { get; init; }

    /// <summary>Whether the token endpoint takes the scope in the query only, not in the form.</summary>
    public bool ScopeInQuery { get; init; }
}

/// <summary>An address that was tried, and what came of it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Code">What was wrong (<see cref="Validation.RosterFailures"/>); null when a server was found there.</param>
/// <param name="HttpStatus">The status that was answered, if any.</param>
public sealed record ProbedAddress(Uri Address, string? Code, int? HttpStatus);

/// <summary>What came of a probe: the facts, or the reason why there are none.</summary>
/// <param name="Facts">The facts; null when no server was found.</param>
/// <param name="Refusal">The reason; null when one was found. Its text names the addresses that were tried.</param>
/// <param name="Tried">Every address that was tried, in order.</param>
public sealed record RosterProbeOutcome(RosterServerFacts? Facts, RosterRefusal? Refusal, IReadOnlyList<ProbedAddress> Tried);
