using OneRoster.Rest;
using Samples.Sis;

namespace OneRoster.Tests.Rest;

/// <summary>A server that does something wrong, and how the reading of its roster ends.</summary>
internal sealed record MisbehavingCase(string Name)
{
    /// <summary>What the server does all the time.</summary>
    public LastingFaults Lasting { get; init; } = new();

    /// <summary>What the server does now and then.</summary>
    public Action<SisOptions>? Before { get; init; }

    /// <summary>How the client is set up.</summary>
    public Func<SisStage, RestRosterSourceOptions, RestRosterSourceOptions>? With { get; init; }

    /// <summary>The code that the reading fails with; null when every row is read, each once.</summary>
    public string? Fails { get; init; }

    /// <summary>The rules that findings name.</summary>
    public string[] Findings { get; init; } = [];

    /// <summary>How often a collection is read again.</summary>
    public int Restarts { get; init; }

    /// <summary>Whether a change may have met a page that was asked ahead, so that it is noticed together with the one before.</summary>
    public bool MayMeetThePageAhead { get; init; }

    /// <summary>How many rows fewer than usual can be used.</summary>
    public int Fewer { get; init; }

    /// <summary>A wait that the server asks for.</summary>
    public TimeSpan? Waits { get; init; }
}
