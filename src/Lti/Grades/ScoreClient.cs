using System.Net;
using System.Net.Http.Headers;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Grades;

/// <summary>Posts scores to a platform's gradebook (AGS 3.4).</summary>
public sealed class ScoreClient(AccessTokenClient tokens, LtiHttp http)
{
    private const int LongestAnswer = 16 * 1024;

    // Alone, so that one token serves every score and a platform that grants less elsewhere does not matter.
    private static readonly string[] Scopes = [LtiScopes.Score];

    /// <summary>Posts one score, once; a 401 renews the access token and posts a second time. Never throws for what a platform answers.</summary>
    /// <param name="registration">The registration through which the learner came.</param>
    /// <param name="lineItemUrl">The line item, as the launch message gave it.</param>
    /// <param name="score">The score.</param>
    /// <param name="cancellationToken">Ends the attempt; the platform may have the score nevertheless.</param>
    public async ValueTask<ScoreDelivery> PostAsync(
        Registration registration, string lineItemUrl, Score score, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(score);
        if (!score.IsValid) return new ScoreRejected("lti.score_invalid", null, null);
        if (!LineItemUrl.TryScores(lineItemUrl, out var scores)) return new ScoreRejected("lti.score_line_item_invalid", null, null);

        for (var isSecond = false; ; isSecond = true)
        {
            var asked = await tokens.GetAsync(registration, Scopes, cancellationToken);
            if (asked is AccessTokenDenied denied) return ScoreAnswer.OfDenied(denied);
            var token = ((AccessTokenGranted)asked).Token;
            if (!token.Covers(LtiScopes.Score)) return new ScoreRejected("lti.score_scope_not_granted", null, null);

            using ScoreContent content = new(score);
            var answer = await SendAsync(scores, token, content, cancellationToken);
            if (answer?.Status != HttpStatusCode.Unauthorized) return ScoreAnswer.Of(answer, content.WasSent);
            tokens.Invalidate(registration, Scopes, token);
            if (isSecond) return ScoreAnswer.Of(answer, content.WasSent);
        }
    }

    private async Task<LtiHttpAnswer?> SendAsync(Uri scores, AccessToken token, ScoreContent content, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, scores) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return await http.SendAsync(request, LongestAnswer, cancellationToken);
    }
}
