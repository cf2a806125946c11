namespace Gateway.Privacy;

/// <summary>An identifier whose pseudonym was made with another version of the district's key, and its pseudonym under the version in force (P-1.2).</summary>
internal readonly record struct Rekeyed(IdentifierKind Kind, Pseudonym Other, Pseudonym Current);
