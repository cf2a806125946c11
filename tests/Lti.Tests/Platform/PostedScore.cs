using System.Text.Json.Nodes;

namespace Lti.Tests.Platform;

internal sealed record PostedScore(string Query, string ContentType, string Authorization, JsonNode Body);

/// <summary>Status 0: the connection ends without an answer.</summary>
internal sealed record ScoreReply(int Status, string Body = "", string? RetryAfter = null);
