namespace Gateway.Privacy.Rights;

/// <summary>A pseudonym of whoever was entered, under one version of the district's key.</summary>
internal readonly record struct PersonHash(short Kind, Guid Hash, short KeyVersion);

/// <summary>Whom an id leads to.</summary>
/// <param name="Hashes">The entered id as it is stored if it is: one for each version of the key.</param>
/// <param name="Learner">The learner's row; null when nothing is held.</param>
internal sealed record FoundPerson(IReadOnlyList<PersonHash> Hashes, long? Learner);
