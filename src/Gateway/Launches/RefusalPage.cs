using System.Security.Cryptography;
using Gateway.Hosting;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary>
/// What a person sees when a launch is refused (L-1.10): what happened, what to do next, a code and a support reference; the same
/// code and reference stand in the log, and nothing else does.
/// </summary>
internal sealed class RefusalPage(GatewayMetrics metrics, ILogger<RefusalPage> log)
{
    /// <param name="refusal">Why.</param>
    /// <param name="wayBack">The course's address (<see cref="ReturnAddress"/>), where it is known by a verified token.</param>
    public IResult For(LaunchRefusal refusal, string? wayBack = null)
    {
        var reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
        metrics.Launched(refusal.Code);
        log.LaunchRefused(refusal.Code, reference);
        var status = refusal == LaunchRefusal.TokenTooLarge ? StatusCodes.Status413PayloadTooLarge
            : refusal == LaunchRefusals.TooMany ? StatusCodes.Status429TooManyRequests
            : StatusCodes.Status400BadRequest;
        return Page.Of("This activity could not be opened", status,
            $"""
            <h1>This activity could not be opened</h1>
            <p class="what">{Page.Text(refusal.WhatHappened)}</p>
            <h2>What to do next</h2>
            <p>{Page.Text(refusal.WhatToDo)}</p>
            {(wayBack is null ? "" : $"""<p><a class="button" data-testid="back" href="{Page.Text(wayBack)}" rel="noreferrer">Back to the course</a></p>""")}
            <h2>If you need help</h2>
            <p>Give these two to the people who look after the activity:</p>
            <dl>
              <dt>Code</dt><dd><code data-testid="code">{Page.Text(refusal.Code)}</code></dd>
              <dt>Support reference</dt><dd><code data-testid="reference">{reference}</code></dd>
            </dl>
            <details><summary>For administrators</summary><p>{Page.Text(refusal.ForAdministrator)}</p>{DetailOf(refusal)}</details>
            """);
    }

    private static string DetailOf(LaunchRefusal refusal) => refusal.Detail is { } detail ? $"<p>Here: <code>{Page.Text(detail)}</code></p>" : "";
}
