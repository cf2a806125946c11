using System.Security.Cryptography.X509Certificates;

namespace Samples.Sis;

/// <summary>Settings of the sample SIS; from the environment as <c>Sis__Students</c> and so on.</summary>
public sealed class SisOptions
{
    /// <summary>Where to listen; a free port of the loopback address when not set.</summary>
    public string? Url { get; set; }

    /// <summary>What the server shows on https addresses.</summary>
    public X509Certificate2? Certificate { get; set; }

    public long Seed { get; set; } = 1;

    public int Students { get; set; } = 200;

    public string ClientId { get; set; } = "sample-sis-client";

    public string ClientSecret { get; set; } = "sample-sis-secret";

    /// <summary>When set, <c>/faults</c> and <c>/stats</c> want it in the header <c>X-Control-Key</c>.</summary>
    public string? ControlKey { get; set; }

    public int MaximumLimit { get; set; } = 10_000;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The day the school year and terms lie around; today when not set.</summary>
    public DateOnly? Today { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What goes wrong from now on; may be changed while the server runs.</summary>
    public Faults Faults { get; } = new();
}
