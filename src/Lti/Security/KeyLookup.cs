using Lti.Launches;

namespace Lti.Security;

/// <summary>Keys with one id (a platform may reuse an id for several types of key), or why there are none.</summary>
internal readonly record struct KeyLookup(IReadOnlyList<PlatformKey> Keys, LaunchRefusal? Refusal);
