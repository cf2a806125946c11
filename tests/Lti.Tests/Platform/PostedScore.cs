using System.Text.Json.Nodes;

namespace Lti.Tests.Platform;

internal sealed record PostedScore(string Query, string ContentType, string Authorization, JsonNode Body);

internal sealed record ScoreReply(int Status, string Body = "", string? RetryAfter = null);
