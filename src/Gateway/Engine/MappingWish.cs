namespace Gateway.Engine;

/// <summary>What a district's administrator wants to change in what an engine is given; null leaves it as it is.</summary>
/// <param name="ClientId">The engine.</param>
/// <param name="By">Name of the adult who decides.</param>
internal sealed record MappingWish(string ClientId, string? By)
{
    public bool? Enabled { get; init; }

    /// <summary>Whether the district's people are handed over to this engine from now on. An engine alone is, and a district's first.</summary>
    public bool TakesLaunches { get; init; }

    /// <summary>Words of <see cref="Privacy.SharedFields"/>: all that is given from now on.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary><c>student=learner</c>: the gateway's word and the engine's; one without a right side goes back to the gateway's.</summary>
    public IReadOnlyList<string>? RoleWords { get; init; }

    /// <summary><c>09=9</c>: the roster's word and the engine's.</summary>
    public IReadOnlyList<string>? GradeWords { get; init; }

    public override string ToString() => nameof(MappingWish);
}
