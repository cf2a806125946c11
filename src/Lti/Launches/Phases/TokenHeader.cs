namespace Lti.Launches.Phases;

/// <summary>What the header says: an algorithm out of the allowed three and a key id.</summary>
internal sealed record TokenHeader(string Algorithm, string KeyId);
