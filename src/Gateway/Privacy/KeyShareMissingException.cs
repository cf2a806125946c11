namespace Gateway.Privacy;

/// <summary>
/// The share of a district's key is not where it has to be: lost infrastructure, like a lost master key. Going on without it would make
/// strangers of everybody who is known.
/// </summary>
internal sealed class KeyShareMissingException(int district, short version, string folder) : Exception(
    $"The share of version {version} of the key of district {district} is not in {folder}: mount the folder that the other gateways use (Gateway__KeySharesDirectory), or bring it back from its mirror.");
