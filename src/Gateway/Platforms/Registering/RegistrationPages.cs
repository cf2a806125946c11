using System.Security.Cryptography;
using System.Text;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Privacy;

namespace Gateway.Platforms.Registering;

/// <summary>What the platform's administrator sees, often in a small frame of the platform.</summary>
internal sealed class RegistrationPages(ToolFacts tool, DistrictDirectory districts, ILogger<RegistrationPages> log)
{
    /// <summary>The form's field that says that hosts off the issuer's site are right.</summary>
    public const string Confirmation = "confirm_addresses";

    /// <summary>Who registers what for whom, and what will be read of people; one button.</summary>
    public async Task<IResult> OfferAsync(PathString own, RegistrationDraft draft, string form, CancellationToken cancellation)
    {
        var district = await districts.GetAsync(draft.Invitation.District, cancellation);
        var kind = PlatformKinds.Of(draft.Kind);
        var offer = ToolOffer.For(kind, draft.KeySet, tool);
        List<(string Name, string Value)> registered =
        [
            ("Name", offer.Name), ("Login URL", tool.LoginUrl), ("Launch URL", tool.LaunchUrl), ("Public keys", tool.JwksUrlOf(draft.KeySet)),
            ("Services", "sending scores back (nothing else)"),
            .. offer.CustomParameters.Select(p => ("Custom parameter", $"{p.Key}={p.Value}")),
            .. offer.Placements.Select(p => ("Placement", p)),
            ("Names and e-mail addresses", "not asked for"),
        ];
        return Page.Of("Register a learning platform", StatusCodes.Status200OK,
            $"""
            <h1>Register this learning platform</h1>
            <p class="what"><span data-testid="issuer">{Page.Text(draft.Issuer)}</span> ({Page.Text(kind.Title)}) for
              <span data-testid="district">{Page.Text(district.Name)}</span></p>
            {Unusual(draft, kind)}
            <form method="post" action="{Page.Text(own.Add(RegisterEndpoint.Path))}">
              <input type="hidden" name="form" value="{Page.Text(form)}">
              {ConfirmationOf(PlatformSite.HostsElsewhere(draft.Endpoints, kind))}
              <button type="submit" data-testid="register">Register</button>
            </form>
            <details>
              <summary>What will be registered</summary>
              {Definitions(registered)}
            </details>
            <details>
              <summary>The platform's addresses</summary>
              {Definitions(AddressesOf(draft))}
            </details>
            <details>
              <summary>What will be read of a person</summary>
              {Definitions(LaunchAllowList.Claims.Select(claim => (claim.Claim.Path, claim.Purpose)))}
            </details>
            """);
    }

    public IResult Done(CompletedRegistration done)
    {
        var registration = done.Registration;
        var (title, what, next) = WordsFor(registration);
        return new ScriptedPage(title, RegisterEndpoint.ScriptPath,
            $"""
            <h1>{title}</h1>
            <p class="what">{what}</p>
            <h2>What to do next</h2>
            <p>{Page.Text(next)}</p>
            {(done.NotGranted.Count == 0 ? "" : "<p>Your platform did not grant the service that scores are sent with: allow it, or no score arrives.</p>")}
            <p class="stays"><button type="button" id="close" data-testid="close">Close</button></p>
            <h2>For the gateway's operator</h2>
            <dl>
              <dt>Registration</dt><dd><code data-testid="registration">{registration.Id}</code></dd>
              <dt>Client id</dt><dd><code data-testid="client-id">{Page.Text(registration.ClientId)}</code></dd>
            </dl>
            """);
    }

    private static (string Title, string What, string Next) WordsFor(Gateway.Storage.Model.Registration registration)
    {
        const string goesOn = "Close this page. What worked before goes on working.";
        if (registration.WaitingAddresses is not null)
            return ("Registered again, changes wait for approval", "Your platform names other addresses than before. They are used once the gateway's operator has approved them.", goesOn);
        return registration.State switch
        {
            RegistrationState.Active => ("Registered again", "The tool was registered at your platform before, and nothing has to be approved.", goesOn),
            RegistrationState.Removed => ("Registered again, waiting for approval", "The tool was taken out of use here. The gateway's operator has to approve it before the next launch.", "Close this page."),
            _ => ("Registered, waiting for approval", "The tool is registered at your platform. The gateway's operator has to approve it before the first launch.",
                PlatformKinds.Of(registration.Kind).AfterRegistration),
        };
    }

    // What an administrator must see before the button: whatever speaks for the platform under another name than its own.
    private static string Unusual(RegistrationDraft draft, PlatformKind kind)
    {
        var text = new StringBuilder();
        if (!new Uri(draft.Issuer).Authority.Equals(draft.PublishedBy, StringComparison.OrdinalIgnoreCase))
            text.Append("<p>Its configuration comes from <strong data-testid=\"published-by\">").Append(Page.Text(draft.PublishedBy)).Append("</strong>.</p>");
        if (draft.TokenAudience is { } audience && !TokenAudiences.IsEvident(audience, kind, draft.Issuer, draft.Token.OriginalString))
            text.Append("<p>It asks the gateway to sign for <strong data-testid=\"audience\">").Append(Page.Text(audience))
                .Append("</strong>. Register it only if this name belongs to your platform.</p>");
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> AddressesOf(RegistrationDraft draft) =>
    [
        ("Issuer", draft.Issuer), ("Configuration from", draft.PublishedBy), ("Authorization", draft.Authorize.OriginalString), ("Access tokens", draft.Token.OriginalString),
        ("Public keys", draft.Jwks.OriginalString), ("Audience of signatures", draft.TokenAudience ?? draft.Token.OriginalString),
    ];

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

    // Not the issuer's own site, and no vendor that is known for it: what the gateway signs would go there.
    private static string ConfirmationOf(IReadOnlyList<string> hosts) => hosts.Count == 0
        ? ""
        : $"""
            <p><label><input type="checkbox" name="{Confirmation}" value="yes" required data-testid="confirm-addresses">
              <span data-testid="hosts">{Page.Text(string.Join(", ", hosts))}</span> is not on the issuer's own site. I have compared it with the platform's documentation, and it is right.</label></p>
            """;

    private static string Definitions(IEnumerable<(string Name, string Value)> entries)
    {
        var list = new StringBuilder("<dl>");
        foreach (var (name, value) in entries)
            list.Append("<dt>").Append(Page.Text(name)).Append("</dt><dd>").Append(Page.Text(value)).Append("</dd>");
        return list.Append("</dl>").ToString();
    }
}
