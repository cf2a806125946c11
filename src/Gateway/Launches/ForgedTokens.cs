using System.Globalization;
using Gateway.Alerts;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary>
/// Repeated forged tokens of one registration are an incident (P-5.7). Only what no honest platform sends counts: a signature that is
/// wrong, an algorithm without one, a key that came along. A key that is not known is what follows a change of keys.
/// </summary>
internal sealed class ForgedTokens(RegistrationDirectory registrations, Incidents incidents)
{
    /// <summary>So many within <see cref="Incidents.Window"/>.</summary>
    public const int Threshold = 10;

    private static readonly HashSet<LaunchRefusal> Forged =
        [LaunchRefusal.SignatureInvalid, LaunchRefusal.AlgorithmNone, LaunchRefusal.AlgorithmSymmetric, LaunchRefusal.KeyEmbedded];

    public async Task NoticeAsync(LaunchRefusal refusal, string? registration, CancellationToken cancellation)
    {
        if (Forged.Contains(refusal) && int.TryParse(registration, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await registrations.GetAsync(number, cancellation) is { District: var district })
            await incidents.NoticeAsync(district, IncidentKind.ForgedTokens, registration, Threshold, cancellation);
    }
}
