using System.Security.Cryptography;
using System.Text;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Privacy;

namespace Gateway.Platforms.Registering;

/// <summary>What the platform's administrator sees, often in a small frame of the platform.</summary>
internal sealed class RegistrationPages(ToolFacts tool, DistrictDirectory districts, ILogger<RegistrationPages> log)
{
    /// <summary>Who registers what for whom, and what will be read of people; one button.</summary>
    public async Task<IResult> OfferAsync(RegistrationDraft draft, string form, CancellationToken cancellation)
    {
        var district = await districts.GetAsync(draft.Invitation.District, cancellation);
        var offer = ToolOffer.For(draft.Kind, tool);
        List<(string Name, string Value)> registered =
        [
            ("Name", offer.Name), ("Login URL", tool.LoginUrl), ("Launch URL", tool.LaunchUrl), ("Public keys", tool.JwksUrl),
            ("Services", "sending scores back (nothing else)"),
            .. offer.CustomParameters.Select(p => ("Custom parameter", $"{p.Key}={p.Value}")),
            .. offer.Placements.Select(p => ("Placement", p)),
            ("Names and e-mail addresses", "not asked for"),
        ];
        return Page.Of("Register a learning platform", StatusCodes.Status200OK,
            $"""
            <h1>Register this learning platform</h1>
            <p class="what"><span data-testid="issuer">{Page.Text(draft.Issuer)}</span> ({Page.Text(draft.Kind)}) for
              <span data-testid="district">{Page.Text(district.Name)}</span></p>
            <h2>What will be registered</h2>
            {Definitions(registered)}
            <h2>What will be read of a person</h2>
            {Definitions(LaunchAllowList.Claims.Select(claim => (claim.Claim.Path, claim.Purpose)))}
            <form method="post" action="{RegisterEndpoint.Path}">
              <input type="hidden" name="form" value="{Page.Text(form)}">
              <button type="submit" data-testid="register">Register</button>
            </form>
            """);
    }

    public IResult Done(CompletedRegistration done)
    {
        var registration = done.Registration;
        return new ScriptedPage("Registered, waiting for approval", RegisterEndpoint.ScriptPath,
            $"""
            <h1>Registered, waiting for approval</h1>
            <p class="what">The tool is registered at your platform. Whoever operates the gateway has to approve it before the first launch.</p>
            <h2>What to do next</h2>
            <p>{Page.Text(NextAt(registration.Kind))}</p>
            {(done.NotGranted.Count == 0 ? "" : "<p>Your platform did not grant the service that scores are sent with: allow it, or no score arrives.</p>")}
            <h2>For the gateway's operator</h2>
            <dl>
              <dt>Registration</dt><dd><code data-testid="registration">{registration.Id}</code></dd>
              <dt>Client id</dt><dd><code data-testid="client-id">{Page.Text(registration.ClientId)}</code></dd>
            </dl>
            <p><button type="button" id="close" data-testid="close">Close</button></p>
            """);
    }

    public IResult Problem(RegistrationProblem problem)
    {
        var reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
        log.RegistrationRefused(problem.Code, reference);
        return Page.Of("This platform could not be registered", StatusCodes.Status400BadRequest,
            $"""
            <h1>This platform could not be registered</h1>
            <p class="what">{Page.Text(problem.WhatHappened)}</p>
            <h2>What to do next</h2>
            <p>{Page.Text(problem.WhatToDo)}</p>
            {(problem.PlatformWords is { } words ? $"<h2>What your platform said</h2><blockquote data-testid=\"platform-words\">{Page.Text(words)}</blockquote>" : "")}
            <h2>If you need help</h2>
            <dl>
              <dt>Code</dt><dd><code data-testid="code">{Page.Text(problem.Code)}</code></dd>
              <dt>Support reference</dt><dd><code data-testid="reference">{reference}</code></dd>
            </dl>
            """);
    }

    private static string Definitions(IEnumerable<(string Name, string Value)> entries)
    {
        var list = new StringBuilder("<dl>");
        foreach (var (name, value) in entries)
            list.Append("<dt>").Append(Page.Text(name)).Append("</dt><dd>").Append(Page.Text(value)).Append("</dd>");
        return list.Append("</dl>").ToString();
    }

    private static string NextAt(string kind) => kind switch
    {
        PlatformKinds.Canvas => "Close this page. Canvas then shows the registration: check it, and switch the app on.",
        PlatformKinds.Moodle => "Close this page. The tool stands under \"Pending\" in Manage tools: activate it there.",
        _ => "Close this page, and switch the tool on in your platform if it asks for that.",
    };
}
