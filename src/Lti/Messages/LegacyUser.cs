namespace Lti.Messages;

/// <summary>A person as the platform knew them under LTI 1.1 (LTI 1.3 Migration Guide, the claim <c>lti1p1</c>).</summary>
/// <param name="ConsumerKey">The <c>oauth_consumer_key</c> of then, within which the id is unique; one that the host knows.</param>
/// <param name="Id">The <c>user_id</c> of then.</param>
public sealed record LegacyUser(string ConsumerKey, OpaqueIdentifier Id);
