using System.Collections.Immutable;

namespace Lti.Messages;

/// <summary>What a platform accepts in answer to a deep linking request (Deep Linking 2.0, 4.4.1).</summary>
/// <param name="ReturnUrl">Where the answer is posted.</param>
/// <param name="Data">Opaque text to echo, or null.</param>
/// <param name="AcceptTypes">Content item types, for example <c>ltiResourceLink</c>.</param>
/// <param name="AcceptPresentationTargets">For example <c>iframe</c>, <c>window</c>.</param>
/// <param name="AcceptMultiple">Whether several items are accepted; null when the platform does not say.</param>
/// <param name="AcceptLineItem">Whether line items are accepted; null when the platform does not say.</param>
public sealed record DeepLinkingSettings(
    string ReturnUrl,
    string? Data,
    ImmutableArray<string> AcceptTypes,
    ImmutableArray<string> AcceptPresentationTargets,
    bool? AcceptMultiple,
    bool? AcceptLineItem);
